"""Planning the agenda: taking the usual one, and adding, changing, moving and removing steps."""

import uuid

from flask import flash, request
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from workshop.board import commands
from workshop.board.addresses import address_in
from workshop.board.agenda_page import agenda_page, step_page
from workshop.board.forms import NewStepForm, StepForm
from workshop.board.views import board
from workshop.board.views.paths import BOARD, STEP
from workshop.board.views.running import load_step
from workshop.rooms.models import StepKind, Workshop


def _to_agenda(workshop: Workshop) -> Response:
    return see_other(address_in(workshop, "board.agenda"))


@board.post(f"{BOARD}/agenda/usual")
@opens_to(Door.CONVENER)
def plan(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Give the workshop the usual agenda of its kind."""
    workshop = load(Workshop, cycle_id, workshop_id)
    commands.plan_steps(workshop=workshop, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return see_other(address_in(workshop, "board.show"))


@board.route(f"{BOARD}/agenda", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def agenda(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Show the agenda, and add a step to it."""
    workshop = load(Workshop, cycle_id, workshop_id)
    form = NewStepForm()
    if form.validate_on_submit():
        try:
            commands.add_step(
                workshop=workshop,
                kind=StepKind(form.kind.data),
                title=form.title.data or "",
                minutes=form.minutes.data,
                actor=current_actor(),
                moment=clock.now(),
            )
            db.session.commit()
            return _to_agenda(workshop)
        except DomainError as refusal:
            form.refuse(refusal)
    status = 422 if form.errors else 200
    return page("board/agenda.html", status, page=agenda_page(workshop), form=form)


@board.route(f"{STEP}/edit", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def change_step(cycle_id: uuid.UUID, workshop_id: uuid.UUID, step_id: uuid.UUID) -> Response:
    """Change the title and the length of a step."""
    step = load_step(cycle_id, workshop_id, step_id)
    form = StepForm(obj=step)
    if form.validate_on_submit():
        try:
            commands.change_step(
                step=step,
                title=form.title.data or "",
                minutes=form.minutes.data,
                actor=current_actor(),
                moment=clock.now(),
            )
            db.session.commit()
            return _to_agenda(step.workshop)
        except DomainError as refusal:
            form.refuse(refusal)
    return page("board/step.html", 422 if form.errors else 200, page=step_page(step), form=form)


@board.post(f"{STEP}/move")
@opens_to(Door.CONVENER)
def move_step(cycle_id: uuid.UUID, workshop_id: uuid.UUID, step_id: uuid.UUID) -> Response:
    """Move a step one place up or down the agenda."""
    step = load_step(cycle_id, workshop_id, step_id)
    by = -1 if request.form.get("to") == "earlier" else 1
    commands.move_step(step=step, by=by, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return _to_agenda(step.workshop)


@board.post(f"{STEP}/remove")
@opens_to(Door.CONVENER)
def remove_step(cycle_id: uuid.UUID, workshop_id: uuid.UUID, step_id: uuid.UUID) -> Response:
    """Take a step off the agenda."""
    step = load_step(cycle_id, workshop_id, step_id)
    workshop, title = step.workshop, step.title
    commands.remove_step(step=step, actor=current_actor(), moment=clock.now())
    db.session.commit()
    flash(f"“{title}” is off the agenda.", "success")
    return _to_agenda(workshop)
