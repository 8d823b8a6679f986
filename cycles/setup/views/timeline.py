"""Pages of the timeline: list, add, change, remove."""

import uuid

from flask import url_for
from werkzeug.wrappers import Response

from cycles.core.access import Door, load, opens_to
from cycles.core.pages import page
from cycles.setup import commands
from cycles.setup.forms import MilestoneForm
from cycles.setup.models import Milestone
from cycles.setup.pages.lists import TIMELINE, list_page, milestone_lines, row_page
from cycles.setup.pages.words import seen_of
from cycles.setup.queries import get_cycle, milestones_of
from cycles.setup.views import cycle
from cycles.setup.views.editing import by, change, edit

BASE = "/<uuid:cycle_id>/set-up/timeline"
ONE = BASE + "/<uuid:milestone_id>"


@cycle.get(BASE)
@opens_to(Door.CONVENER)
def timeline(cycle_id: uuid.UUID) -> Response:
    """List the timeline, earliest first."""
    lines = milestone_lines(milestones_of(cycle_id))
    return page("cycle/list.html", page=list_page(TIMELINE, get_cycle(cycle_id), lines))


@cycle.route(BASE + "/add", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def add_milestone(cycle_id: uuid.UUID) -> Response:
    """Add a day to the timeline."""
    row, form = get_cycle(cycle_id), MilestoneForm()

    def save() -> None:
        commands.add_milestone(cycle=row, on=form.on.day(), title=form.title.data, **by())

    context = row_page(TIMELINE, row, form)
    return edit(context, "cycle/milestone.html", save, "Milestone added.")


@cycle.route(ONE, methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def change_milestone(cycle_id: uuid.UUID, milestone_id: uuid.UUID) -> Response:
    """Move a milestone to another day, or say it otherwise."""
    milestone = load(Milestone, cycle_id, milestone_id)
    form = MilestoneForm(obj=milestone, seen=seen_of(milestone))

    def save() -> None:
        commands.change_milestone(
            milestone=milestone, on=form.on.day(), title=form.title.data, **by()
        )

    consequence = "The day disappears from the timeline that everybody sees."
    context = row_page(
        TIMELINE,
        get_cycle(cycle_id),
        form,
        row_id=milestone.id,
        name=milestone.title,
        consequence=consequence,
    )
    return edit(context, "cycle/milestone.html", save, "Milestone saved.", milestone)


@cycle.post(ONE + "/remove")
@opens_to(Door.CONVENER)
def remove_milestone(cycle_id: uuid.UUID, milestone_id: uuid.UUID) -> Response:
    """Take a day off the timeline."""
    milestone = load(Milestone, cycle_id, milestone_id)
    message = f"{milestone.title} was removed."
    back = url_for("cycle.timeline", cycle_id=cycle_id)
    return change(lambda: commands.remove_milestone(milestone=milestone, **by()), message, back)
