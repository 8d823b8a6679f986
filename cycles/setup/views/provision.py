"""Pages of what the cycle is compared with: the framework, and the standards in use today."""

import uuid

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from cycles.core.access import Door, opens_to
from cycles.core.pages import page, see_other
from cycles.setup import commands
from cycles.setup.forms import FrameworkForm, id_or_none
from cycles.setup.pages.editing import EditPage, crumbs_of, why_closed
from cycles.setup.pages.provision import framework_part, standards_page
from cycles.setup.pages.words import seen_of
from cycles.setup.provision import find_standards, frameworks_to_choose, standards_in_use_of
from cycles.setup.queries import get_cycle
from cycles.setup.views import cycle
from cycles.setup.views.editing import by, change, edit

BASE = "/<uuid:cycle_id>/set-up/current-state"
NO_FRAMEWORK = "No framework of standards is loaded yet. Ask an administrator to import one."


@cycle.route("/<uuid:cycle_id>/set-up/framework", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def framework(cycle_id: uuid.UUID) -> Response:
    """Choose the framework and the mapping threshold."""
    row, frameworks = get_cycle(cycle_id), frameworks_to_choose()
    form = FrameworkForm(obj=row, seen=seen_of(row))
    form.framework_id.offer(*((each.id, each.name) for each, _ in frameworks))

    def save() -> None:
        commands.choose_frameworks(
            cycle=row,
            chosen=[(form.framework_id.data, False)],
            threshold_percent=form.threshold_percent.data,
            **by(),
        )

    context = EditPage(
        title="Framework of standards",
        caption="Set-up",
        crumbs=crumbs_of(row, ("Framework", None)),
        form=form,
        back_href=url_for("cycle.setup", cycle_id=row.id),
        closed_because=why_closed(row) or ("" if frameworks else NO_FRAMEWORK),
        more=framework_part(row, frameworks),
    )
    return edit(context, "cycle/framework.html", save, "Framework saved.", row)


@cycle.get(BASE)
@opens_to(Door.CONVENER)
def standards_in_use(cycle_id: uuid.UUID) -> Response:
    """Show the standards in use today, and search for more."""
    # PostgreSQL refuses a text with NUL in it, even to search for.
    row, asked = get_cycle(cycle_id), request.args.get("q", "").replace("\x00", "").strip()[:100]
    context = standards_page(row, asked, find_standards(row, asked))
    return page("cycle/standards_in_use.html", page=context)


@cycle.post(BASE + "/add")
@opens_to(Door.CONVENER)
def add_standards_in_use(cycle_id: uuid.UUID) -> Response:
    """Add the ticked standards to those in use."""
    row = get_cycle(cycle_id)
    ticked = {found for each in request.form.getlist("standard") if (found := id_or_none(each))}
    back = url_for("cycle.standards_in_use", cycle_id=cycle_id, q=request.form.get("q") or None)
    if not ticked:
        flash("Tick at least one standard to add.", "error")
        return see_other(back)
    wanted = ticked | _in_use(cycle_id)
    message = f"{len(ticked)} standard{'' if len(ticked) == 1 else 's'} added."
    return change(
        lambda: commands.set_standards_in_use(cycle=row, standard_ids=wanted, **by()), message, back
    )


@cycle.post(BASE + "/<uuid:standard_id>/remove")
@opens_to(Door.CONVENER)
def remove_standard_in_use(cycle_id: uuid.UUID, standard_id: uuid.UUID) -> Response:
    """Take one standard out of those in use."""
    row, wanted = get_cycle(cycle_id), _in_use(cycle_id) - {standard_id}
    back = url_for("cycle.standards_in_use", cycle_id=cycle_id)
    return change(
        lambda: commands.set_standards_in_use(cycle=row, standard_ids=wanted, **by()),
        "Standard taken out of the list.",
        back,
    )


def _in_use(cycle_id: uuid.UUID) -> set[uuid.UUID]:
    return {each.id for each in standards_in_use_of(cycle_id)}
