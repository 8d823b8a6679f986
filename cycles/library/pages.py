"""What the pages of the library show: frozen contexts, made from queries. No routes here."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Request, url_for

from cycles.classification.models import Area
from cycles.classification.queries import areas
from cycles.core.paging import Paging, paging
from cycles.library.forms import ImportForm
from cycles.library.importing.shapes import TEMPLATE
from cycles.library.models import LibraryKind
from cycles.library.queries import (
    PER_PAGE,
    LibraryFilter,
    LibraryLine,
    SourceRow,
    find_statements,
    source_rows,
)

LOWEST_PAGE, HIGHEST_PAGE = 1, 10_000


@dataclass(frozen=True)
class Choice:
    """One choice of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class LibraryPage:
    """The records that a reader looks for, and the sources they come from."""

    wanted: LibraryFilter
    lines: tuple[LibraryLine, ...]
    sources: tuple[SourceRow, ...]
    source_choices: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    functions: tuple[Choice, ...]
    domains: tuple[Choice, ...]
    paging: Paging
    is_filtered: bool
    may_import: bool


@dataclass(frozen=True)
class ImportPage:
    """The form that imports."""

    form: ImportForm
    names: tuple[str, ...]
    columns: tuple[str, ...] = TEMPLATE


def read_filter(request: Request) -> LibraryFilter:
    """Return what the address asks for; anything odd in it asks for nothing."""
    kind = request.args.get("kind", "")
    page = request.args.get("page", 1, type=int)
    return LibraryFilter(
        # PostgreSQL refuses a text with NUL in it, even to search for.
        words=request.args.get("q", "")[:200].replace("\x00", "").strip(),
        source_id=request.args.get("source", type=uuid.UUID),
        kind=LibraryKind(kind) if kind in set(LibraryKind) else None,
        function=request.args.get("function", "")[:80].replace("\x00", ""),
        domain=request.args.get("domain", "")[:120].replace("\x00", ""),
        page=min(max(page, LOWEST_PAGE), HIGHEST_PAGE),
    )


def library_page(wanted: LibraryFilter, *, may_import: bool) -> LibraryPage:
    """Return one page of the library."""
    lines, total = find_statements(wanted)
    sources = tuple(source_rows())
    known = areas()
    named = [(str(row.source.id), row.source.name) for row in sources if row.statements]
    return LibraryPage(
        wanted=wanted,
        lines=tuple(lines),
        sources=sources,
        source_choices=_choices("Any source", named, str(wanted.source_id or "")),
        kinds=_choices(
            "Any kind", [(k.value, k.value.capitalize()) for k in LibraryKind], wanted.kind or ""
        ),
        functions=_choices("Any function", _same(area.function for area in known), wanted.function),
        domains=_choices("Any domain", _domains(known, wanted.function), wanted.domain),
        paging=paging(
            total=total,
            per_page=PER_PAGE,
            current=wanted.page,
            href=lambda number: _href(wanted, page=number),
        ),
        is_filtered=wanted != LibraryFilter(page=wanted.page),
        may_import=may_import,
    )


def _same(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in dict.fromkeys(names)]


def _domains(known: list[Area], function: str) -> list[tuple[str, str]]:
    return _same(area.domain for area in known if not function or area.function == function)


def _choices(everything: str, values: list[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(value, label, value == chosen) for value, label in [("", everything), *values]
    )


def _href(wanted: LibraryFilter, **changes: Any) -> str:
    asked = {
        "q": wanted.words or None,
        "source": wanted.source_id,
        "kind": wanted.kind.value if wanted.kind else None,
        "function": wanted.function or None,
        "domain": wanted.domain or None,
        **changes,
    }
    return url_for("library.index", **asked)
