"""What the facilitator does at the door: the code, the door itself, and whoever waits at it.

Coming in, from the other side of the door, is in ``arriving``.
"""

from datetime import datetime

from sqlalchemy import update

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.setup.queries import open_cycle
from workshop.joining.models import Arrival, ArrivalState
from workshop.joining.queries import joiners_of
from workshop.rooms.models import RoomState, Workshop
from workshop.rooms.plans import make_join_code

CODE_GIVEN = EventType("room_code.given", "title")
CODE_RENEWED = EventType("room_code.renewed", "title")
ROOM_OPENED = EventType("room.opened", "title")
ROOM_CLOSED = EventType("room.closed", "title")
ADMITTED = EventType("arrival.admitted", "group")
ADMITTED_ALL = EventType("arrival.admitted_all", "count")
TURNED_AWAY = EventType("arrival.turned_away", "group")


def give_code(*, workshop: Workshop, actor: Actor, moment: datetime) -> str:
    """Return the workshop's code, made now if it has none.

    Raises ``Closed`` for a workshop that is over or that nobody joins with a code.
    """
    _check_door(workshop)
    if workshop.join_code is None:
        workshop.join_code = make_join_code()
        db.session.flush()
        _note(CODE_GIVEN, workshop, actor, moment)
    return workshop.join_code


def renew_code(*, workshop: Workshop, actor: Actor, moment: datetime) -> str:
    """Give the workshop another code and return it; the old one opens nothing from here on."""
    _check_door(workshop)
    workshop.join_code = make_join_code()
    db.session.flush()
    _note(CODE_RENEWED, workshop, actor, moment)
    return workshop.join_code


def open_room(*, workshop: Workshop, actor: Actor, moment: datetime) -> None:
    """Let whoever has the code come in at once; those who wait already come in as well."""
    _set_door(workshop, True, ROOM_OPENED, actor, moment)


def close_room(*, workshop: Workshop, actor: Actor, moment: datetime) -> None:
    """Ask whoever comes with the code to wait; those who came in stay in."""
    _set_door(workshop, False, ROOM_CLOSED, actor, moment)


def _set_door(
    workshop: Workshop,
    is_open: bool,
    event: EventType,
    actor: Actor,
    moment: datetime,
) -> None:
    _check_door(workshop)
    if workshop.is_room_open != is_open:
        workshop.is_room_open = is_open
        db.session.flush()
        _note(event, workshop, actor, moment)


def _check_door(workshop: Workshop) -> None:
    open_cycle(workshop.cycle_id)
    db.session.refresh(workshop, with_for_update=True)
    if workshop.state == RoomState.CLOSED:
        raise Closed("This workshop is over. Nobody can join it any more.")
    if not joiners_of(workshop.kind):
        raise Closed("Members of the panel come with links of their own, never with a code.")


def admit(*, arrival: Arrival, actor: Actor, moment: datetime) -> None:
    """Let somebody in who waits, or who was turned away before."""
    open_cycle(arrival.cycle_id)
    db.session.refresh(arrival, with_for_update=True)
    if arrival.state == ArrivalState.ADMITTED:
        return
    _decide(arrival, ArrivalState.ADMITTED, moment)
    _note_one(ADMITTED, arrival, actor, moment)


def admit_all(*, workshop: Workshop, actor: Actor, moment: datetime) -> int:
    """Let in everybody who waits; return how many that were."""
    open_cycle(workshop.cycle_id)
    admitted = db.session.scalars(
        update(Arrival)
        .where(Arrival.workshop_id == workshop.id, Arrival.state == ArrivalState.WAITING)
        .values(state=ArrivalState.ADMITTED, decided_at=moment)
        .returning(Arrival.id)
    ).all()
    if admitted:
        ADMITTED_ALL.record(
            actor=actor,
            moment=moment,
            cycle_id=workshop.cycle_id,
            subject_id=workshop.id,
            count=len(admitted),
        )
    return len(admitted)


def turn_away(*, arrival: Arrival, actor: Actor, moment: datetime) -> None:
    """Turn somebody away who waits. Raises ``Closed`` when they are in already."""
    open_cycle(arrival.cycle_id)
    db.session.refresh(arrival, with_for_update=True)
    if arrival.participant_id is not None:
        raise Closed(f"{arrival.name} is in already. Withdraw them on the page of people instead.")
    if arrival.state == ArrivalState.REFUSED:
        return
    _decide(arrival, ArrivalState.REFUSED, moment)
    _note_one(TURNED_AWAY, arrival, actor, moment)


def _decide(arrival: Arrival, state: ArrivalState, moment: datetime) -> None:
    arrival.state, arrival.decided_at = state, moment
    db.session.flush()


def _note(event: EventType, workshop: Workshop, actor: Actor, moment: datetime) -> None:
    event.record(
        actor=actor,
        moment=moment,
        cycle_id=workshop.cycle_id,
        subject_id=workshop.id,
        title=workshop.title,
    )


def _note_one(event: EventType, arrival: Arrival, actor: Actor, moment: datetime) -> None:
    event.record(
        actor=actor,
        moment=moment,
        cycle_id=arrival.cycle_id,
        subject_id=arrival.id,
        group=arrival.group.value,
    )
