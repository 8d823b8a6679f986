"""The page that seals a cycle."""

import uuid

from flask import Blueprint, flash
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, current_actor, opens_to
from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.setup.queries import get_cycle
from workshop.sealing.commands import Sharing, seal_cycle
from workshop.sealing.forms import SealForm
from workshop.sealing.pages import seal_page

sealing = Blueprint("sealing", __name__, url_prefix="/cycles/<uuid:cycle_id>/seal")


@sealing.route("", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def show(cycle_id: uuid.UUID) -> Response:
    """Say what sealing does and what it waits for; seal the cycle when the words are typed."""
    cycle, form = get_cycle(cycle_id), SealForm()
    if form.validate_on_submit():
        try:
            seal_cycle(
                cycle=cycle,
                confirmation=form.confirmation.data or "",
                sharing=Sharing(form.gives_back.data, form.names_cycle.data),
                actor=current_actor(),
                moment=clock.now(),
            )
            db.session.commit()
            flash("The cycle is sealed.", "success")
            return see_other(seal_page(cycle).home_href)
        except DomainError as refusal:
            form.refuse(refusal)
    return page("sealing/show.html", 422 if form.errors else 200, page=seal_page(cycle), form=form)
