"""What the library's list shows, and its import form: frozen contexts, made from queries."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Request, url_for

from cycles.classification.models import Area
from cycles.classification.queries import areas
from cycles.core.paging import Paging, paging
from cycles.library.models import LibraryKind, LibraryStatement
from cycles.library.queries import (
    PER_PAGE,
    By,
    LibraryFilter,
    LibraryLine,
    Order,
    SourceRow,
    source_rows,
)
from cycles.library.searching.finding import Results, search

LOWEST_PAGE, HIGHEST_PAGE = 1, 10_000
LONGEST_SEARCH = 200
BY_WORDS = {By.MEANING: "Meaning", By.WORDS: "Exact words"}
ORDERS = {Order.NEAREST: "Nearest first", Order.SOURCE: "As in the source", Order.TEXT: "A to Z"}
Named = TypeVar("Named", By, Order, LibraryKind)


@dataclass(frozen=True)
class Choice:
    """One choice of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class ResultLine:
    """A record as the list shows it: what it says, where it stands, where it comes from."""

    text: str
    href: str
    facts: str
    source: str
    nearness: str


@dataclass(frozen=True)
class Filters:
    """The choices of every filter, and whether one narrows the list."""

    sources: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    functions: tuple[Choice, ...]
    domains: tuple[Choice, ...]
    areas: tuple[Choice, ...]
    orders: tuple[Choice, ...]
    are_set: bool


@dataclass(frozen=True)
class LibraryPage:
    """The records that a reader looks for, how they were found, and the sources they are of."""

    wanted: LibraryFilter
    ways: tuple[Choice, ...]
    filters: Filters
    lines: tuple[ResultLine, ...]
    how: str
    paging: Paging
    downloads: tuple[tuple[str, str], ...]
    sources: tuple[SourceRow, ...]
    is_filtered: bool
    may_import: bool


def read_filter(request: Request) -> LibraryFilter:
    """Return what the address asks for; anything odd in it asks for nothing."""
    asked = request.args
    page = asked.get("page", 1, type=int)
    return LibraryFilter(
        # PostgreSQL refuses a text with NUL in it, even to search for.
        words=asked.get("q", "")[:LONGEST_SEARCH].replace("\x00", "").strip(),
        source_id=asked.get("source", type=uuid.UUID),
        kind=_one_of(LibraryKind, asked.get("kind", "")),
        function=asked.get("function", "")[:80].replace("\x00", ""),
        domain=asked.get("domain", "")[:120].replace("\x00", ""),
        page=min(max(page, LOWEST_PAGE), HIGHEST_PAGE),
        area_id=asked.get("area", type=uuid.UUID),
        by=_one_of(By, asked.get("by", "")) or By.MEANING,
        order=_one_of(Order, asked.get("order", "")) or Order.NEAREST,
    )


def _one_of(kind: type[Named], given: str) -> Named | None:
    return kind(given) if given in set(kind) else None


def library_page(wanted: LibraryFilter, *, may_import: bool) -> LibraryPage:
    """Return one page of the library."""
    found, sources = search(wanted), tuple(source_rows())
    return LibraryPage(
        wanted=wanted,
        ways=tuple(Choice(way, label, way == wanted.by) for way, label in BY_WORDS.items()),
        filters=_filters(wanted, sources),
        lines=_lines(found),
        how=found.how,
        paging=paging(
            total=found.total,
            per_page=PER_PAGE,
            current=wanted.page,
            href=lambda number: url_for("library.index", **asked_of(wanted), page=number),
        ),
        downloads=tuple(
            (ending.upper(), url_for("library.download", ending=ending, **asked_of(wanted)))
            for ending in ("csv", "xlsx")
        ),
        sources=sources,
        is_filtered=bool(asked_of(wanted)),
        may_import=may_import,
    )


def _lines(found: Results) -> tuple[ResultLine, ...]:
    percents = found.percents or (None,) * len(found.lines)
    return tuple(map(_result_line, found.lines, percents))


def _result_line(line: LibraryLine, percent: int | None) -> ResultLine:
    record = line.statement
    others = f"in {line.occurrences:,} occupations" if line.occurrences > 1 else ""
    where = ", ".join(filter(None, (record.occupation, others)))
    return ResultLine(
        text=record.text,
        href=url_for("library.record", record_id=record.id),
        facts=" · ".join(
            filter(None, (record.kind.value.capitalize(), place_of(record.area), where))
        ),
        source=f"{named_source(record)}, {record.source.licence or 'licence not recorded'}",
        nearness="" if percent is None else f"{percent}\u00a0% near",
    )


def place_of(area: Area | None) -> str:
    """Return where a record stands in the classification; nothing for one that has no area."""
    return f"{area.function} › {area.domain} › {area.name}" if area else ""


def named_source(record: LibraryStatement) -> str:
    """Return the name of a record's source with its version."""
    return " ".join(filter(None, (record.source.name, record.source.version)))


def _filters(wanted: LibraryFilter, sources: tuple[SourceRow, ...]) -> Filters:
    known = [area for area in areas() if _fits(area, wanted)]
    named = [(str(row.source.id), row.source.name) for row in sources if row.statements]
    kinds = [(kind.value, kind.value.capitalize()) for kind in LibraryKind]
    orders = (
        {**ORDERS} if wanted.words else {Order.SOURCE: "As in the source", Order.TEXT: "A to Z"}
    )
    return Filters(
        sources=_choices("Any source", named, str(wanted.source_id or "")),
        kinds=_choices("Any kind", kinds, wanted.kind or ""),
        functions=_choices(
            "Any function", _same(area.function for area in areas()), wanted.function
        ),
        domains=_choices("Any domain", _domains(wanted.function), wanted.domain),
        areas=_choices(
            "Any area", [(str(area.id), area.name) for area in known], str(wanted.area_id or "")
        ),
        orders=tuple(Choice(each, label, each == wanted.order) for each, label in orders.items()),
        are_set=bool(asked_of(wanted).keys() - {"q", "by"}),
    )


def _fits(area: Area, wanted: LibraryFilter) -> bool:
    is_chosen = area.id == wanted.area_id
    fits_function = not wanted.function or area.function == wanted.function
    return is_chosen or (fits_function and (not wanted.domain or area.domain == wanted.domain))


def _domains(function: str) -> list[tuple[str, str]]:
    return _same(area.domain for area in areas() if not function or area.function == function)


def _same(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in dict.fromkeys(names)]


def _choices(everything: str, values: list[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(value, label, value == chosen) for value, label in [("", everything), *values]
    )


def asked_of(wanted: LibraryFilter) -> dict[str, Any]:
    """Return what an address has to carry to ask for the same, its page apart."""
    asked = {
        "q": wanted.words,
        "by": wanted.by.value if wanted.by != By.MEANING else "",
        "source": wanted.source_id,
        "kind": wanted.kind.value if wanted.kind else "",
        "function": wanted.function,
        "domain": wanted.domain,
        "area": wanted.area_id,
        "order": wanted.order.value if wanted.order != Order.NEAREST else "",
    }
    return {name: value for name, value in asked.items() if value}
