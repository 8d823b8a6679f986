"""Seats for everybody whom a round asks, taken at once when it opens. No answers come here."""

import uuid

from sqlalchemy import select

from cycles.core.extensions import db
from cycles.people.models import Participant
from workshop.ballot.commands import take_seat
from workshop.ballot.links import make_key
from workshop.ballot.models import Panellist
from workshop.rooms.models import Workshop
from workshop.rooms.scales import RATERS


def seat_raters(*, workshop: Workshop) -> list[Panellist]:
    """Give everybody who rates in the workshop a seat, in an order that says nothing of them.

    Seats taken one by one, as people come, would stand in the table in the order they came.
    """
    cycle_id = workshop.cycle_id
    make_key(cycle_id=cycle_id)
    people = db.session.execute(
        select(Participant.id, Participant.group).where(
            Participant.cycle_id == cycle_id,
            Participant.group.in_(RATERS[workshop.kind]),
            Participant.withdrawn_at.is_(None),
        )
    )
    shuffled = sorted((uuid.uuid4(), person, group) for person, group in people)
    return [
        take_seat(cycle_id=cycle_id, participant_id=person, group=group)
        for _, person, group in shuffled
    ]
