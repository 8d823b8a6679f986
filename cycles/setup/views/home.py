"""A cycle's home, and the buttons that move it between stages."""

import uuid

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, current_place, opens_to
from cycles.core.clock import LONDON
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.core.shell import shell
from cycles.setup.pages.above import origin_of, what_waits
from cycles.setup.pages.home import home_page
from cycles.setup.pages.words import stage_words
from cycles.setup.queries import get_cycle
from cycles.setup.views import cycle
from cycles.setup.views.editing import by
from cycles.stages import commands
from cycles.stages.queries import evidence_of


@cycle.get("/<uuid:cycle_id>/")
@opens_to(Door.MEMBER)
def home(cycle_id: uuid.UUID) -> Response:
    """Show where the cycle stands, what is in the way and what this person can do."""
    row = get_cycle(cycle_id)
    navigation = {each.label: each.href for each in shell().navigation}
    today = clock.now().astimezone(LONDON).date()
    context = home_page(
        row,
        evidence_of(row),
        current_place(),
        navigation,
        today,
        waiting=what_waits(cycle_id),
        origin=origin_of(cycle_id),
    )
    return page("cycle/home.html", page=context)


@cycle.post("/<uuid:cycle_id>/advance")
@opens_to(Door.CONVENER)
def advance(cycle_id: uuid.UUID) -> Response:
    """Move to the next stage, once: a second press finds the cycle there already."""
    row = get_cycle(cycle_id)
    back = url_for("cycle.home", cycle_id=cycle_id)
    if request.form.get("to") == row.stage.value:
        return see_other(back)
    reached = commands.advance(cycle=row, **by())
    db.session.commit()
    flash(f"The cycle has moved to {stage_words(reached)}.", "success")
    return see_other(back)


@cycle.post("/<uuid:cycle_id>/step-back")
@opens_to(Door.CONVENER)
def step_back(cycle_id: uuid.UUID) -> Response:
    """Move to the stage before, once."""
    row = get_cycle(cycle_id)
    back = url_for("cycle.home", cycle_id=cycle_id)
    if request.form.get("from") != row.stage.value:
        return see_other(back)
    reached = commands.step_back(cycle=row, **by())
    db.session.commit()
    flash(f"The cycle is back at {stage_words(reached)}. Nothing was lost.", "success")
    return see_other(back)
