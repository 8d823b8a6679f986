"""The tables of what can be taken away: those of the package, their fields, and those of pages."""

from dataclasses import dataclass
from typing import Any

from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.registry import pages
from reports.package.fields import Field, Table
from reports.package.listings import counts_of
from reports.package.tables import TABLES

FILES = ("CSV", "XLSX", "JSON")
# A search finds nothing before it is asked; this page's own tables list the others.
WITHOUT_FILES = ("search", "take-away")


@dataclass(frozen=True)
class PageTable:
    """A table of a page of the explorer."""

    page: str
    label: str
    question: str
    table: str
    title: str
    about: str


def package_listing(look: Look, page: str) -> Listing[Any]:
    """Return the tables of the package."""
    return Listing(
        name="package",
        title="Tables of the data package",
        about="Every table of the package, with how many rows it has in these results.",
        columns=_package_columns(page, counts_of(look.results)),
        rows=lambda _look: TABLES,
        group=lambda row: row.group,
        prefix="package-",
        per_page=len(TABLES),
    )


def _package_columns(page: str, counts: dict[str, int]) -> tuple[Column[Any], ...]:
    def shown(look: Look, row: Table[Any]) -> Shown:
        return Shown(row.title, look.href(page, row.name), note=row.about)

    return (
        Column("title", "Table", "What the table lists.", lambda row: row.title, show=shown),
        Column("rows", "Rows", "How many rows it has.", lambda row: counts[row.name], Kind.NUMBER),
        Column(
            "fields", "Fields", "How many fields it has.", lambda row: len(row.fields), Kind.NUMBER
        ),
        Column("file", "File", "Its file.", lambda row: f"{row.name}.csv", is_shown=False),
        Column("about", "About", "What a row says.", lambda row: row.about, is_shown=False),
        Column("group", "Part", "What it tells of.", lambda row: row.group, is_shown=False),
    )


def fields_listing(table: Table[Any]) -> Listing[Field[Any]]:
    """Return the fields of a table of the package."""
    return Listing(
        name="fields",
        title="Fields",
        about="Each field of the table, with its type and meaning.",
        columns=(
            Column("name", "Field", "Its name in the file.", lambda row: row.name, Kind.CODE),
            Column("kind", "Type", "What its values are.", lambda row: row.kind.value),
            Column("meaning", "Meaning", "What it says.", lambda row: row.meaning, Kind.STATEMENT),
        ),
        rows=lambda _look: table.fields,
        prefix="fields-",
        per_page=len(table.fields),
    )


def pages_listing(look: Look) -> Listing[PageTable]:
    """Return the tables of all pages, each with its files at the threshold that is looked at."""
    found = page_tables(look)
    return Listing(
        name="pages",
        title="Tables of the pages",
        about="Every table that a page shows, as a file: with all its rows, under its headings.",
        columns=_page_columns(),
        rows=lambda _look: found,
        group=lambda row: row.question,
        prefix="pages-",
        per_page=max(1, len(found)),
    )


def _page_columns() -> tuple[Column[PageTable], ...]:
    return (
        Column("label", "Page", "The page that shows it.", lambda row: row.label, show=_page),
        Column(
            "title",
            "Table",
            "What the table lists.",
            lambda row: row.title,
            Kind.STATEMENT,
            show=lambda _look, row: Shown(row.title, note=row.about),
        ),
        Column("page", "Page's name", "As in addresses.", lambda row: row.page, is_shown=False),
        Column("table", "Table's name", "As in addresses.", lambda row: row.table, is_shown=False),
        Column(
            "files", "Download", "The table as a file.", lambda _row: FILES, Kind.LIST, show=_files
        ),
    )


def _page(look: Look, row: PageTable) -> Shown:
    return Shown(row.label, look.href(row.page))


def _files(look: Look, row: PageTable) -> Shown:
    hrefs = ((kind, look.download_href(row.page, kind.lower(), table=row.table)) for kind in FILES)
    return Shown("", links=tuple(hrefs))


def page_tables(look: Look) -> tuple[PageTable, ...]:
    """Return the tables of every page, in the order of the navigation."""
    return tuple(
        PageTable(kind.name, kind.label, kind.question.value, each.name, each.title, each.about)
        for kind in pages().values()
        if kind.name not in WITHOUT_FILES
        for each in kind.listings(look, "")
    )
