"""Pages of what the cycle is compared with: the frameworks, and the standards in use today."""

import uuid
from dataclasses import replace

from flask import flash, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from cycles.core.access import Door, opens_to
from cycles.core.pages import page, see_other
from cycles.setup import commands
from cycles.setup.forms import FrameworksForm, id_or_none
from cycles.setup.models import Cycle
from cycles.setup.pages.provision import frameworks_page, standards_page
from cycles.setup.pages.words import seen_of
from cycles.setup.provision import find_standards, frameworks_of, standards_in_use_of
from cycles.setup.queries import get_cycle
from cycles.setup.views import cycle
from cycles.setup.views.editing import by, change, edit
from cycles.standards.queries import FrameworkRow, framework_rows

BASE = "/<uuid:cycle_id>/set-up/current-state"
SAVED, MOVED = "Frameworks saved.", "Saved in the new order."


@cycle.route("/<uuid:cycle_id>/set-up/framework", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def framework(cycle_id: uuid.UUID) -> Response:
    """Choose the frameworks, their order and the mapping threshold."""
    row, rows = get_cycle(cycle_id), framework_rows()
    form = _frameworks_form(row, rows)
    moved = _move(form)
    context = frameworks_page(row, form, rows, may_import=current_user.is_administrator)
    if moved:
        here = url_for("cycle.framework", cycle_id=row.id, _anchor=f"framework-{moved}")
        context = replace(context, back_href=here)

    def save() -> None:
        commands.choose_frameworks(
            cycle=row,
            chosen=form.chosen(),
            threshold_percent=form.threshold_percent.data,
            may_set_aside=form.may_set_aside.data,
            **by(),
        )

    return edit(context, "cycle/framework.html", save, MOVED if moved else SAVED, row)


def _frameworks_form(row: Cycle, rows: list[FrameworkRow]) -> FrameworksForm:
    chosen = frameworks_of(row.id)
    form = FrameworksForm(
        frameworks=[each.framework.id for each in chosen],
        with_skills=[each.framework.id for each in chosen if each.uses_skills],
        threshold_percent=row.threshold_percent,
        seen=seen_of(row),
    )
    for field in (form.frameworks, form.with_skills):
        field.offer(*((each.framework.id, each.framework.name) for each in rows))
    return form


def _move(form: FrameworksForm) -> uuid.UUID | None:
    """Do what the button says that sent the form, and return the framework that it moves."""
    for direction in ("up", "down"):
        moved = id_or_none(request.form.get(direction))
        if moved is not None:
            form.move(moved, up=direction == "up")
            return moved
    return None


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
