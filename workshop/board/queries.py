"""What is asked of steps and of calls. Reads only, in a fixed order."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from cycles.core.extensions import db
from workshop.rooms.models import RoomState, Step, Workshop, WorkshopKind

UNDER_WAY = (RoomState.OPEN, RoomState.PAUSED)


def steps_of(workshop_id: uuid.UUID) -> list[Step]:
    """Return the steps of a workshop in order."""
    return list(
        db.session.scalars(
            select(Step).where(Step.workshop_id == workshop_id).order_by(Step.position)
        )
    )


def current_step(workshop_id: uuid.UUID) -> Step | None:
    """Return the step that is open or paused, or None between steps."""
    return db.session.scalar(
        select(Step)
        .where(Step.workshop_id == workshop_id, Step.state.in_(UNDER_WAY))
        .order_by(Step.position)
        .limit(1)
    )


def last_position(workshop_id: uuid.UUID) -> int:
    """Return the position of the last step, 0 when there is none."""
    found = select(func.max(Step.position)).where(Step.workshop_id == workshop_id)
    return db.session.scalar(found) or 0


@dataclass(frozen=True)
class Call:
    """An open workshop of the cycle, and where its facilitator calls everyone: "" for nowhere."""

    workshop_id: uuid.UUID
    title: str
    kind: WorkshopKind
    called_to: str
    called_at: datetime | None


def calls_in(cycle_id: uuid.UUID) -> list[Call]:
    """Return the cycle's open workshops, the latest call first and those that do not call last.

    One query: everybody in the room asks it every few seconds.
    """
    rows = db.session.execute(
        select(
            Workshop.id, Workshop.title, Workshop.kind, Workshop.called_to, Workshop.called_at
        ).where(Workshop.cycle_id == cycle_id, Workshop.state == RoomState.OPEN)
    )
    found = [Call(*row) for row in rows]
    return sorted(found, key=_latest_first)


def _latest_first(call: Call) -> tuple[bool, float, uuid.UUID]:
    moment = call.called_at.timestamp() if call.called_at else 0.0
    return (not call.called_to, -moment, call.workshop_id)
