"""Take the data away: the package, its tables one by one, and every table of every page."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.pages import take_away_tables as tables
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import TableView, table_view
from reports.package.bundles import rounds_behind
from reports.package.contents import Contents
from reports.package.descriptor import name_of
from reports.package.listings import counts_of, is_listed, listing_of
from reports.package.tables import TABLES, table_named
from workshop.exports.pages import bundle_name

NAME = "take-away"


@dataclass(frozen=True)
class Bundle:
    """The bundle of one round; ``href`` leads to the round's own downloads."""

    label: str
    file: str
    href: str


@dataclass(frozen=True)
class Licence:
    """What a source's licence asks for."""

    name: str
    licence: str
    attribution: str


@dataclass(frozen=True)
class TakeAwayPage:
    """All that can be taken away. ``api_href`` is empty where no link opens these results.

    ``publish_href`` leads the convener to where a link is made.
    """

    package_href: str
    package_file: str
    table_count: int
    row_count: int
    is_open: bool
    api_href: str
    publish_href: str
    bundles: tuple[Bundle, ...]
    tables: TableView
    pages: TableView
    licences: tuple[Licence, ...]


@dataclass(frozen=True)
class PackageTablePage:
    """One table of the package: its fields, and its rows, None where there are too many."""

    about: str
    file: str
    key: tuple[str, ...]
    refers: tuple[tuple[str, str, str], ...]
    row_count: int
    package_href: str
    back_href: str
    fields: TableView
    rows: TableView | None


def build(look: Look, _code: str) -> TakeAwayPage:
    """Return the page of all that can be taken away."""
    counts = counts_of(look.results)
    return TakeAwayPage(
        package_href=package_href(look),
        package_file=f"{name_of(Contents(look.results))}.zip",
        table_count=len(TABLES),
        row_count=sum(counts.values()),
        is_open=look.is_open,
        api_href=url_for("api.snapshot", **look.way.values) if look.is_open else "",
        publish_href=url_for("publishing.index", cycle_id=look.results.cycle_id)
        if look.is_convener
        else "",
        bundles=() if look.is_open else _bundles(look),
        tables=table_view(tables.package_listing(look, NAME), look, NAME),
        pages=table_view(tables.pages_listing(look), look, NAME),
        licences=tuple(
            Licence(f"{each.name} {each.version}".strip(), each.licence, each.attribution)
            for each in look.results.document.sources
        ),
    )


def package_href(look: Look) -> str:
    """Return the address of the package of these results."""
    return look.way.href("download_package", **look.kept)


def _bundles(look: Look) -> tuple[Bundle, ...]:
    return tuple(
        Bundle(
            label=f"{each.workshop.title}, round {each.number}",
            file=bundle_name(each),
            href=url_for("exports.index", cycle_id=each.cycle_id, round_id=each.id),
        )
        for each in rounds_behind(look.results)
    )


def build_item(look: Look, code: str) -> PackageTablePage | None:
    """Return the page of one table of the package."""
    table = table_named(code)
    if table is None:
        return None
    return PackageTablePage(
        about=table.about,
        file=f"data/{table.name}.csv",
        key=table.key,
        refers=tuple(
            (", ".join(each.fields), each.table, look.href(NAME, each.table))
            for each in table.refers
        ),
        row_count=counts_of(look.results)[table.name],
        package_href=package_href(look),
        back_href=look.href(NAME),
        fields=table_view(tables.fields_listing(table), look, NAME, code),
        rows=table_view(listing_of(table), look, NAME, code)
        if is_listed(table, look.results)
        else None,
    )


def listings(look: Look, code: str) -> tuple[Listing[Any], ...]:
    """Return the tables of the page, or of the page of one table."""
    table = table_named(code)
    if table is None:
        return (tables.package_listing(look, NAME), tables.pages_listing(look))
    rows = (listing_of(table),) if is_listed(table, look.results) else ()
    return (*rows, tables.fields_listing(table))


def item_label(_look: Look, code: str) -> str:
    """Return the title of the page of one table."""
    found = table_named(code)
    return f"{found.title} in the data package" if found else code


PAGE = PageKind(
    name=NAME,
    label="Take the data away",
    question=Question.START,
    lead="All the rows behind these pages, to read, to count again and to use in other tools.",
    build=build,
    listings=listings,
    item=build_item,
    item_label=item_label,
    method=(
        "The package follows the Data Package standard: CSV files, and one file that gives each "
        "field's type and meaning, each table's key and what it refers to. The same results give "
        "the same file, byte for byte.",
        "Every number on these pages follows from its rows. README.md in the package says how.",
    ),
)
