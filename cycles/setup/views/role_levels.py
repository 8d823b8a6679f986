"""Pages of the role levels: list, add, change, order, remove."""

import uuid

from flask import request, url_for
from werkzeug.wrappers import Response

from cycles.core.access import Door, load, opens_to
from cycles.core.pages import page
from cycles.setup import commands
from cycles.setup.forms import RoleLevelForm
from cycles.setup.models import RoleLevel
from cycles.setup.pages.lists import ROLE_LEVELS, list_page, ordered_lines, row_page
from cycles.setup.pages.words import seen_of
from cycles.setup.queries import get_cycle, role_levels_of
from cycles.setup.views import cycle
from cycles.setup.views.editing import by, change, edit

BASE = "/<uuid:cycle_id>/set-up/role-levels"
ONE = BASE + "/<uuid:role_level_id>"


@cycle.get(BASE)
@opens_to(Door.CONVENER)
def role_levels(cycle_id: uuid.UUID) -> Response:
    """List the role levels."""
    lines = ordered_lines(ROLE_LEVELS, role_levels_of(cycle_id))
    return page("cycle/list.html", page=list_page(ROLE_LEVELS, get_cycle(cycle_id), lines))


@cycle.route(BASE + "/add", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def add_role_level(cycle_id: uuid.UUID) -> Response:
    """Add a role level."""
    row, form = get_cycle(cycle_id), RoleLevelForm()

    def save() -> None:
        commands.add_role_level(
            cycle=row,
            name=form.name.data,
            academic_level=form.academic_level.data,
            description=form.description.data,
            **by(),
        )

    context = row_page(ROLE_LEVELS, row, form)
    return edit(context, "cycle/role_level.html", save, "Role level added.")


@cycle.route(ONE, methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def change_role_level(cycle_id: uuid.UUID, role_level_id: uuid.UUID) -> Response:
    """Rename a role level, describe it anew or say another academic level."""
    level = load(RoleLevel, cycle_id, role_level_id)
    form = RoleLevelForm(obj=level, seen=seen_of(level))

    def save() -> None:
        commands.change_role_level(
            role_level=level,
            name=form.name.data,
            academic_level=form.academic_level.data,
            description=form.description.data,
            **by(),
        )

    consequence = "Employers are no longer asked about it. One that was rated stays."
    context = row_page(
        ROLE_LEVELS,
        get_cycle(cycle_id),
        form,
        row_id=level.id,
        name=level.name,
        consequence=consequence,
    )
    return edit(context, "cycle/role_level.html", save, "Role level saved.", level)


@cycle.post(ONE + "/move")
@opens_to(Door.CONVENER)
def move_role_level(cycle_id: uuid.UUID, role_level_id: uuid.UUID) -> Response:
    """Move a role level one place up or down."""
    level = load(RoleLevel, cycle_id, role_level_id)
    back = url_for("cycle.role_levels", cycle_id=cycle_id, _anchor=f"row-{role_level_id}")
    is_up = request.form.get("direction") == "up"
    return change(lambda: commands.move_role_level(role_level=level, up=is_up, **by()), "", back)


@cycle.post(ONE + "/remove")
@opens_to(Door.CONVENER)
def remove_role_level(cycle_id: uuid.UUID, role_level_id: uuid.UUID) -> Response:
    """Remove a role level that nobody was asked about."""
    level = load(RoleLevel, cycle_id, role_level_id)
    message = f"{level.name} was removed."
    back = url_for("cycle.role_levels", cycle_id=cycle_id)
    return change(lambda: commands.remove_role_level(role_level=level, **by()), message, back)
