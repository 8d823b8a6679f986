"""What the page about the API is given: the same as its description, for people."""

from dataclasses import dataclass

from flask import current_app, url_for

from reports.api.asking import MOST_PER_PAGE, PER_PAGE
from reports.api.blank import blank_look
from reports.api.describing import PREFIX, askable
from reports.explorer.registry import pages
from reports.mapping.selection import LEAST_THRESHOLD, MOST_THRESHOLD
from reports.package.tables import TABLES


@dataclass(frozen=True)
class TableLine:
    """A table of the package: its address after the token, and the fields to ask by."""

    path: str
    title: str
    about: str
    asked_by: tuple[str, ...]
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ListingLine:
    """A table of a page: its address after the token, and its filters."""

    path: str
    page: str
    title: str
    about: str
    filters: tuple[str, ...]


@dataclass(frozen=True)
class DocsPage:
    """How the API is asked. ``base`` is what every address begins with."""

    base: str
    description_href: str
    example: str
    per_page: int
    most_per_page: int
    least_threshold: int
    most_threshold: int
    tables: tuple[TableLine, ...]
    listings: tuple[ListingLine, ...]


def docs_page() -> DocsPage:
    """Return the page about the API."""
    site = current_app.extensions["pythia_settings"].base_url
    base = f"{site}{PREFIX}/published/TOKEN"
    return DocsPage(
        base=base,
        description_href=url_for("api.described"),
        example=f"curl '{base}/tables/capabilities?per_page=2'",
        per_page=PER_PAGE,
        most_per_page=MOST_PER_PAGE,
        least_threshold=LEAST_THRESHOLD,
        most_threshold=MOST_THRESHOLD,
        tables=_tables(),
        listings=_listings(),
    )


def _tables() -> tuple[TableLine, ...]:
    return tuple(
        TableLine(
            path=f"/tables/{each.name}",
            title=each.title,
            about=each.about,
            asked_by=askable(each),
            fields=tuple((one.name, one.kind.value, one.meaning) for one in each.fields),
        )
        for each in TABLES
    )


def _listings() -> tuple[ListingLine, ...]:
    return tuple(
        ListingLine(
            path=f"/pages/{kind.name}/{each.name}",
            page=kind.label,
            title=each.title,
            about=each.about,
            filters=(
                *(facet.key for facet in each.facets),
                *(name for name, _ in kind.arguments),
            ),
        )
        for kind in pages().values()
        for each in kind.listings(blank_look(), "")
    )
