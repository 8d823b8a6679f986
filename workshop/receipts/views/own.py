"""A rater's own receipt of a round, and the file to keep."""

import uuid

from flask import abort
from werkzeug.wrappers import Response

from cycles.core.access import Door, current_place, load, opens_to
from cycles.core.downloads import file_answer
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.people.models import Group
from workshop.ballot.commands import take_seat
from workshop.receipts.commands import make_receipt
from workshop.receipts.pages import own_page, own_text
from workshop.receipts.texts import filename_of
from workshop.receipts.views import receipts
from workshop.rooms.models import Round


@receipts.get("/ballot/rounds/<uuid:round_id>/receipt")
@opens_to(Door.RATER)
def own(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """Say what a receipt is, or show the person's own."""
    round_ = load(Round, cycle_id, round_id)
    return page("receipts/own.html", page=own_page(round_, current_place().participant_id))


@receipts.post("/ballot/rounds/<uuid:round_id>/receipt")
@opens_to(Door.RATER)
def make(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """Draw the secret of the person's receipt."""
    round_, place = load(Round, cycle_id, round_id), current_place()
    seat = take_seat(
        cycle_id=cycle_id, participant_id=place.participant_id, group=Group(place.group)
    )
    make_receipt(round_id=round_.id, panellist=seat)
    db.session.commit()
    return see_other(own_page(round_, place.participant_id).own_href)


@receipts.get("/ballot/rounds/<uuid:round_id>/receipt.txt")
@opens_to(Door.RATER)
def own_file(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """Send the text whose SHA-256 is the person's digest."""
    round_ = load(Round, cycle_id, round_id)
    text = own_text(round_, current_place().participant_id) or abort(404)
    return file_answer(filename_of(round_.number), text.encode(), "text/plain; charset=utf-8")
