"""What is asked of workshops, rounds and verdicts. Orders are fixed; nothing here writes.

Never how one person answered. Counts come as they are: whoever shows them to people asks
``disclosure`` first.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from consensus.stopping import Closing
from consensus.verdict import Outcome
from cycles.core.extensions import db
from cycles.setup.models import RoleLevel
from cycles.setup.queries import role_levels_of
from cycles.statements.models import CapabilityStatement, StatementStatus
from workshop.rooms.models import (
    CellDecision,
    Item,
    ItemVerdict,
    RoomState,
    Round,
    ScaleName,
    Workshop,
    WorkshopKind,
)

KINDS = tuple(WorkshopKind)
AGREED = (Outcome.LEVEL, Outcome.NOT_NEEDED)
PROVISIONAL = (Outcome.ADJACENT, Outcome.NO_LEVEL)
# Columns, not rows of the models: a large cycle has thousands of cells, and a report reads all.
CELL_COLUMNS = (
    *(Item.id, Item.workshop_id, Item.statement_id, Item.role_level_id),
    *(ItemVerdict.round_id, Round.number, Workshop.state.label("room")),
    *(ItemVerdict.outcome, ItemVerdict.level, ItemVerdict.counts, ItemVerdict.abstained),
    *(ItemVerdict.closing, ItemVerdict.is_fragile, ItemVerdict.is_two_camps, ItemVerdict.figures),
    *(CellDecision.id.label("decision"), CellDecision.level.label("decided"), CellDecision.reason),
)


@dataclass(frozen=True)
class Cell:
    """A capability at a role level with its latest verdict and what was decided of it.

    ``level`` is what holds: as decided, else the verdict's; None while unsettled and for what is
    not needed. ``median`` is what the convener may accept in a decision; None where too few
    rated. ``is_finished``: its rounds are over. ``is_settled``: it may go into profiles.
    """

    item_id: uuid.UUID
    statement_id: uuid.UUID
    role_level_id: uuid.UUID
    round_id: uuid.UUID
    round_number: int
    outcome: Outcome
    level: int | None
    voted_level: int | None
    median: int | None
    counts: tuple[int, ...]
    n: int
    abstained: int
    closing: Closing
    is_fragile: bool
    is_two_camps: bool
    is_finished: bool
    is_settled: bool
    is_decided: bool
    is_provisional: bool
    reason: str
    figures: dict[str, Any]

    @property
    def is_agreed(self) -> bool:
        """Say whether the panel itself agreed: on a level, or that it is not needed."""
        return self.outcome in AGREED


def workshops_of(cycle_id: uuid.UUID) -> list[Workshop]:
    """Return the workshops of a cycle, by kind in the order of the method, then by date."""
    found = db.session.scalars(select(Workshop).where(Workshop.cycle_id == cycle_id))
    return sorted(
        found,
        key=lambda one: (
            KINDS.index(one.kind),
            one.starts_on is None,
            one.starts_on.toordinal() if one.starts_on else 0,
            one.title,
            one.id,
        ),
    )


def rounds_of(workshop_id: uuid.UUID) -> list[Round]:
    """Return the rounds of a workshop, first to last."""
    return list(
        db.session.scalars(
            select(Round).where(Round.workshop_id == workshop_id).order_by(Round.number)
        )
    )


def last_round(workshop_id: uuid.UUID) -> Round | None:
    """Return the latest round of a workshop as the database has it now, or None."""
    return db.session.scalar(
        select(Round)
        .where(Round.workshop_id == workshop_id)
        .order_by(Round.number.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def open_rounds(cycle_id: uuid.UUID) -> list[Round]:
    """Return the rounds that take answers now, oldest first."""
    return list(
        db.session.scalars(
            select(Round)
            .where(Round.cycle_id == cycle_id, Round.state == RoomState.OPEN)
            .order_by(Round.opened_at, Round.id)
        )
    )


def rounds_under_way(cycle_id: uuid.UUID) -> list[Round]:
    """Return the rounds that are open or paused, oldest first."""
    return list(
        db.session.scalars(
            select(Round)
            .where(Round.cycle_id == cycle_id, Round.state != RoomState.CLOSED)
            .order_by(Round.opened_at, Round.id)
        )
    )


def cells_of_workshop(workshop_id: uuid.UUID) -> tuple[Cell, ...]:
    """Return the judged proficiency cells of one workshop in its order, kept statements only."""
    return _cells(Item.workshop_id == workshop_id)


def settled_cells(cycle_id: uuid.UUID) -> tuple[Cell, ...]:
    """Return every judged cell of the cycle's kept statements, in the workshops' order.

    The ones still open or undecided are among them, with ``is_settled`` False and no level.
    """
    return _cells(Item.cycle_id == cycle_id)


def _cells(where: ColumnElement[bool]) -> tuple[Cell, ...]:
    rows = db.session.execute(
        select(*CELL_COLUMNS)
        .join(ItemVerdict, ItemVerdict.item_id == Item.id)
        .join(Round, Round.id == ItemVerdict.round_id)
        .join(Workshop, Workshop.id == Item.workshop_id)
        .join(CapabilityStatement, CapabilityStatement.id == Item.statement_id)
        .outerjoin(CellDecision, CellDecision.item_id == Item.id)
        .where(
            where,
            Round.scale == ScaleName.PROFICIENCY,
            CapabilityStatement.status == StatementStatus.KEPT,
        )
        .order_by(Workshop.opened_at, Workshop.id, Item.position, Round.number, Item.id)
    )
    # Rounds ascend within a cell, so its last row is its latest verdict, in its latest wording.
    latest = {(row.workshop_id, row.statement_id, row.role_level_id): row for row in rows}
    return tuple(_cell(row) for row in latest.values())


def _cell(row: Row[*tuple[Any, ...]]) -> Cell:
    outcome, closes = Outcome(row.outcome), Closing(row.closing)
    is_decided = row.decision is not None
    is_finished = closes != Closing.OPEN or row.room == RoomState.CLOSED
    is_settled = is_finished and (is_decided or outcome in AGREED + PROVISIONAL)
    level = row.decided if is_decided else row.level
    return Cell(
        **_asked(row),
        outcome=outcome,
        level=(level or None) if is_settled else None,
        voted_level=row.level,
        median=_median(outcome, row.level, row.figures),
        counts=tuple(row.counts),
        n=sum(row.counts),
        abstained=row.abstained,
        closing=closes,
        # Of a few, either mark would tell each of them what the others answered.
        is_fragile=row.is_fragile and outcome != Outcome.INSUFFICIENT,
        is_two_camps=row.is_two_camps and outcome != Outcome.INSUFFICIENT,
        is_finished=is_finished,
        is_settled=is_settled,
        is_decided=is_decided,
        is_provisional=is_settled and not is_decided and outcome in PROVISIONAL,
        reason=row.reason or "",
        figures=row.figures,
    )


def _asked(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    """Return what was asked, and in which round last."""
    return {
        "item_id": row.id,
        "statement_id": row.statement_id,
        "role_level_id": row.role_level_id,
        "round_id": row.round_id,
        "round_number": row.number,
    }


def _median(outcome: Outcome, level: int | None, figures: Mapping[str, Any]) -> int | None:
    if outcome == Outcome.SPLIT:
        return int(figures["lower_median"])
    return None if outcome == Outcome.INSUFFICIENT else level


def decision_of(item_id: uuid.UUID) -> CellDecision | None:
    """Return what was decided of an item, or None."""
    return db.session.scalar(select(CellDecision).where(CellDecision.item_id == item_id))


@dataclass(frozen=True)
class LevelLine:
    """How the settled cells of one role level spread over N, A, P, E."""

    role_level_id: uuid.UUID
    name: str
    counts: tuple[int, int, int, int]


@dataclass(frozen=True)
class Overview:
    """The verdicts of a cycle counted. ``total`` is kept statements times role levels.

    ``unsettled`` includes the cells nobody was asked about, so settled and unsettled make total.
    """

    total: int
    judged: int
    settled: int
    unsettled: int
    provisional: int
    decided: int
    fragile: int
    two_camps: int
    outcomes: tuple[tuple[Outcome, int], ...]
    closings: tuple[tuple[Closing, int], ...]
    role_levels: tuple[LevelLine, ...]


def count_cells(cycle_id: uuid.UUID) -> int:
    """Return how many cells the cycle has: kept statements times role levels."""
    kept = db.session.scalar(
        select(func.count())
        .select_from(CapabilityStatement)
        .where(
            CapabilityStatement.cycle_id == cycle_id,
            CapabilityStatement.status == StatementStatus.KEPT,
        )
    )
    levels = db.session.scalar(
        select(func.count()).select_from(RoleLevel).where(RoleLevel.cycle_id == cycle_id)
    )
    return (kept or 0) * (levels or 0)


def verdict_overview(cycle_id: uuid.UUID) -> Overview:
    """Return the counts of a cycle's verdicts, each from its cells' latest."""
    cells = settled_cells(cycle_id)
    total = count_cells(cycle_id)
    settled = _many(one.is_settled for one in cells)
    return Overview(
        total=total,
        judged=len(cells),
        settled=settled,
        unsettled=total - settled,
        provisional=_many(one.is_provisional for one in cells),
        decided=_many(one.is_decided for one in cells),
        fragile=_many(one.is_fragile for one in cells),
        two_camps=_many(one.is_two_camps for one in cells),
        outcomes=tuple((word, _many(one.outcome == word for one in cells)) for word in Outcome),
        closings=tuple((word, _many(one.closing == word for one in cells)) for word in Closing),
        role_levels=level_lines(cells, role_levels_of(cycle_id)),
    )


def _many(flags: Iterable[bool]) -> int:
    return sum(flags)


def level_lines(cells: Iterable[Cell], levels: Iterable[RoleLevel]) -> tuple[LevelLine, ...]:
    """Return how the settled cells of each of these role levels spread, in the order given."""
    counts: dict[uuid.UUID, list[int]] = {}
    for cell in cells:
        if cell.is_settled:
            counts.setdefault(cell.role_level_id, [0, 0, 0, 0])[cell.level or 0] += 1
    lines = [(one.id, one.name, counts.get(one.id, [0, 0, 0, 0])) for one in levels]
    return tuple(LevelLine(id_, name, (n, a, p, e)) for id_, name, (n, a, p, e) in lines)
