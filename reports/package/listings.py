"""Tables of the package as listings: searched, sorted and paged like any other of the explorer."""

from collections.abc import Callable
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from reports.explorer.columns import Column, Kind, Value
from reports.explorer.listing import Facet, Listing
from reports.package.contents import Contents
from reports.package.fields import Field, FieldKind, Table
from reports.package.tables import TABLES
from reports.results.results import Results

MOST_LISTED = 20_000
"""A table of more rows is taken as a whole: paging through it tells nobody anything."""

KINDS = {
    FieldKind.INTEGER: Kind.NUMBER,
    FieldKind.NUMBER: Kind.NUMBER,
    FieldKind.BOOLEAN: Kind.FLAG,
    FieldKind.DATE: Kind.DATE,
}
SENTENCES = frozenset({"text", "definition", "description", "meaning", "reason", "sentence"})

_counted: WeakKeyDictionary[Results, dict[str, int]] = WeakKeyDictionary()


def counts_of(results: Results) -> dict[str, int]:
    """Return how many rows each table has, counted once for the same results."""
    if results not in _counted:
        contents = Contents(results)
        _counted[results] = {each.name: each.count(contents) for each in TABLES}
    return _counted[results]


@cache
def listing_of(table: Table[Any]) -> Listing[tuple[Any, ...]]:
    """Return a table of the package as a listing."""
    return Listing(
        name=table.name,
        title=table.title,
        about=table.about,
        columns=tuple(_column(at, each) for at, each in enumerate(table.fields)),
        rows=lambda look: list(table.values(Contents(look.results, look.is_open))),
        facets=tuple(_facet(at, each) for at, each in enumerate(table.fields) if _is_flag(each)),
        text=lambda row: " ".join(each for each in row if isinstance(each, str)),
        nothing="This table has no row in these results.",
    )


def is_listed(table: Table[Any], results: Results) -> bool:
    """Say whether a table is short enough to be listed."""
    return counts_of(results)[table.name] <= MOST_LISTED


def _column(at: int, field: Field[Any]) -> Column[tuple[Any, ...]]:
    kind = KINDS.get(field.kind, Kind.STATEMENT if field.name in SENTENCES else Kind.TEXT)
    return Column(field.name, field.name, field.meaning, _reader(at), kind)


def _is_flag(field: Field[Any]) -> bool:
    return field.kind is FieldKind.BOOLEAN


def _facet(at: int, field: Field[Any]) -> Facet[tuple[Any, ...]]:
    return Facet(field.name, field.name, lambda row: "yes" if row[at] else "no")


def _reader(at: int) -> Callable[[tuple[Any, ...]], Value]:
    return lambda row: row[at]
