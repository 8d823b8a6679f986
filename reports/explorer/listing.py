"""Listings: tables that are searched, filtered, sorted and paged by the address alone. Pure."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from reports.explorer.columns import Column, Value, sort_key
from reports.explorer.look import Look
from reports.mapping.selection import read_number

Row = TypeVar("Row")
PER_PAGE = 50
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Facet(Generic[Row]):
    """Something to filter by: a row has one value of it, or several. Choices stand as first met.

    ``words`` are the choices' names where they differ from their values. ``is_offered`` False: the
    page's own links choose by it, and the form only carries the choice along.
    """

    key: str
    label: str
    read: Callable[[Row], str | tuple[str, ...]]
    words: Mapping[str, str] | None = None
    is_offered: bool = True

    def values(self, row: Row) -> tuple[str, ...]:
        """Return the row's values of it."""
        found = self.read(row)
        return found if isinstance(found, tuple) else (found,)


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """A table: its name in addresses and files, its title, what it lists, its columns.

    ``rows`` gives all of them in their own order, which stands where nothing else is asked.
    ``text`` is what a search looks through (all words must be in it). ``prefix`` keeps the
    address's arguments apart where a page has several tables. ``nothing`` is said when the cycle
    has no row at all. ``group`` names what a row stands under while rows keep their own order.
    """

    name: str
    title: str
    about: str
    columns: tuple[Column[Row], ...]
    rows: Callable[[Look], Sequence[Row]]
    text: Callable[[Row], str] | None = None
    facets: tuple[Facet[Row], ...] = ()
    prefix: str = ""
    per_page: int = PER_PAGE
    nothing: str = "There is nothing here yet."
    group: Callable[[Row], str] | None = None


@dataclass(frozen=True)
class Ask:
    """What the address asks of a listing. ``sort`` is a column's key, with "-" for falling."""

    q: str
    sort: str
    page: int
    chosen: Mapping[str, str]

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything is left out."""
        return bool(self.q or self.chosen)


def read_ask(listing: Listing[Any], args: Mapping[str, str]) -> Ask:
    """Read what the address asks; what it does not understand is left out."""
    own = {
        name.removeprefix(listing.prefix): value
        for name, value in args.items()
        if name.startswith(listing.prefix)
    }
    keys = {each.key for each in listing.columns}
    sort = own.get("sort", "")
    chosen = {each.key: own[each.key] for each in listing.facets if own.get(each.key)}
    return Ask(
        q=own.get("q", "").strip()[:LONGEST_SEARCH],
        sort=sort if sort.removeprefix("-") in keys else "",
        page=max(1, read_number(own.get("page", "")) or 1),
        chosen=chosen,
    )


def found_rows(listing: Listing[Row], look: Look, ask: Ask | None = None) -> list[Row]:
    """Return the rows that the address asks for, sorted, on all pages."""
    asked = ask or read_ask(listing, look.args)
    rows = [row for row in listing.rows(look) if _is_asked(listing, asked, row)]
    return _sorted(listing, asked.sort, rows)


def _is_asked(listing: Listing[Row], ask: Ask, row: Row) -> bool:
    for facet in listing.facets:
        wanted = ask.chosen.get(facet.key)
        if wanted and wanted not in facet.values(row):
            return False
    if not ask.q or listing.text is None:
        return True
    text = listing.text(row).casefold()
    return all(word in text for word in ask.q.casefold().split())


def _sorted(listing: Listing[Row], sort: str, rows: list[Row]) -> list[Row]:
    column = next((each for each in listing.columns if each.key == sort.removeprefix("-")), None)
    if column is None:
        return rows
    keyed = [(sort_key(column.read(row)), row) for row in rows]
    known = [each for each in keyed if each[0][0] == 0]
    missing = [row for key, row in keyed if key[0] == 1]
    known.sort(key=lambda each: each[0], reverse=sort.startswith("-"))
    return [row for _, row in known] + missing


def choices_of(facet: Facet[Row], rows: Sequence[Row]) -> list[tuple[str, str, int]]:
    """Return the choices of a facet: value, words and how many rows have it."""
    counts = Counter(value for row in rows for value in facet.values(row) if value)
    words = facet.words or {}
    return [(value, words.get(value, value), count) for value, count in counts.items()]


def values_of(listing: Listing[Row], row: Row) -> tuple[Value, ...]:
    """Return a row's values in the order of the columns, those of downloads alone among them."""
    return tuple(column.read(row) for column in listing.columns)
