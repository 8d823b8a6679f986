"""A listing laid out as the macro shows it: headings, cells, filters, pages and downloads. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from cycles.core.paging import Paging, paging
from reports.explorer.columns import Shown
from reports.explorer.listing import Ask, Listing, choices_of, found_rows, read_ask
from reports.explorer.look import PATHS, Look

Row = TypeVar("Row")
FILES = ("CSV", "XLSX", "JSON")
# What addresses are made of besides the arguments of listings; nobody else's may take their names.
ADDRESS = PATHS | {"threshold", "snapshot", "table"}


@dataclass(frozen=True)
class Heading:
    """The heading of a column; ``href`` sorts by it. ``kind`` is what it holds, in a word."""

    key: str
    label: str
    meaning: str
    kind: str
    numeric: bool
    href: str


@dataclass(frozen=True)
class Choice:
    """One choice of a filter, with how many rows have it."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """One filter as a select; ``name`` is its argument in the address."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class File:
    """One file of the table."""

    label: str
    href: str


@dataclass(frozen=True)
class TableView:
    """A listing as it is shown. ``hidden`` is what its form has to carry along.

    ``search_name`` is empty where nothing can be searched; ``words`` say how many of how many.
    ``groups`` has what each row stands under; it is empty where rows do not stand in groups.
    """

    name: str
    title: str
    about: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Shown, ...], ...]
    groups: tuple[str, ...]
    sort: str
    search_name: str
    q: str
    filters: tuple[Filter, ...]
    hidden: tuple[tuple[str, str], ...]
    is_narrowed: bool
    reset_href: str
    words: str
    nothing: str
    total: int
    paging: Paging
    files: tuple[File, ...]


@dataclass(frozen=True)
class _Place:
    """A listing on a page: the page's name, and the code of the one thing it is about."""

    look: Look
    listing: Listing[Any]
    ask: Ask
    page: str
    code: str

    def args(self, **changes: Any) -> dict[str, Any]:
        """Return the query that asks for this listing with changes, the page's others kept."""
        prefix, ask = self.listing.prefix, self.ask
        own = {"q": ask.q, "sort": ask.sort, "page": ask.page, **ask.chosen, **changes}
        if own["page"] == 1:
            own["page"] = None
        others = _others(self.listing, self.look)
        return {**others, **{f"{prefix}{name}": value or None for name, value in own.items()}}

    def href(self, **changes: Any) -> str:
        """Return the address that asks for this listing with changes, at the listing itself."""
        asked = self.args(**changes)
        return self.look.href(self.page, self.code, _anchor=self.listing.name, **asked)


def table_view(listing: Listing[Row], look: Look, page: str, code: str = "") -> TableView:
    """Lay a listing out as it stands on a page, or on the page of one thing."""
    ask = read_ask(listing, look.args)
    place = _Place(look, listing, ask, page, code)
    rows, everything = found_rows(listing, look, ask), listing.rows(look)
    pages = _paging(place, len(rows))
    shown = rows[max(0, pages.first - 1) : pages.last]
    return TableView(
        name=listing.name,
        title=listing.title,
        about=listing.about,
        headings=_headings(place),
        rows=_cells(place, shown),
        groups=_groups(listing, ask, shown),
        sort=ask.sort,
        search_name=f"{listing.prefix}q" if listing.text else "",
        q=ask.q,
        filters=_filters(place, everything),
        hidden=_hidden(place),
        is_narrowed=ask.is_narrowed,
        reset_href=place.href(q=None, page=None, **dict.fromkeys(ask.chosen)),
        words=_words(len(rows), len(everything)),
        nothing=listing.nothing,
        total=len(everything),
        paging=pages,
        files=_files(place),
    )


def _paging(place: _Place, total: int) -> Paging:
    per_page = place.listing.per_page
    return paging(
        total=total,
        per_page=per_page,
        current=min(place.ask.page, max(1, -(-total // per_page))),
        href=lambda number: place.href(page=number),
    )


def _words(found: int, total: int) -> str:
    return f"{total:,} in all" if found == total else f"{found:,} of {total:,}"


def _headings(place: _Place) -> tuple[Heading, ...]:
    return tuple(
        Heading(
            key=each.key,
            label=each.label,
            meaning=each.meaning,
            kind=each.kind.value,
            numeric=each.is_numeric,
            # Numbers are asked for from the top first, words from A.
            href=place.href(sort=_next_sort(each.key, place.ask.sort, each.is_numeric), page=None),
        )
        for each in place.listing.columns
        if each.is_shown
    )


def _next_sort(key: str, sort: str, is_numeric: bool) -> str:
    falls, rises = f"-{key}", key
    if sort in (falls, rises):
        return rises if sort == falls else falls
    return falls if is_numeric else rises


def _cells(place: _Place, rows: Sequence[Any]) -> tuple[tuple[Shown, ...], ...]:
    shown = [each for each in place.listing.columns if each.is_shown]
    return tuple(tuple(each.cell(place.look, row) for each in shown) for row in rows)


def _groups(listing: Listing[Row], ask: Ask, rows: Sequence[Row]) -> tuple[str, ...]:
    # Rows in another order would be torn out of their groups.
    if listing.group is None or ask.sort:
        return ()
    return tuple(map(listing.group, rows))


def _filters(place: _Place, rows: Sequence[Any]) -> tuple[Filter, ...]:
    return tuple(
        Filter(
            name=f"{place.listing.prefix}{facet.key}",
            label=facet.label,
            choices=tuple(
                Choice(value, f"{words} ({count:,})", place.ask.chosen.get(facet.key) == value)
                for value, words, count in choices_of(facet, rows)
            ),
        )
        for facet in place.listing.facets
        if facet.is_offered
    )


def _others(listing: Listing[Any], look: Look) -> dict[str, str]:
    """Return the arguments of the address that are not this listing's, nor the selection's."""
    own = {f"{listing.prefix}{name}" for name in ("q", "sort", "page")}
    own |= {f"{listing.prefix}{each.key}" for each in listing.facets}
    skipped = own | ADDRESS
    return {
        name: value
        for name, value in look.args.items()
        if name not in skipped and not name.startswith("_")
    }


def _hidden(place: _Place) -> tuple[tuple[str, str], ...]:
    look, prefix = place.look, place.listing.prefix
    kept = {**look.selection(), **_others(place.listing, look)}
    if place.ask.sort:
        kept[f"{prefix}sort"] = place.ask.sort
    unoffered = {each.key for each in place.listing.facets if not each.is_offered}
    kept |= {f"{prefix}{key}": each for key, each in place.ask.chosen.items() if key in unoffered}
    return tuple((name, str(value)) for name, value in kept.items())


def _files(place: _Place) -> tuple[File, ...]:
    query = place.args(page=None)
    return tuple(
        File(
            name,
            place.look.download_href(
                place.page, name.lower(), place.code, table=place.listing.name, **query
            ),
        )
        for name in FILES
    )
