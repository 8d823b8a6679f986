"""The matrix of capabilities and profiles: levels in letters and words, then as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from cycles.core.paging import Paging, paging
from reports.document.facts import Profile
from reports.explorer.chart_view import ChartView, chart_view
from reports.explorer.listing import found_rows
from reports.explorer.look import Look
from reports.explorer.naming import LETTERS
from reports.explorer.pages import matrix_chart
from reports.explorer.pages.matrix_grid import SHOWN, GridRow, grid_of, profiles_looked_at
from reports.explorer.pages.matrix_tables import domains, hidden_words, long, wide
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import Choice, Filter, TableView, table_view
from reports.mapping.selection import read_number

NAME = "matrix"
MOST_COLUMNS = 30
ORDERS = (
    ("code", "Code"),
    ("-profiles", "Most profiles first"),
    ("profiles", "Fewest profiles first"),
)
METHOD = (
    "A letter is the level at which the profile needs the capability: A Awareness, P Practitioner, "
    "E Expert. N says that employers judged it not needed at the profile's role level. An empty "
    "cell: the capability is not in this profile, though its role level may need it.",
)


@dataclass(frozen=True)
class GridColumn:
    """A profile over its column. ``total`` counts the capabilities shown that it needs."""

    code: str
    name: str
    href: str
    total: int
    total_href: str


@dataclass(frozen=True)
class GridLine:
    """A capability with its cells: (letter, word), both empty where the profile has none."""

    group: str
    code: str
    text: str
    href: str
    total: int
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MatrixPage:
    """The matrix. ``bands`` are the role levels over the columns, with how many each spans."""

    table: TableView
    bands: tuple[tuple[str, int], ...]
    columns: tuple[GridColumn, ...]
    column_paging: Paging
    lines: tuple[GridLine, ...]
    hidden: str
    toggle_href: str
    shows_empty: bool
    files: tuple[TableView, ...]
    domains: TableView
    chart: ChartView | None


def build(look: Look, _code: str) -> MatrixPage:
    """Return the matrix of the profiles and capabilities that the address asks for."""
    listing = wide(look)
    view = _with_choices(look, table_view(listing, look, NAME))
    rows = found_rows(listing, look)
    profiles, columns = _paged(look)
    charts = matrix_chart.charts(look, "")
    shows_empty = look.args.get("empty") == SHOWN
    return MatrixPage(
        table=view,
        bands=tuple(
            (level, len(list(theirs)))
            for level, theirs in groupby(profiles, key=lambda each: each.role_level)
        ),
        columns=tuple(_column(look, each, rows) for each in profiles),
        column_paging=columns,
        lines=_lines(look, view, rows, profiles),
        hidden=_hidden(look, shows_empty=shows_empty),
        toggle_href=_href(look, empty=None if shows_empty else SHOWN, page=None),
        shows_empty=shows_empty,
        files=(view, table_view(long(look), look, NAME)),
        domains=table_view(domains(look), look, NAME),
        chart=chart_view(look, NAME, charts[0], table_id="domains") if charts else None,
    )


def _href(look: Look, **changes: Any) -> str:
    kept = {
        name: value for name, value in look.args.items() if name not in ("threshold", "snapshot")
    }
    return look.href(NAME, **{**kept, **changes})


def _paged(look: Look) -> tuple[tuple[Profile, ...], Paging]:
    """Return the profiles of the page of columns that is asked for, all pages about as wide."""
    profiles = profiles_looked_at(look)
    pages = max(1, -(-len(profiles) // MOST_COLUMNS))
    per_page = max(1, -(-len(profiles) // pages))
    current = min(pages, max(1, read_number(look.args.get("columns", "")) or 1))
    start = (current - 1) * per_page
    return profiles[start : start + per_page], paging(
        total=len(profiles),
        per_page=per_page,
        current=current,
        href=lambda number: _href(look, columns=number if number > 1 else None),
    )


def _hidden(look: Look, *, shows_empty: bool) -> str:
    """Say how many capabilities none of the profiles looked at needs; empty where none is so."""
    count = sum(not row.needing for row in grid_of(look))
    return hidden_words(count) if count or shows_empty else ""


def _with_choices(look: Look, view: TableView) -> TableView:
    """Return the table with the filters that choose columns, and the order, in its form."""
    profiles = tuple(look.results.profile.values())
    own = (
        _filter(look, "role", "Role level", [(each.role_level,) * 2 for each in profiles]),
        _filter(look, "partner", "Primary partner", [(each.partner,) * 2 for each in profiles]),
        _filter(
            look,
            "profile",
            "Profile",
            [(each.code, f"{each.code} {each.name}") for each in profiles],
        ),
    )
    names = {each.name for each in own} | {"sort", "columns"}
    return replace(
        view,
        filters=(*own, *view.filters, _filter(look, "sort", "Order", ORDERS)),
        hidden=tuple(pair for pair in view.hidden if pair[0] not in names),
        is_narrowed=view.is_narrowed or any(look.args.get(each.name) for each in own),
        reset_href=look.href(NAME),
    )


def _filter(look: Look, name: str, label: str, choices: Sequence[tuple[str, str]]) -> Filter:
    chosen = look.args.get(name, "")
    found = dict.fromkeys(each for each in choices if each[0])
    return Filter(name, label, tuple(Choice(*each, each[0] == chosen) for each in found))


def _column(look: Look, profile: Profile, rows: Sequence[GridRow]) -> GridColumn:
    return GridColumn(
        code=profile.code,
        name=profile.name,
        href=look.href("profiles", profile.code),
        total=sum(profile.code in row.needing for row in rows),
        total_href=_href(look, profile=profile.code, columns=None, page=None),
    )


def _lines(
    look: Look, view: TableView, rows: Sequence[GridRow], profiles: Sequence[Profile]
) -> tuple[GridLine, ...]:
    shown = rows[max(0, view.paging.first - 1) : view.paging.last]
    groups = view.groups or ("",) * len(shown)
    return tuple(
        GridLine(
            group=group,
            code=row.line.code,
            text=row.line.text,
            href=look.href("capabilities", row.line.code),
            total=len(row.needing),
            cells=tuple(_cell(row.levels.get(each.code, "")) for each in profiles),
        )
        for row, group in zip(shown, groups, strict=True)
    )


def _cell(level: str) -> tuple[str, str]:
    return LETTERS.get(level, ""), level


PAGE = PageKind(
    name=NAME,
    label="Matrix of capabilities and profiles",
    question=Question.WHO,
    lead="Which profile needs which capability, and how well.",
    build=build,
    listings=lambda look, _code: (wide(look), long(look), domains(look)),
    charts=matrix_chart.charts,
    method=METHOD,
    arguments=(
        ("role", "The role level whose profiles are looked at."),
        ("partner", "The partner whose profiles are looked at."),
        ("profile", "The code of the one profile that is looked at."),
    ),
)
