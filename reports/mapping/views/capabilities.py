"""Capabilities matched to provision: the list, one capability, and judging its matches."""

import uuid

from flask import request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core.access import Door, load, opens_to
from cycles.core.extensions import db, htmx
from cycles.core.pages import page, see_other
from cycles.statements.models import CapabilityStatement
from reports.mapping.selection import read_selection
from reports.mapping.views import mapping
from reports.mapping.views.capability_pages import (
    capabilities_page,
    capability_page,
    judged_card,
    unsupported_page,
)
from reports.mapping.views.frame import frame_of
from reports.reviewing.posted import obey


def _before_the_first_run(cycle_id: uuid.UUID) -> BaseResponse:
    return see_other(url_for("mapping.overview", cycle_id=cycle_id))


@mapping.get("/capabilities")
@opens_to(Door.MEMBER)
def capabilities(cycle_id: uuid.UUID) -> BaseResponse:
    """List the capabilities with their best matches."""
    frame = frame_of(cycle_id)
    if frame is None:
        return _before_the_first_run(cycle_id)
    return page("mapping/capabilities.html", page=capabilities_page(frame, request.args))


@mapping.get("/unsupported")
@opens_to(Door.MEMBER)
def unsupported(cycle_id: uuid.UUID) -> BaseResponse:
    """List the capabilities that no duty of the framework matches."""
    frame = frame_of(cycle_id)
    if frame is None:
        return _before_the_first_run(cycle_id)
    return page("mapping/unsupported.html", page=unsupported_page(frame, request.args))


@mapping.get("/capabilities/<uuid:statement_id>")
@opens_to(Door.MEMBER)
def capability(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Show one capability with more of its matches."""
    load(CapabilityStatement, cycle_id, statement_id)
    frame = frame_of(cycle_id)
    if frame is None:
        return _before_the_first_run(cycle_id)
    return page("mapping/capability.html", page=capability_page(frame, statement_id))


@mapping.post("/capabilities/<uuid:statement_id>/duties/<uuid:duty_id>")
@opens_to(Door.REVIEWER)
def judge(cycle_id: uuid.UUID, statement_id: uuid.UUID, duty_id: uuid.UUID) -> BaseResponse:
    """Give a verdict on a match, or take one's own back."""
    load(CapabilityStatement, cycle_id, statement_id)
    obey(cycle_id, statement_id, duty_id, request.form)
    db.session.commit()
    if htmx:
        return page("mapping/_capability.html", page=judged_card(cycle_id, statement_id))
    kept = read_selection(request.args).query()
    return see_other(
        url_for("mapping.capability", cycle_id=cycle_id, statement_id=statement_id, **kept)
    )
