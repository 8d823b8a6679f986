"""What the page of one record shows, and the table that a download holds. No routes here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from cycles.core.clock import LONDON
from cycles.core.downloads import Cell
from cycles.library.models import LibraryOccurrence, LibraryStatement
from cycles.library.pages import named_source, place_of
from cycles.library.queries import LibraryFilter, narrower_of, occurrences_of, wider_of
from cycles.library.searching.finding import everything_found
from cycles.library.searching.near import NearRecord, near_records
from cycles.semantics.nearest import Method
from cycles.semantics.service.asking import WHEN_ASKED

MOST_LIKE = 8
MOST_NARROWER = 25
# A longer table is the source itself, which its publisher gives away.
MOST_DOWNLOADED = 10_000
HEADINGS = (
    "statement",
    "kind",
    "function",
    "domain",
    "area",
    "occupation",
    "occupations",
    "nearness_percent",
    "source",
    "version",
    "reference",
    "licence",
    "attribution",
)


@dataclass(frozen=True)
class RecordLink:
    """Another record, with where it stands and how near it is."""

    text: str
    href: str
    facts: str
    nearness: str


@dataclass(frozen=True)
class RecordPage:
    """One record: where it comes from, where it stands, and what is like it."""

    record: LibraryStatement
    kind: str
    place: str
    definition: str
    retired_on: str
    imported_on: str
    occurrences: tuple[LibraryOccurrence, ...]
    wider: tuple[RecordLink, ...]
    narrower: tuple[RecordLink, ...]
    narrower_told: str
    like: tuple[RecordLink, ...]
    how: str


def record_page(record: LibraryStatement) -> RecordPage:
    """Return the page of a record, live or retired."""
    narrower, count = narrower_of(record.id, most=MOST_NARROWER)
    near = near_records(
        record.text, like=record.id, most=MOST_LIKE, kind=record.kind, within=WHEN_ASKED
    )
    return RecordPage(
        record=record,
        kind=record.kind.value.capitalize(),
        place=place_of(record.area) or "None yet",
        definition=record.area.definition if record.area else "",
        retired_on=_day(record.retired_at),
        imported_on=_day(record.source.imported_at),
        occurrences=tuple(occurrences_of(record.id)),
        wider=tuple(_link(each) for each in wider_of(record.id)),
        narrower=tuple(_link(each) for each in narrower),
        narrower_told=_told(len(narrower), count),
        like=tuple(_near_link(each, near.method) for each in near.records),
        how=near.how,
    )


def _told(shown: int, count: int) -> str:
    if count > shown:
        return f"The first {shown} of {count:,} statements under it."
    return f"{count} statements under it." if count > 1 else "One statement under it."


def _link(record: LibraryStatement, nearness: str = "") -> RecordLink:
    return RecordLink(
        text=record.text,
        href=url_for("library.record", record_id=record.id),
        facts=" · ".join(filter(None, (place_of(record.area), named_source(record)))),
        nearness=nearness,
    )


def _near_link(near: NearRecord, method: Method) -> RecordLink:
    # A share of words in common is no nearness that a reader could do anything with.
    return _link(near.record, f"{near.percent}\u00a0% near" if method == Method.MEANING else "")


def _day(moment: datetime | None) -> str:
    return f"{moment.astimezone(LONDON):%-d %B %Y}" if moment else ""


def table_of(wanted: LibraryFilter) -> Iterator[tuple[Cell, ...]]:
    """Return a row for each record found, under ``HEADINGS``: what is on every page of the list."""
    found = everything_found(wanted, MOST_DOWNLOADED)
    percents = found.percents or (None,) * len(found.lines)
    for line, percent in zip(found.lines, percents, strict=True):
        record, area, source = line.statement, line.statement.area, line.statement.source
        yield (
            record.text,
            record.kind.value,
            *((area.function, area.domain, area.name) if area else ("", "", "")),
            record.occupation,
            line.occurrences,
            percent,
            source.name,
            source.version,
            record.reference,
            source.licence,
            source.attribution,
        )
