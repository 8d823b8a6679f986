"""The queue of statements without an area: conveners decide, by click or by key."""

import uuid
from urllib.parse import parse_qsl

from flask import Response, flash, request, url_for
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.downloads import csv_answer, xlsx_answer
from cycles.core.errors import Invalid
from cycles.core.extensions import db, htmx
from cycles.core.jobs.models import Job
from cycles.core.jobs.outcomes import leads_to
from cycles.core.pages import page, see_other
from cycles.statements import placing, suggesting
from cycles.statements.models import CapabilityStatement
from cycles.statements.placing_filters import DEFAULT_SHARE, QueueFilters, read_queue_filters
from cycles.statements.placing_table import COLUMNS, queue_rows
from cycles.statements.views import statements
from cycles.statements.views.placing_page import find_area, queue_page

ANSWERS = {"csv": csv_answer, "xlsx": xlsx_answer}
Sent = ImmutableMultiDict[str, str]


@leads_to(suggesting.KIND, "Suggesting areas", "Decide on the areas")
def _place_of_result(job: Job) -> str:
    return url_for("statements.areas", cycle_id=job.cycle_id)


@statements.get("/areas")
@opens_to(Door.CONVENER)
def areas(cycle_id: uuid.UUID) -> Response:
    """Show the queue."""
    return page(
        "statements/areas.html", page=queue_page(cycle_id, read_queue_filters(request.args))
    )


@statements.get("/areas/download/<any(csv, xlsx):kind>")
@opens_to(Door.CONVENER)
def download_areas(cycle_id: uuid.UUID, kind: str) -> BaseResponse:
    """Answer with every live statement, its suggestions and what was decided."""
    return ANSWERS[kind](f"areas.{kind}", COLUMNS, queue_rows(cycle_id))


@statements.post("/areas/suggest")
@opens_to(Door.CONVENER)
def suggest_areas(cycle_id: uuid.UUID) -> BaseResponse:
    """Ask the worker for suggestions."""
    job = suggesting.ask_to_suggest(cycle_id=cycle_id, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return see_other(url_for("jobs.progress", job_id=job.id))


@statements.post("/areas/accept")
@opens_to(Door.CONVENER)
def accept_areas(cycle_id: uuid.UUID) -> BaseResponse:
    """Accept every first suggestion with at least the stated share of support."""
    share = request.form.get("share", DEFAULT_SHARE, type=int)
    placed = placing.accept_supported(
        cycle_id=cycle_id, share_percent=share, actor=current_actor(), moment=clock.now()
    )
    db.session.commit()
    flash(f"{len(placed)} suggestions accepted. Each can be undone below.", "success")
    return see_other(url_for("statements.areas", cycle_id=cycle_id, show="decided"))


@statements.post("/areas/<uuid:statement_id>")
@opens_to(Door.CONVENER)
def place(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Decide on one statement, or take the decision back."""
    statement = load(CapabilityStatement, cycle_id, statement_id)
    filters = read_queue_filters(dict(parse_qsl(request.form.get("back", ""))))
    try:
        _decide(statement, request.form)
    except Invalid as refusal:
        db.session.rollback()
        return _shown(cycle_id, filters, str(refusal), 422)
    db.session.commit()
    if htmx:
        return _shown(cycle_id, filters)
    return see_other(url_for("statements.areas", cycle_id=cycle_id, **filters.query()))


def _shown(
    cycle_id: uuid.UUID, filters: QueueFilters, problem: str = "", status: int = 200
) -> Response:
    template = "statements/_area_queue.html" if htmx else "statements/areas.html"
    return page(template, status, page=queue_page(cycle_id, filters, problem))


def _decide(statement: CapabilityStatement, sent: Sent) -> None:
    action, version = sent.get("action", ""), sent.get("version", type=int)
    who, when = current_actor(), clock.now()
    if action == "undo":
        placing.undo_placing(statement=statement, actor=who, moment=when)
    elif action == "leave":
        placing.leave_without_area(statement=statement, actor=who, moment=when)
    elif action in ("1", "2", "3"):
        placing.accept_suggestion(
            statement=statement, position=int(action), version=version, actor=who, moment=when
        )
    else:
        area = find_area(sent.get("area", ""))
        if area is None:
            raise Invalid(f"Choose an area for {statement.code} from the list that opens.")
        placing.choose_area(statement=statement, area=area, version=version, actor=who, moment=when)
