"""The list of workshops, planning one, opening and closing it."""

import uuid

from flask import flash, url_for
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, current_actor, current_place, load, opens_to
from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.setup.queries import get_cycle
from workshop.rooms.commands import (
    change_workshop,
    close_workshop,
    open_workshop,
    plan_workshop,
)
from workshop.rooms.contexts import list_page, workshop_page
from workshop.rooms.forms import NewWorkshopForm, PlanForm
from workshop.rooms.models import Workshop, WorkshopKind
from workshop.rooms.next_actions import href_of
from workshop.rooms.views import workshops


@workshops.get("/")
@opens_to(Door.MEMBER)
def index(cycle_id: uuid.UUID) -> Response:
    """List the workshops by kind."""
    found = list_page(cycle_id, may_plan=current_place().is_convener)
    return page("workshops/index.html", page=found)


@workshops.route("/plan", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def plan(cycle_id: uuid.UUID) -> Response:
    """Plan a workshop."""
    form = NewWorkshopForm()
    if form.validate_on_submit():
        try:
            workshop = plan_workshop(
                cycle=get_cycle(cycle_id),
                kind=WorkshopKind(form.kind.data),
                **form.plan(),
                actor=current_actor(),
                moment=clock.now(),
            )
            db.session.commit()
            return see_other(href_of(workshop))
        except DomainError as refusal:
            form.refuse(refusal)
    status = 422 if form.errors else 200
    back = url_for("workshops.index", cycle_id=cycle_id)
    return page("workshops/plan.html", status, form=form, title="Plan a workshop", back=back)


@workshops.get("/<uuid:workshop_id>")
@opens_to(Door.MEMBER)
def show(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Show one workshop; to conveners with who has answered and what to do next."""
    workshop = load(Workshop, cycle_id, workshop_id)
    found = workshop_page(workshop, clock.now(), current_place())
    return page("workshops/show.html", page=found)


@workshops.route("/<uuid:workshop_id>/edit", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def edit(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Change a workshop's title and dates."""
    workshop = load(Workshop, cycle_id, workshop_id)
    form = PlanForm(obj=workshop)
    if form.validate_on_submit():
        try:
            change_workshop(
                workshop=workshop,
                **form.plan(),
                actor=current_actor(),
                moment=clock.now(),
            )
            db.session.commit()
            return see_other(href_of(workshop))
        except DomainError as refusal:
            form.refuse(refusal)
    status = 422 if form.errors else 200
    back = href_of(workshop)
    return page("workshops/plan.html", status, form=form, title="Change the workshop", back=back)


@workshops.post("/<uuid:workshop_id>/open")
@opens_to(Door.CONVENER)
def open_it(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Open a planned workshop."""
    workshop = load(Workshop, cycle_id, workshop_id)
    open_workshop(workshop=workshop, actor=current_actor(), moment=clock.now())
    db.session.commit()
    flash("The workshop is open.", "success")
    return see_other(href_of(workshop))


@workshops.post("/<uuid:workshop_id>/close")
@opens_to(Door.CONVENER)
def close_it(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Close a workshop for good."""
    workshop = load(Workshop, cycle_id, workshop_id)
    close_workshop(workshop=workshop, actor=current_actor(), moment=clock.now())
    db.session.commit()
    flash("The workshop is closed.", "success")
    return see_other(href_of(workshop))
