"""Pages that change what the cycle says of itself: title, challenge, case, scenario."""

import uuid

from flask import url_for
from werkzeug.wrappers import Response

from cycles.core.access import Door, opens_to
from cycles.core.forms import Form
from cycles.setup import commands
from cycles.setup.forms import CaseForm, ChallengeForm, ScenarioForm, TitleForm
from cycles.setup.models import Cycle
from cycles.setup.pages.editing import EditPage, crumbs_of, why_closed
from cycles.setup.pages.words import seen_of
from cycles.setup.queries import get_cycle
from cycles.setup.views import cycle
from cycles.setup.views.editing import by, edit


@cycle.route("/<uuid:cycle_id>/set-up/title", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def title(cycle_id: uuid.UUID) -> Response:
    """Change the title and the convening organisation."""
    row = get_cycle(cycle_id)
    form = TitleForm(obj=row, seen=seen_of(row))

    def save() -> None:
        commands.change_title(
            cycle=row,
            title=form.title.data,
            convener_organisation=form.convener_organisation.data,
            **by(),
        )

    context = _context(row, form, "Title and convener")
    return edit(context, "cycle/title.html", save, "Title saved.", row)


@cycle.route("/<uuid:cycle_id>/set-up/challenge", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def challenge(cycle_id: uuid.UUID) -> Response:
    """State the challenge."""
    row = get_cycle(cycle_id)
    form = ChallengeForm(obj=row, seen=seen_of(row))

    def save() -> None:
        commands.change_challenge(
            cycle=row,
            challenge=form.challenge.data,
            challenge_when=form.challenge_when.data,
            impact_domain=form.impact_domain.data,
            **by(),
        )

    context = _context(row, form, "Challenge")
    return edit(context, "cycle/challenge.html", save, "Challenge saved.", row)


@cycle.route("/<uuid:cycle_id>/set-up/case-and-sponsor", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def case(cycle_id: uuid.UUID) -> Response:
    """Make the case for foresighting and name the sponsor."""
    row = get_cycle(cycle_id)
    form = CaseForm(obj=row, seen=seen_of(row))

    def save() -> None:
        commands.change_case(
            cycle=row,
            case_for_foresighting=form.case_for_foresighting.data,
            sponsor=form.sponsor.data,
            **by(),
        )

    context = _context(row, form, "Case and sponsor")
    return edit(context, "cycle/case.html", save, "Case and sponsor saved.", row)


@cycle.route("/<uuid:cycle_id>/set-up/scenario", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def scenario(cycle_id: uuid.UUID) -> Response:
    """Write the working scenario."""
    row = get_cycle(cycle_id)
    form = ScenarioForm(obj=row, seen=seen_of(row))

    def save() -> None:
        commands.change_scenario(cycle=row, scenario=form.scenario.data, **by())

    context = _context(row, form, "Working scenario")
    return edit(context, "cycle/scenario.html", save, "Working scenario saved.", row)


def _context(row: Cycle, form: Form, name: str) -> EditPage:
    return EditPage(
        title=name,
        caption="Set-up",
        crumbs=crumbs_of(row, (name, None)),
        form=form,
        back_href=url_for("cycle.setup", cycle_id=row.id),
        closed_because=why_closed(row),
    )
