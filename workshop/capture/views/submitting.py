"""Submitting a statement, and the two fragments that help while it is typed."""

import uuid

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.classification.queries import areas
from cycles.core import clock
from cycles.core.access import Door, current_actor, current_place, opens_to
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.semantics.service.asking import wake
from cycles.setup.queries import get_cycle, partners_of
from cycles.statements.commands import submit_statement
from cycles.statements.comparing import ask_to_compare
from cycles.statements.forms import StatementForm, as_id
from cycles.statements.models import CapabilityStatement
from workshop.capture.composing import fresh_form, narrow, sent_form, used_record
from workshop.capture.pages import areas_fragment
from workshop.capture.room import hold_open
from workshop.capture.views import capture
from workshop.capture.views.composing_page import capture_page, nearest_fragment

LONGEST_QUERY = 400


@capture.get("/")
@opens_to(Door.TECHNOLOGIST)
def index(cycle_id: uuid.UUID) -> Response:
    """Show the form and my statements."""
    # Whoever opens the form is about to type.
    wake()
    form = fresh_form(cycle_id, areas())
    return page("capture/index.html", page=capture_page(cycle_id, form))


@capture.post("/")
@opens_to(Door.TECHNOLOGIST)
def submit(cycle_id: uuid.UUID) -> BaseResponse:
    """Submit the statement; the other two buttons only look, without saving."""
    form = sent_form(cycle_id, areas())
    if request.form.get("action") == "look" or not form.validate():
        status = 422 if form.errors else 200
        return page("capture/index.html", status, page=capture_page(cycle_id, form))
    try:
        hold_open(current_place())
        statement = _submit(cycle_id, form)
    except (Closed, Invalid) as refusal:
        form.refuse(refusal)
        status = 409 if isinstance(refusal, Closed) else 422
        db.session.rollback()
        return page("capture/index.html", status, page=capture_page(cycle_id, form))
    db.session.commit()
    flash(f"{statement.code} submitted. The facilitator will look at it.", "success")
    return see_other(url_for("capture.index", cycle_id=cycle_id, like=statement.id))


@capture.get("/nearest")
@opens_to(Door.TECHNOLOGIST)
def nearest(cycle_id: uuid.UUID) -> Response:
    """Show what is near to the text that is being typed."""
    text = request.args.get("text", "")[:LONGEST_QUERY]
    but = as_id(request.args.get("but"))
    return page("capture/_nearest.html", page=nearest_fragment(cycle_id, text, but))


@capture.get("/areas")
@opens_to(Door.TECHNOLOGIST)
def find_areas(cycle_id: uuid.UUID) -> Response:
    """Show the areas that match what is typed, the chosen one among them."""
    everything = areas()
    form = fresh_form(cycle_id, everything)
    asked = request.args.get("find", "").strip()[:LONGEST_QUERY]
    found = narrow(form, everything, asked)
    return page("capture/_areas.html", page=areas_fragment(form, found, everything, asked))


def _submit(cycle_id: uuid.UUID, form: StatementForm) -> CapabilityStatement:
    who, when = current_actor(), clock.now()
    statement = submit_statement(
        cycle=get_cycle(cycle_id),
        text=form.text.data or "",
        actor=who,
        moment=when,
        area=form.chosen_area(areas()),
        partners=form.chosen_partners(partners_of(cycle_id)),
        participant_id=current_place().participant_id,
        library_statement=used_record(form),
    )
    ask_to_compare(cycle_id=cycle_id, actor=who, moment=when)
    return statement
