"""What workshops and verdicts tell the gates between the stages. Counts only."""

import uuid

from sqlalchemy import ColumnElement, func, select

from cycles.core.extensions import db
from cycles.stages.gates import provides
from workshop.rooms.models import RoomState, Workshop
from workshop.rooms.queries import count_cells, settled_cells


@provides("workshops_open")
def workshops_open(cycle_id: uuid.UUID) -> int:
    """Return how many workshops are not closed: planned ones too."""
    return _workshops(cycle_id, Workshop.state != RoomState.CLOSED)


@provides("workshops_closed")
def workshops_closed(cycle_id: uuid.UUID) -> int:
    """Return how many workshops are over."""
    return _workshops(cycle_id, Workshop.state == RoomState.CLOSED)


@provides("cells_total")
def cells_total(cycle_id: uuid.UUID) -> int:
    """Return how many cells the cycle has: kept statements times role levels."""
    return count_cells(cycle_id)


@provides("cells_unsettled")
def cells_unsettled(cycle_id: uuid.UUID) -> int:
    """Return how many cells have neither a settled verdict nor a decision, the unasked included."""
    return count_cells(cycle_id) - sum(one.is_settled for one in settled_cells(cycle_id))


def _workshops(cycle_id: uuid.UUID, state: ColumnElement[bool]) -> int:
    return (
        db.session.scalar(
            select(func.count()).select_from(Workshop).where(Workshop.cycle_id == cycle_id, state)
        )
        or 0
    )
