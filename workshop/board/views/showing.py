"""Looking: the board and the projector, each with the fragments that it asks for again."""

import uuid

from flask import make_response, request
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, load, opens_to
from cycles.core.pages import page
from workshop.board.board_page import board_page, choose, numbers_of
from workshop.board.projector_page import projector_of
from workshop.board.steps_column import steps_column
from workshop.board.views import board
from workshop.board.views.paths import BOARD, OVER, PROJECTOR
from workshop.rooms.models import Workshop
from workshop.rooms.queries import last_round


def _again(template: str, fragment: object, version: str, *, is_over: bool) -> Response:
    """Answer a page that asks again: nothing when nothing changed, for the last time when over."""
    if not is_over and request.args.get("seen") == version:
        return make_response("", 204)
    return page(template, OVER if is_over else 200, page=fragment)


@board.get(BOARD)
@opens_to(Door.CONVENER)
def show(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Show the board."""
    workshop = load(Workshop, cycle_id, workshop_id)
    return page("board/show.html", page=board_page(workshop, choose(request.args), clock.now()))


@board.get(f"{BOARD}/live")
@opens_to(Door.CONVENER)
def live(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Answer with the board's numbers as they stand now."""
    workshop = load(Workshop, cycle_id, workshop_id)
    seen = request.args.get("seen", "")
    found = numbers_of(workshop, choose(request.args), clock.now(), seen)
    if found is None:
        return make_response("", 204)
    return page("board/_board.html", OVER if found.is_over else 200, page=found)


@board.get(f"{BOARD}/steps")
@opens_to(Door.CONVENER)
def live_steps(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Answer with the agenda as it stands now: it changes when somebody acts, so rarely."""
    workshop = load(Workshop, cycle_id, workshop_id)
    found = steps_column(workshop, last_round(workshop.id), clock.now())
    return _again("board/_steps.html", found, found.version, is_over=found.is_over)


@board.get(PROJECTOR)
@opens_to(Door.CONVENER)
def projector(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Show the page for the wall."""
    workshop = load(Workshop, cycle_id, workshop_id)
    found = projector_of(workshop, request.args.get("at", 1, type=int), clock.now())
    return page("board/projector.html", page=found)


@board.get(f"{PROJECTOR}/live")
@opens_to(Door.CONVENER)
def live_projector(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Answer with what stands on the wall now."""
    workshop = load(Workshop, cycle_id, workshop_id)
    found = projector_of(workshop, request.args.get("at", 1, type=int), clock.now())
    return _again("board/_projector.html", found, found.version, is_over=found.is_over)
