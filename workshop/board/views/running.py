"""Running the agenda: opening, pausing, closing and revealing steps, and the timer."""

import uuid
from collections.abc import Callable

from flask import request
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.errors import Missing
from cycles.core.extensions import db, htmx
from cycles.core.pages import page, see_other
from workshop.board import commands
from workshop.board.addresses import address_in
from workshop.board.steps_column import steps_column
from workshop.board.views import board
from workshop.board.views.paths import STEP
from workshop.rooms.models import Step, Workshop
from workshop.rooms.queries import last_round

LONGEST_CHANGE = 600
VERBS: dict[str, Callable[..., None]] = {
    "open": commands.open_step,
    "pause": commands.pause_step,
    "resume": commands.resume_step,
    "close": commands.close_step,
    "reveal": commands.reveal,
    "hide": commands.hide,
}


def steps_again(workshop: Workshop) -> Response:
    """Answer with the agenda where the board asked for it, else send back to the board."""
    if htmx:
        found = steps_column(workshop, last_round(workshop.id), clock.now())
        return page("board/_steps.html", page=found)
    return see_other(address_in(workshop, "board.show"))


def load_step(cycle_id: uuid.UUID, workshop_id: uuid.UUID, step_id: uuid.UUID) -> Step:
    """Return the step of this workshop, or answer 404."""
    step = load(Step, cycle_id, step_id)
    if step.workshop_id != workshop_id:
        raise Missing("This workshop has no such step.")
    return step


@board.post(f"{STEP}/<any({', '.join(VERBS)}):verb>")
@opens_to(Door.CONVENER)
def run(cycle_id: uuid.UUID, workshop_id: uuid.UUID, step_id: uuid.UUID, verb: str) -> Response:
    """Do what the button says with the step."""
    step = load_step(cycle_id, workshop_id, step_id)
    VERBS[verb](step=step, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return steps_again(step.workshop)


@board.post(f"{STEP}/timer")
@opens_to(Door.CONVENER)
def change_timer(cycle_id: uuid.UUID, workshop_id: uuid.UUID, step_id: uuid.UUID) -> Response:
    """Give the step more time, or less."""
    step = load_step(cycle_id, workshop_id, step_id)
    asked = request.form.get("seconds", 0, type=int)
    seconds = min(max(asked, -LONGEST_CHANGE), LONGEST_CHANGE)
    commands.change_timer(step=step, seconds=seconds, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return steps_again(step.workshop)
