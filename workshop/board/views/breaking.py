"""Breakouts: splitting the raters into rooms, moving one person, bringing everybody back."""

import uuid

from flask import flash, request
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.people.models import Participant
from workshop.board import commands
from workshop.board.addresses import address_in
from workshop.board.breakouts_page import breakouts_page
from workshop.board.forms import SplitForm
from workshop.board.views import board
from workshop.board.views.paths import BOARD
from workshop.rooms.models import Workshop


def _to_breakouts(workshop: Workshop) -> Response:
    return see_other(address_in(workshop, "board.breakouts"))


@board.route(f"{BOARD}/breakouts", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def breakouts(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Show who sits where, and split everybody anew."""
    workshop = load(Workshop, cycle_id, workshop_id)
    form = SplitForm()
    if form.validate_on_submit():
        try:
            commands.split_into_breakouts(
                workshop=workshop,
                how_many=form.how_many.data or 0,
                actor=current_actor(),
                moment=clock.now(),
            )
            db.session.commit()
            return _to_breakouts(workshop)
        except DomainError as refusal:
            form.refuse(refusal)
    status = 422 if form.errors else 200
    found = breakouts_page(workshop, clock.now())
    return page("board/breakouts.html", status, page=found, form=form)


@board.post(f"{BOARD}/breakouts/people/<uuid:participant_id>")
@opens_to(Door.CONVENER)
def move_person(cycle_id: uuid.UUID, workshop_id: uuid.UUID, participant_id: uuid.UUID) -> Response:
    """Seat one person in another breakout."""
    workshop = load(Workshop, cycle_id, workshop_id)
    person = load(Participant, cycle_id, participant_id)
    to = request.form.get("to", "")
    commands.move_person(
        workshop=workshop, participant=person, to=to, actor=current_actor(), moment=clock.now()
    )
    db.session.commit()
    return _to_breakouts(workshop)


@board.post(f"{BOARD}/breakouts/end")
@opens_to(Door.CONVENER)
def end_breakouts(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Bring everybody back into one room."""
    workshop = load(Workshop, cycle_id, workshop_id)
    commands.end_breakouts(workshop=workshop, actor=current_actor(), moment=clock.now())
    db.session.commit()
    flash("Everybody is back in one room.", "success")
    return _to_breakouts(workshop)
