"""Near duplicates side by side, within the cycle and against the library, and what is decided."""

import uuid
from typing import Any

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.errors import Invalid, Missing
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.core.jobs.outcomes import leads_to
from cycles.core.pages import page, see_other
from cycles.library.models import LibraryStatement
from cycles.statements import adopting, commands, comparing, likeness
from cycles.statements.forms import as_id
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import library_records
from cycles.statements.views import statements
from cycles.statements.views.alike_page import alike_page, library_alike_page, read_percent

NOBODY = uuid.UUID(int=0)


@leads_to(comparing.KIND, "Comparing the statements of a cycle", "See the near duplicates")
def _place_of_pairs(job: Job) -> str:
    return url_for("statements.alike", cycle_id=job.cycle_id)


@leads_to(likeness.KIND, "Comparing statements with the library", "See the near duplicates")
def _place_of_library_pairs(job: Job) -> str:
    return url_for("statements.alike_library", cycle_id=job.cycle_id)


@statements.get("/alike")
@opens_to(Door.CONVENER)
def alike(cycle_id: uuid.UUID) -> Response:
    """Show the pairs within the cycle."""
    asked = read_percent(request.args.get("from", ""))
    return page("statements/alike.html", page=alike_page(cycle_id, asked))


@statements.get("/alike/library")
@opens_to(Door.CONVENER)
def alike_library(cycle_id: uuid.UUID) -> Response:
    """Show the pairs of statements and library records."""
    asked = read_percent(request.args.get("from", ""))
    return page("statements/alike_library.html", page=library_alike_page(cycle_id, asked))


@statements.post("/alike/compare")
@opens_to(Door.CONVENER)
def compare(cycle_id: uuid.UUID) -> BaseResponse:
    """Ask the worker to compare the statements, with each other or with the library."""
    is_with_library = request.form.get("against") == "library"
    ask = likeness.ask_to_compare_library if is_with_library else comparing.ask_to_compare
    job = ask(cycle_id=cycle_id, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return see_other(url_for("jobs.progress", job_id=job.id))


@statements.post("/alike/settle")
@opens_to(Door.CONVENER)
def settle(cycle_id: uuid.UUID) -> BaseResponse:
    """Merge one statement of a pair into the other, keep both, or take that back."""
    first, second = _sent(cycle_id, "first"), _sent(cycle_id, "second")
    who, when = current_actor(), clock.now()
    action = request.form.get("action")
    if action == "keep both":
        comparing.keep_both(first=first, second=second, actor=who, moment=when)
        told = f"{first.code} and {second.code} stay two statements."
    elif action == "take back":
        comparing.take_back_both(first=first, second=second, actor=who, moment=when)
        told = f"{first.code} and {second.code} are shown as a pair again."
    else:
        version = request.form.get("version", type=int)
        commands.merge(statement=first, into=second, version=version, actor=who, moment=when)
        told = f"{first.code} was merged into {second.code}. You can restore it below."
    db.session.commit()
    flash(told, "success")
    return see_other(url_for("statements.alike", cycle_id=cycle_id, **_asked()))


@statements.post("/alike/library/<uuid:statement_id>")
@opens_to(Door.CONVENER)
def settle_library(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Take a record's wording, give the author's back, or set the pair aside."""
    statement = load(CapabilityStatement, cycle_id, statement_id)
    try:
        told = _settle_with_record(statement, request.form.get("action", ""))
    except Invalid as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    else:
        db.session.commit()
        flash(told, "success")
    return see_other(url_for("statements.alike_library", cycle_id=cycle_id, **_asked()))


def _settle_with_record(statement: CapabilityStatement, action: str) -> str:
    who, when = current_actor(), clock.now()
    if action == "give back":
        adopting.give_wording_back(statement=statement, actor=who, moment=when)
        return f"{statement.code} has its author's wording again."
    record = _record()
    if action == "ignore":
        adopting.ignore_likeness(statement=statement, record=record, actor=who, moment=when)
        return f"{statement.code} and that record are no longer shown as a pair."
    if action == "notice":
        adopting.notice_likeness(statement=statement, record=record, actor=who, moment=when)
        return f"{statement.code} and that record are shown as a pair again."
    version = request.form.get("version", type=int)
    adopting.adopt_wording(
        statement=statement, record=record, version=version, actor=who, moment=when
    )
    return f"{statement.code} has the library's wording. The author's stays in the trail."


def _sent(cycle_id: uuid.UUID, name: str) -> CapabilityStatement:
    # A field that holds no id names no statement: the nil id finds none, so the answer is 404.
    return load(CapabilityStatement, cycle_id, as_id(request.form.get(name)) or NOBODY)


def _record() -> LibraryStatement:
    found = library_records([as_id(request.form.get("record")) or NOBODY])
    if not found:
        raise Missing("The library does not have this record any more.")
    return found[0]


def _asked() -> dict[str, Any]:
    asked = read_percent(request.form.get("from", ""))
    return {"from": str(asked)} if asked else {}
