"""What the pages of standards show: frozen contexts, made from queries. No routes here."""

import uuid
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Request, url_for

from cycles.core.paging import Paging, paging
from cycles.standards.browsing import (
    PER_PAGE,
    SKILLS_ONLY,
    WITH_DUTIES,
    WITHOUT_DUTIES,
    StandardRow,
    StandardsFilter,
    find_standards,
    levels_and_routes,
)
from cycles.standards.models import (
    UNKNOWN_LEVEL,
    Framework,
    KsbKind,
    OccupationalStandard,
    StandardKsb,
)
from cycles.standards.queries import FrameworkRow, framework_rows
from cycles.standards.wording import UNKNOWN, in_words, level_cell, level_words

LOWEST_PAGE, HIGHEST_PAGE = 1, 10_000
LEVELS = frozenset(map(str, range(100)))  # beyond any framework's, and as a column holds them
COLUMNS = (
    ("Standard", "title", False),
    ("Reference", "reference", False),
    ("Level", "level", True),
    ("Route", "route", False),
    ("Duties", "duties", True),
)
BY_DUTIES = (
    (WITH_DUTIES, "With duties"),
    (WITHOUT_DUTIES, "Without duties"),
    (SKILLS_ONLY, "Skills only"),
)


@dataclass(frozen=True)
class IndexPage:
    """Every framework."""

    rows: tuple[FrameworkRow, ...]
    may_import: bool


@dataclass(frozen=True)
class Choice:
    """One choice of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Column:
    """A heading that sorts, as the table macro takes it, or the plain last one."""

    label: str
    numeric: bool
    key: str
    href: str


@dataclass(frozen=True)
class FrameworkPage:
    """The standards of one framework that a reader looks for."""

    framework: Framework
    in_words: str
    held: FrameworkRow
    wanted: StandardsFilter
    rows: tuple[StandardRow, ...]
    columns: tuple[Column, ...]
    levels: tuple[Choice, ...]
    routes: tuple[Choice, ...]
    by_duties: tuple[Choice, ...]
    files: tuple[tuple[str, str], ...]
    paging: Paging
    is_filtered: bool
    may_import: bool


@dataclass(frozen=True)
class DutyLine:
    """A duty with the KSBs it needs."""

    text: str
    is_core: bool
    is_retired: bool
    ksbs: tuple[StandardKsb, ...]


@dataclass(frozen=True)
class KsbGroup:
    """The KSBs of one kind."""

    heading: str
    ksbs: tuple[StandardKsb, ...]


@dataclass(frozen=True)
class StandardPage:
    """One standard with its duties and KSBs."""

    framework: Framework
    in_words: str
    standard: OccupationalStandard
    level: str
    duties: tuple[DutyLine, ...]
    retired_duties: tuple[DutyLine, ...]
    groups: tuple[KsbGroup, ...]
    has_skills: bool


def read_filter(request: Request) -> StandardsFilter:
    """Return what the address asks for; anything odd in it asks for nothing."""
    sort = request.args.get("sort", "title")
    keys = {key for _, key, _ in COLUMNS}
    page = request.args.get("page", 1, type=int)
    return StandardsFilter(
        # PostgreSQL refuses a text with NUL in it, even to search for.
        words=request.args.get("q", "")[:200].replace("\x00", "").strip(),
        level=_level(request.args.get("level", "")),
        route=request.args.get("route", "")[:120].replace("\x00", ""),
        duties=duties if (duties := request.args.get("duties", "")) in dict(BY_DUTIES) else "",
        with_retired=request.args.get("retired") == "yes",
        sort=sort if sort.lstrip("-") in keys else "title",
        page=min(max(page, LOWEST_PAGE), HIGHEST_PAGE),
    )


def _level(asked: str) -> int | None:
    if asked == UNKNOWN:
        return UNKNOWN_LEVEL
    return int(asked) if asked in LEVELS else None


def framework_page(
    framework: Framework, wanted: StandardsFilter, *, may_import: bool
) -> FrameworkPage:
    """Return one page of a framework's standards."""
    rows, total = find_standards(framework.id, wanted)
    levels, routes = levels_and_routes(framework.id)
    return FrameworkPage(
        framework=framework,
        in_words=in_words(framework),
        held=framework_rows(framework.id)[0],
        wanted=wanted,
        rows=tuple(rows),
        columns=tuple(_column(framework.id, wanted, *column) for column in COLUMNS),
        levels=_choices("Any level", _level_pairs(levels), _asked_level(wanted) or ""),
        routes=_choices("Any route", [(each, each) for each in routes], wanted.route),
        by_duties=_choices("With or without", list(BY_DUTIES), wanted.duties),
        files=_files(framework.id, wanted),
        paging=paging(
            total=total,
            per_page=PER_PAGE,
            current=wanted.page,
            href=lambda number: _href(framework.id, wanted, page=number),
        ),
        is_filtered=wanted != StandardsFilter(sort=wanted.sort, page=wanted.page),
        may_import=may_import,
    )


def _files(framework_id: uuid.UUID, wanted: StandardsFilter) -> tuple[tuple[str, str], ...]:
    """Return the kinds of file that hold what the filters let through, each with its address."""
    address = partial(_href, framework_id, wanted, endpoint="standards.download", sort=None)
    return tuple((kind.upper(), address(kind=kind)) for kind in ("csv", "xlsx"))


def _href(
    framework_id: uuid.UUID,
    wanted: StandardsFilter,
    *,
    endpoint: str = "standards.framework",
    **changes: Any,
) -> str:
    asked = {
        "q": wanted.words or None,
        "level": _asked_level(wanted),
        "route": wanted.route or None,
        "duties": wanted.duties or None,
        "retired": "yes" if wanted.with_retired else None,
        "sort": None if wanted.sort == "title" else wanted.sort,
        **changes,
    }
    return url_for(endpoint, framework_id=framework_id, **asked)


def _level_pairs(levels: list[int]) -> list[tuple[str, str]]:
    return [(level_cell(each), level_words(each).capitalize()) for each in levels]


def _asked_level(wanted: StandardsFilter) -> str | None:
    return None if wanted.level is None else level_cell(wanted.level)


def _column(
    framework_id: uuid.UUID, wanted: StandardsFilter, label: str, key: str, is_number: bool
) -> Column:
    turned = f"-{key}" if wanted.sort == key else key
    return Column(label, is_number, key, _href(framework_id, wanted, sort=turned))


def _choices(everything: str, values: list[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(value, label, value == chosen) for value, label in [("", everything), *values]
    )


def standard_page(framework: Framework, standard: OccupationalStandard) -> StandardPage:
    """Return one standard: live duties first, retired ones apart, KSBs by kind."""
    lines = [
        DutyLine(duty.text, duty.is_core, duty.retired_at is not None, tuple(duty.ksbs))
        for duty in standard.duties
    ]
    headings = {
        KsbKind.KNOWLEDGE: "Knowledge",
        KsbKind.SKILL: "Skills",
        KsbKind.BEHAVIOUR: "Behaviours",
    }
    groups = (
        KsbGroup(heading, tuple(ksb for ksb in standard.ksbs if ksb.kind == kind))
        for kind, heading in headings.items()
    )
    return StandardPage(
        framework=framework,
        in_words=in_words(framework),
        standard=standard,
        level=level_cell(standard.level),
        duties=tuple(line for line in lines if not line.is_retired),
        retired_duties=tuple(line for line in lines if line.is_retired),
        groups=tuple(group for group in groups if group.ksbs),
        has_skills=any(ksb.kind == KsbKind.SKILL for ksb in standard.ksbs),
    )
