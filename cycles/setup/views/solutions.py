"""Pages of the candidate solutions: list, add, change, order, prioritise, remove."""

import uuid

from flask import request, url_for
from werkzeug.wrappers import Response

from cycles.core.access import Door, load, opens_to
from cycles.core.pages import page
from cycles.setup import commands
from cycles.setup.forms import NamedForm, PriorityForm
from cycles.setup.models import Solution
from cycles.setup.pages.editing import EditPage, crumbs_of, why_closed
from cycles.setup.pages.lists import SOLUTIONS, list_page, ordered_lines, row_page
from cycles.setup.pages.words import seen_of
from cycles.setup.queries import get_cycle, solutions_of
from cycles.setup.views import cycle
from cycles.setup.views.editing import by, change, edit

BASE = "/<uuid:cycle_id>/set-up/solutions"
ONE = BASE + "/<uuid:solution_id>"


@cycle.get(BASE)
@opens_to(Door.CONVENER)
def solutions(cycle_id: uuid.UUID) -> Response:
    """List the candidate solutions."""
    lines = ordered_lines(SOLUTIONS, solutions_of(cycle_id))
    return page("cycle/list.html", page=list_page(SOLUTIONS, get_cycle(cycle_id), lines))


@cycle.route(BASE + "/add", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def add_solution(cycle_id: uuid.UUID) -> Response:
    """Add a candidate solution."""
    row, form = get_cycle(cycle_id), NamedForm()

    def save() -> None:
        commands.add_solution(
            cycle=row, name=form.name.data, description=form.description.data, **by()
        )

    context = row_page(SOLUTIONS, row, form)
    return edit(context, "cycle/named.html", save, "Solution added.")


@cycle.route(ONE, methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def change_solution(cycle_id: uuid.UUID, solution_id: uuid.UUID) -> Response:
    """Reword a candidate solution."""
    solution = load(Solution, cycle_id, solution_id)
    form = NamedForm(obj=solution, seen=seen_of(solution))

    def save() -> None:
        commands.change_solution(
            solution=solution, name=form.name.data, description=form.description.data, **by()
        )

    consequence = "Its description, its priority and the reason for it are deleted."
    context = row_page(
        SOLUTIONS,
        get_cycle(cycle_id),
        form,
        row_id=solution.id,
        name=solution.name,
        consequence=consequence,
    )
    return edit(context, "cycle/named.html", save, "Solution saved.", solution)


@cycle.route(ONE + "/priority", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def prioritise_solution(cycle_id: uuid.UUID, solution_id: uuid.UUID) -> Response:
    """Prioritise a solution, or set it aside, with the reason."""
    solution, row = load(Solution, cycle_id, solution_id), get_cycle(cycle_id)
    priority = "yes" if solution.is_prioritised else "no"
    form = PriorityForm(obj=solution, seen=seen_of(solution), priority=priority)

    def save() -> None:
        if form.priority.data == "yes":
            commands.prioritise_solution(solution=solution, reason=form.reason.data, **by())
        else:
            commands.set_aside_solution(solution=solution, reason=form.reason.data, **by())

    back = url_for("cycle.solutions", cycle_id=cycle_id)
    crumbs = crumbs_of(row, (SOLUTIONS.title, back), ("Priority", None))
    context = EditPage(solution.name, "Priority of", crumbs, form, back, why_closed(row))
    return edit(context, "cycle/priority.html", save, "Priority saved.", solution)


@cycle.post(ONE + "/move")
@opens_to(Door.CONVENER)
def move_solution(cycle_id: uuid.UUID, solution_id: uuid.UUID) -> Response:
    """Move a solution one place up or down."""
    solution = load(Solution, cycle_id, solution_id)
    back = url_for("cycle.solutions", cycle_id=cycle_id, _anchor=f"row-{solution_id}")
    is_up = request.form.get("direction") == "up"
    return change(lambda: commands.move_solution(solution=solution, up=is_up, **by()), "", back)


@cycle.post(ONE + "/remove")
@opens_to(Door.CONVENER)
def remove_solution(cycle_id: uuid.UUID, solution_id: uuid.UUID) -> Response:
    """Remove a solution."""
    solution = load(Solution, cycle_id, solution_id)
    message = f"{solution.name} was removed."
    back = url_for("cycle.solutions", cycle_id=cycle_id)
    return change(lambda: commands.remove_solution(solution=solution, **by()), message, back)
