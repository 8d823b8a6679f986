"""Search: one box over everything that the results hold, and why each thing was found."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from reports.explorer.listing import LONGEST_SEARCH, found_rows
from reports.explorer.look import Look
from reports.explorer.pages.search_lines import OWN_PAGES, Line, line_of
from reports.explorer.pages.search_table import (
    KIND,
    LABELS,
    NAME,
    by_of,
    listing,
    searched,
    typed_in,
)
from reports.explorer.registry import PageKind, Question, pages
from reports.explorer.searching.finding import By, Found, Search, everything
from reports.explorer.searching.things import Sort
from reports.explorer.table_view import TableView, table_view

FIRST = 5
WAYS = {
    By.BOTH: "Words and meaning",
    By.WORDS: "Words only",
    By.MEANING: "Meaning only",
}
METHOD = (
    "A word finds every word that begins like its stem, whatever its case, accents and spelling, "
    "British or American. Words that nearly every statement holds are left out.",
    "Nearness is the cosine of the meanings of what you typed and of a text, as a percentage. A "
    "profile's meaning is the mean of its capabilities', a standard's that of its duties. Of "
    "each sort at most fifty are found by meaning, none less than three quarters as near as the "
    "nearest.",
    "What you type stands in the address of this page. It is encoded, compared and forgotten.",
)


@dataclass(frozen=True)
class Way:
    """One way of looking for things."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class SortCount:
    """One sort of thing, and how many of it there are, or were found."""

    label: str
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """What was found of one sort: the first lines, and a link to all where there are more."""

    label: str
    anchor: str
    count: int
    all_href: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class SearchPage:
    """The box, and what was found, in groups of each sort unless one sort is chosen.

    ``sorts`` count what there is to find before anything is typed, and then what was found.
    """

    q: str
    most: int
    ways: tuple[Way, ...]
    hidden: tuple[tuple[str, str], ...]
    is_asked: bool
    is_narrowed: bool
    found: int
    sorts: tuple[SortCount, ...]
    how: str
    groups: tuple[Group, ...]
    view: TableView


def build(look: Look, _code: str) -> SearchPage:
    """Return the page of search."""
    found, view = searched(look), table_view(listing(look), look, NAME)
    hidden = {**look.selection(), **({KIND: chosen_of(look)} if chosen_of(look) else {})}
    return SearchPage(
        q=typed_in(look),
        most=LONGEST_SEARCH,
        ways=tuple(Way(by.value, label, by == by_of(look)) for by, label in WAYS.items()),
        hidden=tuple((name, str(value)) for name, value in hidden.items()),
        is_asked=bool(typed_in(look)),
        is_narrowed=bool(chosen_of(look)),
        found=len(found.found),
        sorts=tuple(_sorts(look, found)),
        how=found.how,
        groups=tuple(_groups(look, found, view)),
        view=view,
    )


def chosen_of(look: Look) -> str:
    """Return the sort that is looked at alone; empty for all."""
    asked = look.args.get(KIND, "")
    return asked if asked in tuple(Sort) else ""


def _sorts(look: Look, found: Search) -> Iterator[SortCount]:
    is_asked = bool(typed_in(look))
    things = [each.thing for each in found.found] if is_asked else everything(look)
    counts = Counter(thing.sort for thing in things)
    chosen = chosen_of(look)
    if is_asked:
        yield SortCount("Everything", len(found.found), _href(look, ""), not chosen)
    for sort, label in LABELS.items():
        href = _href(look, sort.value) if is_asked else _page_href(look, sort)
        yield SortCount(label, counts[sort], href, sort.value == chosen)


def _page_href(look: Look, sort: Sort) -> str:
    name = OWN_PAGES.get(sort, "")
    return look.href(name) if name in pages() else ""


def _groups(look: Look, found: Search, view: TableView) -> Iterator[Group]:
    chosen = chosen_of(look)
    for sort, label in LABELS.items():
        rows = [each for each in found.found if each.thing.sort == sort]
        if not rows or chosen not in ("", sort.value):
            continue
        shown = _page_of(look, view) if chosen else rows[:FIRST]
        yield Group(
            label=label,
            anchor=f"found-{sort.value}",
            count=len(rows),
            all_href="" if chosen or len(rows) <= FIRST else _href(look, sort.value),
            lines=tuple(line_of(look, found, each) for each in shown),
        )


def _page_of(look: Look, view: TableView) -> list[Found]:
    return found_rows(listing(look), look)[max(0, view.paging.first - 1) : view.paging.last]


def _href(look: Look, sort: str) -> str:
    by = "" if by_of(look) == By.BOTH else by_of(look).value
    asked = {"q": typed_in(look), "by": by, KIND: sort}
    return look.href(NAME, **{name: value or None for name, value in asked.items()})


PAGE = PageKind(
    name=NAME,
    label="Search",
    question=Question.START,
    lead="Find capabilities, profiles, KSBs, standards and duties, by words and by meaning.",
    build=build,
    listings=lambda look, _code: (listing(look),),
    method=METHOD,
    arguments=(
        ("q", "The words to look for."),
        ("by", "How: both, words or meaning."),
    ),
)
