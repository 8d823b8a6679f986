"""Planning, opening and closing workshops; the verbs of rounds and cells are gathered here too.

Rounds are in ``rounds``, what is decided of single cells afterwards in ``decisions``. Answers are
given in ``workshop.ballot``.
"""

from datetime import date, datetime, time

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.setup.models import Cycle
from cycles.setup.queries import open_cycle, rule_card_of
from workshop.rooms.decisions import accept_medians, decide_cell
from workshop.rooms.models import RoomState, Workshop, WorkshopKind
from workshop.rooms.plans import (
    Asking,
    When,
    check_asking,
    check_title,
    check_when,
    completed,
    make_join_code,
    set_asking,
    set_when,
)
from workshop.rooms.queries import last_round
from workshop.rooms.rounds import close_round, open_round, pause_round, resume_round
from workshop.rooms.stage import require_stage

__all__ = [
    "accept_medians",
    "change_workshop",
    "close_round",
    "close_workshop",
    "decide_cell",
    "open_round",
    "open_workshop",
    "pause_round",
    "plan_workshop",
    "resume_round",
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
    starts_time: time | None = None,
    ends_time: time | None = None,
    venue: str = "",
    asking: Asking | None = None,
) -> Workshop:
    """Plan a workshop of the cycle and give it its join code.

    A validation workshop without a last day runs two weeks: the QA window. Raises ``Invalid``
    for a missing title, days or hours reversed, and a way of asking that the kind cannot have.
    """
    open_cycle(cycle.id)
    check_title(title)
    when = completed(When(starts_on, ends_on, starts_time, ends_time, venue), kind)
    check_when(when)
    asking = asking or Asking()
    check_asking(asking, kind, rule_card_of(cycle.id).minimum_n)
    workshop = Workshop(
        cycle_id=cycle.id,
        kind=kind,
        title=title.strip(),
        **vars(when),
        **vars(asking),
        join_code=make_join_code(),
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
    starts_time: time | None = None,
    ends_time: time | None = None,
    venue: str = "",
    asking: Asking | None = None,
) -> None:
    """Change the plan of a workshop that is not over; ``asking`` None leaves how it asks.

    A change of when or where raises the workshop's ``sequence``. Raises as ``plan_workshop``
    does, and ``Closed`` for another way of asking once round 1 has opened.
    """
    if workshop.state == RoomState.CLOSED:
        raise Closed("This workshop is over. Its title and dates stay as they were.")
    check_title(title)
    when = completed(When(starts_on, ends_on, starts_time, ends_time, venue), workshop.kind)
    check_when(when)
    if asking is not None:
        set_asking(workshop, asking)
    workshop.title = title.strip()
    set_when(workshop, when)
    db.session.flush()
    _note(WORKSHOP_CHANGED, workshop, actor, moment, title=workshop.title)


def open_workshop(*, workshop: Workshop, actor: Actor, moment: datetime) -> None:
    """Open a planned workshop. Raises ``Closed`` outside the stages of its kind."""
    require_stage(workshop)
    db.session.refresh(workshop, with_for_update=True)
    if workshop.state == RoomState.OPEN:
        raise Closed("This workshop is open already.")
    if workshop.state == RoomState.CLOSED:
        raise Closed("This workshop is over. Plan another one to go on.")
    workshop.state, workshop.opened_at = RoomState.OPEN, moment
    # Workshops planned before there were codes have none.
    workshop.join_code = workshop.join_code or make_join_code()
    db.session.flush()
    _note(WORKSHOP_OPENED, workshop, actor, moment, kind=workshop.kind.value, title=workshop.title)


def close_workshop(*, workshop: Workshop, actor: Actor, moment: datetime) -> None:
    """Close an open workshop for good. Raises ``Closed`` while a round of it runs."""
    db.session.refresh(workshop, with_for_update=True)
    if workshop.state != RoomState.OPEN:
        raise Closed("Only an open workshop can be closed.")
    current = last_round(workshop.id)
    if current is not None and current.state != RoomState.CLOSED:
        raise Closed(f"Round {current.number} is still {current.state}. Close it first.")
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
