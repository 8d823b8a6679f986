"""Bringing everyone to one page: the buttons, and the banner that pages ask for."""

import uuid

from flask import make_response, request
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, current_actor, current_place, load, opens_to
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.pages import page
from workshop.board import commands
from workshop.board.calling import Destination
from workshop.board.gather import banner_for, banner_here
from workshop.board.views import board
from workshop.board.views.paths import BOARD, OVER
from workshop.board.views.running import steps_again
from workshop.rooms.models import Workshop

board.app_context_processor(lambda: {"call_banner": banner_here})


@board.post(f"{BOARD}/call")
@opens_to(Door.CONVENER)
def call(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Call everyone to a page."""
    workshop = load(Workshop, cycle_id, workshop_id)
    asked = request.form.get("to", "")
    if asked not in set(Destination):
        raise Invalid("Choose where to bring everyone.")
    commands.call_everyone(
        workshop=workshop, to=Destination(asked), actor=current_actor(), moment=clock.now()
    )
    db.session.commit()
    return steps_again(workshop)


@board.post(f"{BOARD}/release")
@opens_to(Door.CONVENER)
def end_call(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Stop calling."""
    workshop = load(Workshop, cycle_id, workshop_id)
    commands.release(workshop=workshop, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return steps_again(workshop)


@board.get("/call")
@opens_to(Door.MEMBER)
def call_banner(cycle_id: uuid.UUID) -> Response:
    """Answer everybody's page, which asks every few seconds whether somebody calls."""
    found = banner_for(cycle_id, current_place())
    if not found.is_over and request.args.get("seen") == found.version:
        return make_response("", 204)
    return page("board/_call.html", OVER if found.is_over else 200, page=found)
