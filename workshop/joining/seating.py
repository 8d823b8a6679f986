"""The place in the cycle, the seat without a name and the questions of somebody let in.

Whether they may come in is settled before, in ``arriving``.
"""

from datetime import datetime

from cycles.accounts.commands import find_or_create_account
from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.people.commands import add_participant
from cycles.people.models import Participant
from cycles.setup.models import Partner
from workshop.ballot.commands import panellist_for
from workshop.joining.models import Arrival, ArrivalState
from workshop.joining.queries import Room
from workshop.rooms.assigning import assign_late_seat
from workshop.rooms.queries import open_rounds
from workshop.rooms.scales import rates_in


def take_place(*, room: Room, arrival: Arrival, moment: datetime) -> Participant:
    """Return the place of whoever arrived, given now if they have none yet."""
    if arrival.participant_id is not None:
        return db.session.get_one(Participant, arrival.participant_id)
    participant = _give_place(room, arrival, moment)
    arrival.participant_id = participant.id
    arrival.state = ArrivalState.ADMITTED
    arrival.decided_at = arrival.decided_at or moment
    db.session.flush()
    return participant


def take_seat(*, participant: Participant, moment: datetime) -> None:
    """Take a seat in the rounds under way, with a share of what they ask.

    Call it in a transaction after the one that gave the place: PostgreSQL keeps the number of its
    transaction with every row, and a shared one would tell whose seat it is. Before a round opens
    nobody needs a seat, and all are taken at once then, in an order that says nothing.
    """
    for round_ in open_rounds(participant.cycle_id):
        if rates_in(participant.group, round_.workshop.kind):
            assign_late_seat(round_, panellist_for(participant=participant, moment=moment))


def _give_place(room: Room, arrival: Arrival, moment: datetime) -> Participant:
    person = Actor(None, arrival.name)
    account = find_or_create_account(
        email=arrival.email, name=arrival.name, actor=person, moment=moment
    )
    partner_id = arrival.partner_id
    return add_participant(
        cycle=room.cycle,
        account=account,
        group=arrival.group,
        actor=person,
        moment=moment,
        organisation=arrival.organisation,
        partner=None if partner_id is None else db.session.get(Partner, partner_id),
    )
