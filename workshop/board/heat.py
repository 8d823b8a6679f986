"""The heat map: one row a capability or solution, one column a role level, by disagreement."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from workshop.ballot.live import smallest_live
from workshop.board.standings import Asked, Standing
from workshop.rooms.disclosure import smallest_shown
from workshop.rooms.models import Workshop

STEPS = 5
FULL = 50
"""From a flat spread on, disagreement has the strongest colour: two camps are there already."""


@dataclass(frozen=True)
class HeatCell:
    """One item: ``step`` 0 to 5 colours it, without a number it is hatched, the note is read."""

    step: int
    text: str
    note: str
    href: str
    is_closed: bool


@dataclass(frozen=True)
class HeatRow:
    """One subject with a cell for each column, None where it was not asked."""

    code: str
    wording: str
    area: str
    cells: tuple[HeatCell | None, ...]


@dataclass(frozen=True)
class HeatMap:
    """The grid. ``hidden`` counts the cells that too few have rated to be shown."""

    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    shown: int
    hidden: int
    closed: int


Row = tuple[Asked, dict[str, Standing]]


def _most_disagreement(row: Row) -> tuple[float, ...]:
    cells = row[1].values()
    still = [one.disagreement for one in cells if one.disagreement is not None]
    contested = [
        one.disagreement for one in cells if one.disagreement is not None and not one.is_closed
    ]
    return (-max(contested, default=-1), -max(still, default=-1))


def _fewest_answers(row: Row) -> tuple[float, ...]:
    # The numbers that may be shown alone decide: an exact count below the gate would leak here.
    waiting = [one.n for one in row[1].values() if not one.is_closed]
    return (not waiting, min(waiting, default=0))


def _closed_first(row: Row) -> tuple[float, ...]:
    return (-sum(one.is_closed for one in row[1].values()),)


SORTS: dict[str, tuple[str, Callable[[Row], tuple[float, ...]]]] = {
    "disagreement": ("Most disagreement", _most_disagreement),
    "fewest": ("Fewest answers", _fewest_answers),
    "closed": ("Closed first", _closed_first),
    "area": ("Functional area", lambda _row: ()),
}
"""What the facilitator may sort by. Equals stand in the workshop's order."""


def heat_map(
    workshop: Workshop, standings: Sequence[Standing], *, sort: str, minimum_n: int
) -> HeatMap:
    """Return the grid of these items in the order asked for."""
    columns = tuple(dict.fromkeys(one.asked.role_level for one in standings))
    rows: dict[object, Row] = {}
    for one in standings:
        rows.setdefault(one.asked.subject_id, (one.asked, {}))[1][one.asked.role_level] = one
    least = {True: smallest_live(minimum_n), False: smallest_shown(minimum_n)}
    ordered = sorted(rows.values(), key=SORTS[sort][1])
    return HeatMap(
        caption="Disagreement, 0 to 100",
        corner="Capability" if any(one.asked.code for one in standings) else "Solution",
        columns=tuple(name or "Disagreement" for name in columns),
        rows=tuple(
            HeatRow(
                asked.code,
                asked.wording,
                asked.area,
                tuple(_cell(workshop, cells.get(name), least) for name in columns),
            )
            for asked, cells in ordered
        ),
        shown=sum(one.counts is not None for one in standings),
        hidden=sum(one.counts is None for one in standings),
        closed=sum(one.is_closed for one in standings),
    )


def _cell(workshop: Workshop, one: Standing | None, least: Mapping[bool, int]) -> HeatCell | None:
    if one is None:
        return None
    href = ""
    if one.is_judged:
        href = url_for("workshops.cell", cycle_id=workshop.cycle_id, item_id=one.asked.item_id)
    if one.disagreement is None:
        return HeatCell(0, "", f"fewer than {least[one.is_live]} rated", href, one.is_closed)
    step = min(one.disagreement * STEPS // FULL, STEPS)
    return HeatCell(step, str(one.disagreement), f"{one.n} rated", href, one.is_closed)
