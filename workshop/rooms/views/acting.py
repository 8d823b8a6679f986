"""The convener acts on verdicts: applies a validation, takes a vote over."""

import uuid

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from workshop.rooms.applying import apply_validation, take_vote_over
from workshop.rooms.forms import VoteForm
from workshop.rooms.models import Workshop
from workshop.rooms.next_actions import href_of
from workshop.rooms.scale_pages import apply_page, vote_choices
from workshop.rooms.views import workshops


@workshops.route("/<uuid:workshop_id>/apply", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def apply_results(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Ask before applying a validation, with all that it would do; then apply it."""
    workshop = load(Workshop, cycle_id, workshop_id)
    if request.method == "GET":
        return page("workshops/apply.html", page=apply_page(workshop))
    done = apply_validation(workshop=workshop, actor=current_actor(), moment=clock.now())
    db.session.commit()
    flash(f"{len(done.to_keep)} statements kept, {len(done.to_drop)} dropped.", "success")
    return see_other(href_of(workshop, "results"))


@workshops.route("/<uuid:workshop_id>/vote", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def take_vote(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Give the solutions their votes, and prioritise the chosen ones."""
    workshop = load(Workshop, cycle_id, workshop_id)
    choices, ticked = vote_choices(workshop)
    form = VoteForm(data={"chosen": ticked})
    form.offer(*choices)
    if form.validate_on_submit():
        try:
            chosen = [uuid.UUID(one) for one in form.chosen.data or ()]
            moment = clock.now()
            take_vote_over(workshop=workshop, chosen=chosen, actor=current_actor(), moment=moment)
            db.session.commit()
            flash("The vote is kept with the solutions.", "success")
            return see_other(url_for("cycle.solutions", cycle_id=cycle_id))
        except DomainError as refusal:
            form.refuse(refusal)
    status, back = (422 if form.errors else 200), href_of(workshop, "results")
    return page("workshops/vote.html", status, form=form, back=back, title=workshop.title)
