"""Pages that look back: what the group agreed before, arguing it again, and one's own answers."""

import uuid

from flask import abort, flash, url_for
from werkzeug.wrappers import Response

from cycles.core.access import Door, load, opens_to
from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from workshop.ballot.booth import ballot_href
from workshop.ballot.contexts import stopped_page
from workshop.ballot.forms import ReopenForm
from workshop.ballot.own_pages import own_page
from workshop.ballot.settled import reopen_page, settled_page
from workshop.ballot.views import ballot
from workshop.ballot.views.pages import own_kinds, own_round, own_seat, own_seat_id
from workshop.rooms.models import Item, RoomState, Round, Side, Workshop
from workshop.rooms.reopening import own_requests, request_reopening


@ballot.get("/workshops/<uuid:workshop_id>/mine")
@opens_to(Door.RATER)
def own(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Show all that the person answered in a workshop, round by round."""
    workshop = load(Workshop, cycle_id, workshop_id)
    if workshop.kind not in own_kinds():
        abort(404)
    back = url_for("ballot.start", cycle_id=cycle_id)
    return page("ballot/own.html", page=own_page(workshop, own_seat_id(), back))


@ballot.get("/rounds/<uuid:round_id>/settled")
@opens_to(Door.RATER)
def settled(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """Show what the group agreed on before this round."""
    round_ = own_round(cycle_id, round_id)
    return page("ballot/settled.html", page=settled_page(round_, own_seat_id()))


@ballot.route("/rounds/<uuid:round_id>/settled/<uuid:item_id>", methods=["GET", "POST"])
@opens_to(Door.RATER)
def reopen(cycle_id: uuid.UUID, round_id: uuid.UUID, item_id: uuid.UUID) -> Response:
    """Argue that an agreed question be asked again."""
    round_, item = own_round(cycle_id, round_id), load(Item, cycle_id, item_id)
    seat_id = own_seat_id()
    found = reopen_page(round_, item.id, seat_id)
    if round_.state != RoomState.OPEN:
        return page("ballot/stopped.html", page=stopped_page(round_))
    form = ReopenForm(obj=own_requests(round_.id, seat_id).get(item.id))
    if form.validate_on_submit():
        try:
            return _argue(round_, item, form)
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
    return page("ballot/reopen.html", 422 if form.errors else 200, page=found, form=form)


def _argue(round_: Round, item: Item, form: ReopenForm) -> Response:
    request_reopening(
        round_=round_,
        item=item,
        panellist=own_seat(),
        side=Side(form.side.data),
        text=form.text.data or "",
    )
    db.session.commit()
    flash("Your argument is kept. Two people who argue the same way reopen it.", "success")
    return see_other(ballot_href(round_, "settled"))
