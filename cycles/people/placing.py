"""Changing, withdrawing and giving back the place that somebody holds."""

import uuid
from typing import Any

from flask import flash, url_for
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.people import commands
from cycles.people.forms import PlaceForm
from cycles.people.models import Participant
from cycles.people.pages import PlacePage, person_row
from cycles.people.views import PATH, people
from cycles.setup.models import Partner
from cycles.setup.queries import get_cycle, partners_of

ONE = f"{PATH}/<uuid:participant_id>"


def chosen_partner(form: PlaceForm, cycle_id: uuid.UUID) -> Partner | None:
    """Return the partner chosen in the form, which is one of this cycle's."""
    partner_id = form.partner_id()
    return None if partner_id is None else load(Partner, cycle_id, partner_id)


def in_cycle(cycle_id: uuid.UUID) -> dict[str, Any]:
    """Return what every command here takes: the cycle, who acts and when."""
    return {"cycle": get_cycle(cycle_id), "actor": current_actor(), "moment": clock.now()}


@people.route(ONE, methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def change(cycle_id: uuid.UUID, participant_id: uuid.UUID) -> Response:
    """Change somebody's group, panel mark, organisation or partner."""
    participant = load(Participant, cycle_id, participant_id)
    person = person_row(participant)
    form = _form_for(participant, cycle_id)
    if form.validate_on_submit():
        try:
            partner = chosen_partner(form, cycle_id)
            commands.change_place(
                participant=participant, partner=partner, **form.facts(), **in_cycle(cycle_id)
            )
            db.session.commit()
            flash(f"The place of {person.name} was changed.", "success")
            return see_other(url_for("people.list_people", cycle_id=cycle_id))
        except Invalid as refusal:
            form.refuse(refusal)
    shown = PlacePage(cycle_id, person, form, participant.withdrawn_at is not None)
    return page("people/place.html", 422 if form.errors else 200, page=shown)


def _form_for(participant: Participant, cycle_id: uuid.UUID) -> PlaceForm:
    form = PlaceForm(
        group=participant.group.value,
        is_on_panel=participant.is_on_panel,
        organisation=participant.organisation.name if participant.organisation else "",
        partner=str(participant.partner_id or ""),
    )
    form.offer_partners(partners_of(cycle_id))
    return form


@people.post(f"{ONE}/withdraw")
@opens_to(Door.CONVENER)
def withdraw(cycle_id: uuid.UUID, participant_id: uuid.UUID) -> Response:
    """Take somebody's place away; it can be given back."""
    participant = load(Participant, cycle_id, participant_id)
    commands.withdraw(participant=participant, **in_cycle(cycle_id))
    db.session.commit()
    flash(f"{participant.account.name} was withdrawn.", "success")
    return see_other(url_for("people.list_people", cycle_id=cycle_id))


@people.post(f"{ONE}/readmit")
@opens_to(Door.CONVENER)
def readmit(cycle_id: uuid.UUID, participant_id: uuid.UUID) -> Response:
    """Give back a place that was withdrawn."""
    participant = load(Participant, cycle_id, participant_id)
    commands.readmit(participant=participant, **in_cycle(cycle_id))
    db.session.commit()
    flash(f"{participant.account.name} takes part again.", "success")
    return see_other(url_for("people.list_people", cycle_id=cycle_id))
