"""Bringing everyone to one place: a banner with a link on their pages, never a forced jump."""

from datetime import datetime
from enum import StrEnum

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed
from cycles.core.extensions import db
from workshop.rooms.models import RoomState, Workshop

EVERYONE_CALLED = EventType("workshop.everyone_called", "to")
EVERYONE_RELEASED = EventType("workshop.everyone_released", "to")


class Destination(StrEnum):
    """Where a facilitator may call everyone. ``work`` is where this kind of workshop is done."""

    WORK = "work"
    RESULTS = "results"
    WORKSHOP = "workshop"


def call_everyone(*, workshop: Workshop, to: Destination, actor: Actor, moment: datetime) -> None:
    """Ask everyone in the cycle to come to a page of an open workshop."""
    if workshop.state != RoomState.OPEN:
        raise Closed("Open the workshop first; people are called to an open workshop.")
    workshop.called_to, workshop.called_at = to.value, moment
    db.session.flush()
    _note(EVERYONE_CALLED, workshop, actor, moment, to.value)


def release(*, workshop: Workshop, actor: Actor, moment: datetime) -> None:
    """Stop calling. Raises ``Closed`` when nobody is called."""
    if not workshop.called_to:
        raise Closed("Nobody is being called.")
    before, workshop.called_to, workshop.called_at = workshop.called_to, "", None
    db.session.flush()
    _note(EVERYONE_RELEASED, workshop, actor, moment, before)


def _note(event: EventType, workshop: Workshop, actor: Actor, moment: datetime, to: str) -> None:
    event.record(
        actor=actor, moment=moment, cycle_id=workshop.cycle_id, subject_id=workshop.id, to=to
    )
