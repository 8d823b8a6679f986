"""What the convener decides, with a reason, of cells on which the panel did not agree.

A verdict is never changed by it: the decision stands beside the verdict, and both are reported.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from consensus.scale import EXPERT, NOT_NEEDED, PROFICIENCY_WORDS
from consensus.verdict import Outcome
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from workshop.rooms.models import CellDecision, Item, Workshop
from workshop.rooms.queries import Cell, cells_of_workshop, decision_of

CELL_DECIDED = EventType("cell.decided", "level", "outcome")
CELLS_DECIDED = EventType("cells.decided", "decided", "outcomes")

MEDIAN_OUTCOMES = (Outcome.ADJACENT, Outcome.NO_LEVEL, Outcome.SPLIT)
"""Outcomes with a lower median to accept. A median of too few would give single answers away."""


def decide_cell(
    *, item: Item, level: int, reason: str, actor: Actor, moment: datetime
) -> CellDecision:
    """Decide the level of one cell (0: not needed) in place of a panel that did not agree.

    Raises ``Invalid`` without a reason or off the scale, ``Closed`` while the cell is still
    being asked or when the panel agreed.
    """
    _require_reason(reason)
    if not NOT_NEEDED <= level <= EXPERT:
        raise Invalid("Choose a level.", level="Choose one of the four levels")
    cell = _undecided(item)
    decision = _decide(
        item_id=item.id,
        cycle_id=item.cycle_id,
        level=level,
        reason=reason,
        actor=actor,
        moment=moment,
    )
    CELL_DECIDED.record(
        actor=actor,
        moment=moment,
        cycle_id=item.cycle_id,
        subject_id=item.id,
        level=PROFICIENCY_WORDS[level],
        outcome=cell.outcome.value,
    )
    return decision


def accept_medians(
    *,
    workshop: Workshop,
    outcomes: Sequence[Outcome],
    reason: str,
    actor: Actor,
    moment: datetime,
) -> int:
    """Accept the lower median of every undecided cell with one of these outcomes.

    Returns how many cells it decided. Raises ``Invalid`` without a reason, for an outcome that
    has no median to accept, and when there is no such cell.
    """
    _require_reason(reason)
    if not outcomes or not set(outcomes).issubset(MEDIAN_OUTCOMES):
        raise Invalid(
            "Choose which cells to decide.", outcomes="Choose one or more kinds of verdict"
        )
    medians = {
        cell.item_id: cell.median
        for cell in cells_of_workshop(workshop.id)
        if cell.outcome in outcomes and cell.is_finished and not cell.is_decided
        if cell.median is not None
    }
    if not medians:
        raise Invalid("No cell with such a verdict is waiting for a decision.")
    shared: dict[str, Any] = {"reason": reason, "actor": actor, "moment": moment}
    for item_id, level in medians.items():
        _decide(item_id=item_id, cycle_id=workshop.cycle_id, level=level, **shared)
    CELLS_DECIDED.record(
        actor=actor,
        moment=moment,
        cycle_id=workshop.cycle_id,
        subject_id=workshop.id,
        decided=len(medians),
        outcomes=[one.value for one in outcomes],
    )
    return len(medians)


def _undecided(item: Item) -> Cell:
    cells = cells_of_workshop(item.workshop_id)
    cell = next((one for one in cells if one.item_id == item.id), None)
    if cell is None or not cell.is_finished:
        raise Closed("This cell is still being asked. Decide it when its rounds are over.")
    if cell.is_agreed:
        raise Closed("The panel agreed on this cell. Its verdict stands.")
    return cell


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid("Say why: the reason is printed in the report.", reason="Enter a reason")


def _decide(
    *,
    item_id: uuid.UUID,
    cycle_id: uuid.UUID,
    level: int,
    reason: str,
    actor: Actor,
    moment: datetime,
) -> CellDecision:
    decision = decision_of(item_id)
    if decision is None:
        decision = CellDecision(item_id=item_id, cycle_id=cycle_id)
        db.session.add(decision)
    decision.level, decision.reason = level, reason.strip()
    decision.decided_by_id, decision.decided_at = actor.account_id, moment
    db.session.flush()
    return decision
