"""The verdicts of a workshop: the table, its downloads, and deciding what is unsettled."""

import uuid

from flask import abort, flash, jsonify, request
from werkzeug.wrappers import Response

from consensus.verdict import Outcome
from cycles.core import clock
from cycles.core.access import Door, current_actor, current_place, load, opens_to
from cycles.core.downloads import csv_answer, xlsx_answer
from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.setup.queries import rule_card_of
from workshop.rooms.commands import accept_medians, decide_cell
from workshop.rooms.forms import DecisionForm, MediansForm
from workshop.rooms.models import Item, Workshop, WorkshopKind
from workshop.rooms.next_actions import href_of
from workshop.rooms.queries import decision_of
from workshop.rooms.result_pages import cell_page, results_page
from workshop.rooms.results import FILTERS, SORTS, results_of, results_table
from workshop.rooms.scale_pages import scale_item_page, scale_page
from workshop.rooms.scale_results import scale_results, scale_table
from workshop.rooms.telling import shows_parts
from workshop.rooms.views import workshops

SCALE_TEMPLATES = {
    WorkshopKind.PRIORITISATION: "workshops/priorities.html",
    WorkshopKind.VALIDATION: "workshops/relevance.html",
}
"""The kinds whose verdicts are not proficiency cells, with their pages."""


@workshops.get("/<uuid:workshop_id>/results")
@opens_to(Door.MEMBER)
def results(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Show the verdicts, sorted and filtered as the address says."""
    workshop = load(Workshop, cycle_id, workshop_id)
    only, may_convene = request.args.get("only", "all"), current_place().is_convener
    if workshop.kind in SCALE_TEMPLATES:
        scaled = scale_page(workshop, only=only, may_convene=may_convene)
        return page(SCALE_TEMPLATES[workshop.kind], page=scaled)
    sort = request.args.get("sort", "area")
    found = results_page(
        workshop,
        sort=sort if sort in SORTS else "area",
        only=only if only in FILTERS else "all",
        number=request.args.get("page", 1, type=int),
        may_convene=may_convene,
    )
    return page("workshops/results.html", page=found)


@workshops.get("/<uuid:workshop_id>/verdicts.<any(csv, xlsx, json):kind>")
@opens_to(Door.MEMBER)
def download(cycle_id: uuid.UUID, workshop_id: uuid.UUID, kind: str) -> Response:
    """Download every verdict of the workshop; counts of too few people are left empty."""
    workshop = load(Workshop, cycle_id, workshop_id)
    minimum_n = rule_card_of(cycle_id).minimum_n
    with_parts = shows_parts(workshop, may_convene=current_place().is_convener)
    if workshop.kind in SCALE_TEMPLATES:
        scaled = scale_results(workshop, minimum_n, with_parts=with_parts)
        headings, rows = scale_table(workshop, scaled)
    else:
        headings, rows = results_table(results_of(workshop.id, minimum_n, with_parts=with_parts))
    if kind == "json":
        answer = jsonify([dict(zip(headings, row, strict=True)) for row in rows])
        answer.headers["Content-Disposition"] = "attachment; filename=verdicts.json"
        return answer
    file_answer = csv_answer if kind == "csv" else xlsx_answer
    return file_answer(f"verdicts.{kind}", headings, rows)


@workshops.route("/cells/<uuid:item_id>", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def cell(cycle_id: uuid.UUID, item_id: uuid.UUID) -> Response:
    """Show how one cell went, and decide it with a reason."""
    item = load(Item, cycle_id, item_id)
    workshop = load(Workshop, cycle_id, item.workshop_id)
    if workshop.kind in SCALE_TEMPLATES:
        scaled = scale_item_page(item, workshop) or abort(404)
        return page("workshops/scale_item.html", page=scaled)
    form = DecisionForm(obj=decision_of(item.id))
    if form.validate_on_submit():
        try:
            decide_cell(
                item=item,
                level=int(form.level.data),
                reason=form.reason.data or "",
                actor=current_actor(),
                moment=clock.now(),
            )
            db.session.commit()
            return see_other(href_of(workshop, "results", only="decided"))
        except DomainError as refusal:
            form.refuse(refusal)
    found = cell_page(item, workshop) or abort(404)
    return page("workshops/cell.html", 422 if form.errors else 200, page=found, form=form)


@workshops.route("/<uuid:workshop_id>/decide", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def decide_all(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Accept the lower median of many cells at once, with one reason."""
    workshop = load(Workshop, cycle_id, workshop_id)
    form = MediansForm()
    if form.validate_on_submit():
        try:
            decided = accept_medians(
                workshop=workshop,
                outcomes=[Outcome(one) for one in form.outcomes.data or ()],
                reason=form.reason.data or "",
                actor=current_actor(),
                moment=clock.now(),
            )
            db.session.commit()
            flash(f"{decided} cells decided.", "success")
            return see_other(href_of(workshop, "results", only="decided"))
        except DomainError as refusal:
            form.refuse(refusal)
    status, back = (422 if form.errors else 200), href_of(workshop, "results")
    return page("workshops/decide_all.html", status, form=form, back=back, title=workshop.title)
