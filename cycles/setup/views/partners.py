"""Pages of the supply-chain partners: list, add, change, order, remove."""

import uuid

from flask import request, url_for
from werkzeug.wrappers import Response

from cycles.core.access import Door, load, opens_to
from cycles.core.pages import page
from cycles.setup import commands
from cycles.setup.forms import NamedForm
from cycles.setup.models import Partner
from cycles.setup.pages.lists import PARTNERS, list_page, ordered_lines, row_page
from cycles.setup.pages.words import seen_of
from cycles.setup.queries import get_cycle, partners_of
from cycles.setup.views import cycle
from cycles.setup.views.editing import by, change, edit

BASE = "/<uuid:cycle_id>/set-up/partners"
ONE = BASE + "/<uuid:partner_id>"


@cycle.get(BASE)
@opens_to(Door.CONVENER)
def partners(cycle_id: uuid.UUID) -> Response:
    """List the supply-chain partners."""
    lines = ordered_lines(PARTNERS, partners_of(cycle_id))
    return page("cycle/list.html", page=list_page(PARTNERS, get_cycle(cycle_id), lines))


@cycle.route(BASE + "/add", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def add_partner(cycle_id: uuid.UUID) -> Response:
    """Add a supply-chain partner."""
    row, form = get_cycle(cycle_id), NamedForm()

    def save() -> None:
        commands.add_partner(
            cycle=row, name=form.name.data, description=form.description.data, **by()
        )

    context = row_page(PARTNERS, row, form)
    return edit(context, "cycle/named.html", save, "Partner added.")


@cycle.route(ONE, methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def change_partner(cycle_id: uuid.UUID, partner_id: uuid.UUID) -> Response:
    """Rename or describe a partner anew."""
    partner = load(Partner, cycle_id, partner_id)
    form = NamedForm(obj=partner, seen=seen_of(partner))

    def save() -> None:
        commands.change_partner(
            partner=partner, name=form.name.data, description=form.description.data, **by()
        )

    consequence = "People who stand for this partner stay in the cycle, without a partner."
    context = row_page(
        PARTNERS,
        get_cycle(cycle_id),
        form,
        row_id=partner.id,
        name=partner.name,
        consequence=consequence,
    )
    return edit(context, "cycle/named.html", save, "Partner saved.", partner)


@cycle.post(ONE + "/move")
@opens_to(Door.CONVENER)
def move_partner(cycle_id: uuid.UUID, partner_id: uuid.UUID) -> Response:
    """Move a partner one place up or down."""
    partner = load(Partner, cycle_id, partner_id)
    back = url_for("cycle.partners", cycle_id=cycle_id, _anchor=f"row-{partner_id}")
    is_up = request.form.get("direction") == "up"
    return change(lambda: commands.move_partner(partner=partner, up=is_up, **by()), "", back)


@cycle.post(ONE + "/remove")
@opens_to(Door.CONVENER)
def remove_partner(cycle_id: uuid.UUID, partner_id: uuid.UUID) -> Response:
    """Remove a partner that no statement is tagged with."""
    partner = load(Partner, cycle_id, partner_id)
    message = f"{partner.name} was removed."
    back = url_for("cycle.partners", cycle_id=cycle_id)
    return change(lambda: commands.remove_partner(partner=partner, **by()), message, back)
