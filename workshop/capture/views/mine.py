"""Changing or withdrawing a statement of my own, while nobody has settled it."""

import uuid

from flask import Response, abort, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.classification.queries import areas
from cycles.core import clock
from cycles.core.access import Door, current_actor, current_place, load, opens_to
from cycles.core.errors import Closed, Conflict, DomainError, Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.setup.queries import partners_of
from cycles.statements import commands
from cycles.statements.comparing import ask_to_compare
from cycles.statements.forms import StatementForm, as_version
from cycles.statements.models import CapabilityStatement, StatementStatus
from workshop.capture.composing import filled_form, sent_form
from workshop.capture.room import hold_open
from workshop.capture.views import capture
from workshop.capture.views.composing_page import capture_page

UNKNOWN_VERSION = -1


@capture.get("/<uuid:statement_id>")
@opens_to(Door.TECHNOLOGIST)
def edit(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Show the form filled with my statement, or my list when it is settled by now."""
    statement = _mine(cycle_id, statement_id)
    if statement.status != StatementStatus.SUBMITTED:
        return see_other(url_for("capture.index", cycle_id=cycle_id))
    context = capture_page(cycle_id, filled_form(statement, areas()), statement)
    return page("capture/edit.html", page=context)


@capture.post("/<uuid:statement_id>")
@opens_to(Door.TECHNOLOGIST)
def amend(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Change my statement."""
    statement = _mine(cycle_id, statement_id)
    form = sent_form(cycle_id, areas())
    if request.form.get("action") == "look" or not form.validate():
        return _again(statement, form, 422 if form.errors else 200)
    try:
        hold_open(current_place())
        _amend(statement, form)
    except (Closed, Conflict, Invalid) as refusal:
        return _refused(statement, form, refusal)
    db.session.commit()
    flash(f"{statement.code} changed.", "success")
    return see_other(url_for("capture.index", cycle_id=cycle_id))


@capture.post("/<uuid:statement_id>/withdraw")
@opens_to(Door.TECHNOLOGIST)
def withdraw(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Take my statement back."""
    statement = _mine(cycle_id, statement_id)
    hold_open(current_place())
    commands.withdraw(statement=statement, actor=current_actor(), moment=clock.now())
    db.session.commit()
    flash(f"{statement.code} withdrawn. The facilitator can bring it back.", "success")
    return see_other(url_for("capture.index", cycle_id=cycle_id))


def _mine(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> CapabilityStatement:
    statement = load(CapabilityStatement, cycle_id, statement_id)
    if statement.submitted_by_id != current_place().participant_id:
        abort(404)
    return statement


def _amend(statement: CapabilityStatement, form: StatementForm) -> None:
    who, when = current_actor(), clock.now()
    version = as_version(form.version)
    commands.amend(
        statement=statement,
        text=form.text.data or "",
        area=form.chosen_area(areas()),
        partners=form.chosen_partners(partners_of(statement.cycle_id)),
        version=UNKNOWN_VERSION if version is None else version,
        actor=who,
        moment=when,
    )
    ask_to_compare(cycle_id=statement.cycle_id, actor=who, moment=when)


def _refused(statement: CapabilityStatement, form: StatementForm, refusal: DomainError) -> Response:
    form.refuse(refusal)
    db.session.rollback()
    return _again(statement, form, 422 if isinstance(refusal, Invalid) else 409)


def _again(statement: CapabilityStatement, form: StatementForm, status: int) -> Response:
    context = capture_page(statement.cycle_id, form, statement)
    return page("capture/edit.html", status, page=context)
