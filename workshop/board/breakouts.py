"""Breakouts: small rooms for discussion, "A", "B" and so on, a mark on the seats of raters.

Partners are spread over the rooms. Who sits where is no secret, what they answered is: results of
one room are read in ``parts``, past the gate.
"""

import random
import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.people.models import Participant
from cycles.people.queries import participants_of
from cycles.setup.queries import open_cycle
from workshop.ballot.commands import take_seat
from workshop.ballot.links import find_key, link_of, make_key
from workshop.ballot.models import Panellist
from workshop.rooms.models import RoomState, Workshop
from workshop.rooms.scales import has_rounds, rates_in

MOST_BREAKOUTS = 26
NAMES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

BREAKOUTS_MADE = EventType("breakouts.made", "breakouts", "people")
BREAKOUTS_ENDED = EventType("breakouts.ended")
BREAKOUT_CHANGED = EventType("breakouts.person_moved", "to")
CHANGES = (BREAKOUTS_MADE.action, BREAKOUTS_ENDED.action, BREAKOUT_CHANGED.action)
"""The events after which a room is no longer the room that it was."""


def split_into_breakouts(
    *, workshop: Workshop, how_many: int, actor: Actor, moment: datetime
) -> None:
    """Deal the raters of a workshop into rooms of nearly equal size, their partners mixed."""
    people = _raters_to_seat(workshop)
    if not 2 <= how_many <= min(MOST_BREAKOUTS, len(people)):
        raise Invalid(
            "Choose at least two breakouts, and no more than there are people.",
            how_many=f"Enter a number from 2 to {min(MOST_BREAKOUTS, len(people))}",
        )
    _clear(workshop.cycle_id)
    for name, seated in zip(NAMES, deal(people, how_many), strict=False):
        _mark(workshop.cycle_id, seated, name)
    BREAKOUTS_MADE.record(
        actor=actor,
        moment=moment,
        cycle_id=workshop.cycle_id,
        subject_id=workshop.id,
        breakouts=how_many,
        people=len(people),
    )


def deal(people: Sequence[Participant], how_many: int) -> list[list[Participant]]:
    """Return the people in ``how_many`` rooms: partner by partner, dealt like cards."""
    drawn = random.sample(list(people), len(people))
    drawn.sort(key=lambda one: str(one.partner_id or ""))
    return [drawn[number::how_many] for number in range(how_many)]


def move_person(
    *, workshop: Workshop, participant: Participant, to: str, actor: Actor, moment: datetime
) -> None:
    """Seat one person in another room of those there are; "" takes them out of all."""
    known = {one.id for one in _raters_to_seat(workshop)}
    if participant.id not in known:
        raise Invalid("Only people who rate in this workshop sit in its breakouts.")
    if to and to not in names_in(workshop.cycle_id):
        raise Invalid("Choose one of the breakouts that there are.")
    _mark(workshop.cycle_id, [participant], to or None)
    BREAKOUT_CHANGED.record(
        actor=actor,
        moment=moment,
        cycle_id=workshop.cycle_id,
        subject_id=participant.id,
        to=to,
    )


def end_breakouts(*, workshop: Workshop, actor: Actor, moment: datetime) -> None:
    """Bring everybody back into one room."""
    _raters_to_seat(workshop)
    if not names_in(workshop.cycle_id):
        raise Closed("There are no breakouts.")
    _clear(workshop.cycle_id)
    BREAKOUTS_ENDED.record(
        actor=actor, moment=moment, cycle_id=workshop.cycle_id, subject_id=workshop.id
    )


def names_in(cycle_id: uuid.UUID) -> list[str]:
    """Return the names of the breakouts that somebody sits in, in order."""
    found = select(Panellist.breakout).where(
        Panellist.cycle_id == cycle_id, Panellist.breakout.is_not(None)
    )
    return sorted({one for one in db.session.scalars(found.distinct()) if one})


def _raters_to_seat(workshop: Workshop) -> list[Participant]:
    open_cycle(workshop.cycle_id)
    db.session.refresh(workshop, with_for_update=True)
    if workshop.state == RoomState.CLOSED:
        raise Closed("This workshop is over.")
    if not has_rounds(workshop.kind):
        raise Invalid("Only workshops that rate have breakouts.")
    found = participants_of(workshop.cycle_id)
    return [one for one in found if rates_in(one.group, workshop.kind)]


def _clear(cycle_id: uuid.UUID) -> None:
    seats = update(Panellist).where(Panellist.cycle_id == cycle_id).values(breakout=None)
    db.session.execute(seats.execution_options(synchronize_session=False))


def _mark(cycle_id: uuid.UUID, people: Sequence[Participant], name: str | None) -> None:
    """Write the room on the people's seats, taking seats for those who have none yet."""
    key = find_key(cycle_id) or make_key(cycle_id=cycle_id)
    links = {link_of(key, one.id): one for one in people}
    seated = set(db.session.scalars(select(Panellist.link).where(Panellist.link.in_(links))))
    unseated = [one for link, one in links.items() if link not in seated]
    # By lot: seats taken in the order of the names would stand in the table in that order.
    for one in random.sample(unseated, len(unseated)):
        take_seat(cycle_id=cycle_id, participant_id=one.id, group=one.group)
    marking = update(Panellist).where(Panellist.link.in_(links)).values(breakout=name)
    db.session.execute(marking.execution_options(synchronize_session=False))
