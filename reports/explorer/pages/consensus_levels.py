"""Agreement by role level: outcomes counted, and where disagreement is hottest, by domain."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.charts.vega.chart import Chart
from reports.document.figures.agreement import consensus_chart
from reports.document.wording import percent_words
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.pages.consensus_rows import NAME, NO, YES, CellRow, cell_rows

HOTTEST = 5


@dataclass(frozen=True)
class LevelRow:
    """A role level, and how many of its judged cells came to each outcome."""

    role_level: str
    counts: Mapping[str, int]
    total: int
    agreed: int

    @property
    def agreed_percent(self) -> float | None:
        """Return the share of its judged cells that the panel agreed on, in per cent."""
        return round(100 * self.agreed / self.total, 1) if self.total else None


@dataclass(frozen=True)
class HeatRow:
    """A domain; ``judged`` and ``apart`` count its cells, those not agreed on, by role level."""

    function: str
    domain: str
    judged: Mapping[str, int]
    apart: Mapping[str, int]


@dataclass(frozen=True)
class HeatCell:
    """A cell of the heat map: ``step`` is 0 for no disagreement to 5 for most."""

    step: int
    text: str
    href: str
    note: str


@dataclass(frozen=True)
class HeatColumn:
    """A column of the heat map: a role level."""

    name: str


@dataclass(frozen=True)
class HeatLine:
    """A line of the heat map: ``group`` is a heading across it, else a domain with its cells."""

    group: str = ""
    label: str = ""
    href: str = ""
    cells: tuple[HeatCell | None, ...] = ()


def role_levels(look: Look) -> tuple[str, ...]:
    """Return the names of the role levels, in the cycle's order."""
    return tuple(each.role_level for each in look.results.document.agreement.role_levels)


def level_rows(look: Look) -> tuple[LevelRow, ...]:
    """Return the role levels with the outcomes of their judged cells."""
    found = look.results.document.agreement
    names = [each.name for each in found.outcomes]
    agreed: dict[str, int] = defaultdict(int)
    for row in cell_rows(look):
        agreed[row.cell.role_level] += row.cell.is_agreed
    return tuple(
        LevelRow(
            role_level=line.role_level,
            counts=dict(zip(names, line.counts, strict=True)),
            total=line.total,
            agreed=agreed[line.role_level],
        )
        for line in found.role_levels
    )


def levels_listing(look: Look) -> Listing[LevelRow]:
    """Return the table of role levels."""
    outcomes = [each for each in look.results.document.agreement.outcomes if each.count]
    return Listing(
        name="role-levels",
        title="Verdicts by role level",
        about="How many judged cells of each role level came to each outcome.",
        columns=(
            Column("role_level", "Role level", "Who was asked about.", lambda row: row.role_level),
            *(_outcome(each.name) for each in outcomes),
            *LEVEL_TOTALS,
        ),
        rows=level_rows,
        prefix="levels-",
        nothing="No role level is set up yet.",
    )


def _href(look: Look, **args: str | None) -> str:
    return look.href(NAME, _anchor=NAME, **args)


def _outcome(name: str) -> Column[LevelRow]:
    return Column(
        name.lower().replace(":", "").replace(" ", "_"),
        name,
        f"Judged cells whose ratings came to this: {name.lower()}.",
        lambda row: row.counts[name],
        Kind.NUMBER,
        show=lambda look, row: Shown(
            f"{row.counts[name]:,}",
            _href(look, level=row.role_level, verdict=name) if row.counts[name] else "",
        ),
    )


LEVEL_TOTALS: tuple[Column[LevelRow], ...] = (
    Column(
        "total",
        "Judged",
        "All judged cells of the role level.",
        lambda row: row.total,
        Kind.NUMBER,
        show=lambda look, row: Shown(f"{row.total:,}", _href(look, level=row.role_level)),
    ),
    Column(
        "agreed_percent",
        "Agreed, %",
        "Of the judged cells, those that the panel agreed on, per cent.",
        lambda row: row.agreed_percent,
        Kind.PERCENT,
        show=lambda look, row: Shown(
            "" if row.agreed_percent is None else percent_words(row.agreed_percent),
            _href(look, level=row.role_level, agreed=YES) if row.agreed else "",
            bar=row.agreed_percent,
        ),
    ),
)


def chart(look: Look) -> Chart | None:
    """Return the outcomes by role level as the report draws them, or None where none is judged."""
    shares = {
        row.role_level: row.agreed_percent
        for row in level_rows(look)
        if row.agreed_percent is not None
    }
    return consensus_chart(look.results.document.agreement, shares, things="cells")


def heat_rows(look: Look) -> tuple[HeatRow, ...]:
    """Return the domains with their disagreement at each role level, by function."""
    held: dict[tuple[str, str], list[CellRow]] = {}
    for row in cell_rows(look):
        held.setdefault((row.function, row.domain), []).append(row)
    functions = [each.name for each in look.results.document.capabilities.functions]
    order = {name: place for place, name in enumerate(functions)}
    places = sorted(held, key=lambda each: (order.get(each[0], len(order)), each[1]))
    return tuple(_heat(place, held[place]) for place in places)


def _heat(place: tuple[str, str], rows: Sequence[CellRow]) -> HeatRow:
    judged: dict[str, int] = defaultdict(int)
    apart: dict[str, int] = defaultdict(int)
    for row in rows:
        judged[row.cell.role_level] += 1
        apart[row.cell.role_level] += not row.cell.is_agreed
    return HeatRow(*place, judged, apart)


def heat_listing(look: Look) -> Listing[HeatRow]:
    """Return where the panel disagreed, domain by role level."""
    return Listing(
        name="disagreement",
        title="Disagreement by domain and role level",
        about="Judged cells that the panel did not agree on, by domain and role level.",
        columns=(
            Column("function", "Function", "The domain's function.", lambda row: row.function),
            Column("domain", "Domain", "A part of the function.", lambda row: row.domain),
            *(
                column
                for place, name in enumerate(role_levels(look), 1)
                for column in _level_columns(place, name)
            ),
        ),
        rows=heat_rows,
        prefix="heat-",
        nothing="No cell is judged yet.",
    )


def _level_columns(place: int, name: str) -> tuple[Column[HeatRow], ...]:
    return (
        Column(
            f"apart_{place}",
            f"{name}, not agreed",
            f"Judged cells of {name} that the panel did not agree on.",
            lambda row: row.apart.get(name, 0),
            Kind.NUMBER,
        ),
        Column(
            f"judged_{place}",
            f"{name}, judged",
            f"All judged cells of {name}.",
            lambda row: row.judged.get(name, 0),
            Kind.NUMBER,
        ),
    )


def heat_lines(look: Look) -> tuple[HeatLine, ...]:
    """Return the lines of the heat map, each function's domains under its name."""
    lines: list[HeatLine] = []
    names = role_levels(look)
    for row in heat_rows(look):
        if not lines or row.function != _last_group(lines):
            lines.append(HeatLine(group=row.function))
        cells = tuple(_cell(look, row, name) for name in names)
        href = _href(look, function=row.function, domain=row.domain, agreed=NO)
        lines.append(HeatLine(label=row.domain, href=href, cells=cells))
    return tuple(lines)


def _last_group(lines: Sequence[HeatLine]) -> str:
    return next(line.group for line in reversed(lines) if line.group)


def _cell(look: Look, row: HeatRow, name: str) -> HeatCell | None:
    judged, apart = row.judged.get(name, 0), row.apart.get(name, 0)
    if not judged:
        return None
    place = {"function": row.function, "domain": row.domain, "level": name}
    return HeatCell(
        # Any disagreement is seen; the hottest step starts at four cells of five.
        step=min(HOTTEST, 1 + HOTTEST * apart // judged) if apart else 0,
        text=f"{apart:,} of {judged:,}",
        href=_href(look, **place, agreed=NO) if apart else _href(look, **place),
        note="not agreed",
    )
