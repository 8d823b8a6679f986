"""Planning, opening and closing workshops; the verbs of rounds and cells are gathered here too.

Rounds are in ``rounds``, what is decided of single cells afterwards in ``decisions``. Answers are
given in ``workshop.ballot``.
"""

from datetime import date, datetime

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.setup.models import Cycle
from cycles.setup.queries import open_cycle
from workshop.rooms.decisions import accept_medians, decide_cell
from workshop.rooms.models import RoomState, Workshop, WorkshopKind
from workshop.rooms.queries import last_round
from workshop.rooms.rounds import close_round, open_round
from workshop.rooms.stage import require_carrying_out

__all__ = [
    "accept_medians",
    "change_workshop",
    "close_round",
    "close_workshop",
    "decide_cell",
    "open_round",
    "open_workshop",
    "plan_workshop",
]

WORKSHOP_PLANNED = EventType("workshop.planned", "kind", "title")
WORKSHOP_CHANGED = EventType("workshop.changed", "title")
WORKSHOP_OPENED = EventType("workshop.opened", "kind", "title")
WORKSHOP_CLOSED = EventType("workshop.closed", "kind", "title")


def plan_workshop(
    *,
    cycle: Cycle,
    kind: WorkshopKind,
    title: str,
    actor: Actor,
    moment: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Workshop:
    """Plan a workshop of the cycle. Raises ``Invalid`` for a missing title or dates reversed."""
    open_cycle(cycle.id)
    _check_plan(title, starts_on, ends_on)
    workshop = Workshop(
        cycle_id=cycle.id,
        kind=kind,
        title=title.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        state=RoomState.PLANNED,
    )
    db.session.add(workshop)
    db.session.flush()
    _note(WORKSHOP_PLANNED, workshop, actor, moment, kind=kind.value, title=workshop.title)
    return workshop


def change_workshop(
    *,
    workshop: Workshop,
    title: str,
    starts_on: date | None,
    ends_on: date | None,
    actor: Actor,
    moment: datetime,
) -> None:
    """Change the title and the dates of a workshop that is not over."""
    if workshop.state == RoomState.CLOSED:
        raise Closed("This workshop is over. Its title and dates stay as they were.")
    _check_plan(title, starts_on, ends_on)
    workshop.title, workshop.starts_on, workshop.ends_on = title.strip(), starts_on, ends_on
    db.session.flush()
    _note(WORKSHOP_CHANGED, workshop, actor, moment, title=workshop.title)


def _check_plan(title: str, starts_on: date | None, ends_on: date | None) -> None:
    if not title.strip():
        raise Invalid("Give the workshop a title.", title="Enter a title")
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid(
            "A workshop ends on or after the day it starts.",
            ends_on="The last day must be the first day or later",
        )


def open_workshop(*, workshop: Workshop, actor: Actor, moment: datetime) -> None:
    """Open a planned workshop. Raises ``Closed`` outside the carrying-out stage."""
    require_carrying_out(workshop.cycle_id)
    db.session.refresh(workshop, with_for_update=True)
    if workshop.state == RoomState.OPEN:
        raise Closed("This workshop is open already.")
    if workshop.state == RoomState.CLOSED:
        raise Closed("This workshop is over. Plan another one to go on.")
    workshop.state, workshop.opened_at = RoomState.OPEN, moment
    db.session.flush()
    _note(WORKSHOP_OPENED, workshop, actor, moment, kind=workshop.kind.value, title=workshop.title)


def close_workshop(*, workshop: Workshop, actor: Actor, moment: datetime) -> None:
    """Close an open workshop for good. Raises ``Closed`` while a round of it is open."""
    db.session.refresh(workshop, with_for_update=True)
    if workshop.state != RoomState.OPEN:
        raise Closed("Only an open workshop can be closed.")
    current = last_round(workshop.id)
    if current is not None and current.state == RoomState.OPEN:
        raise Closed(f"Round {current.number} is still open. Close it first.")
    workshop.state, workshop.closed_at = RoomState.CLOSED, moment
    db.session.flush()
    _note(WORKSHOP_CLOSED, workshop, actor, moment, kind=workshop.kind.value, title=workshop.title)


def _note(
    event: EventType, workshop: Workshop, actor: Actor, moment: datetime, **facts: str
) -> None:
    event.record(
        actor=actor,
        moment=moment,
        cycle_id=workshop.cycle_id,
        subject_id=workshop.id,
        **facts,
    )
