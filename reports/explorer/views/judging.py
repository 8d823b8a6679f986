"""Verdicts on matches, given in place on the pages that show them."""

import uuid
from http import HTTPStatus

from flask import request
from werkzeug.wrappers import Response

from cycles.core.access import Door, load, opens_to
from cycles.core.extensions import db
from cycles.statements.models import CapabilityStatement
from reports.explorer.carrying import judged_at
from reports.explorer.look import Way
from reports.explorer.views import explorer, serving
from reports.reviewing.posted import obey


@explorer.post("/verdicts/<uuid:statement_id>/<uuid:duty_id>")
@opens_to(Door.REVIEWER)
def judge(cycle_id: uuid.UUID, statement_id: uuid.UUID, duty_id: uuid.UUID) -> Response:
    """Take a verdict on a match or take one's own back, and show the page as it then stands."""
    load(CapabilityStatement, cycle_id, statement_id)
    kind = serving.kind_of(request.form.get("on", ""))
    code = request.form.get("code", "")
    obey(cycle_id, statement_id, duty_id, request.form)
    db.session.commit()
    way = Way("explorer", {"cycle_id": cycle_id, "page_name": kind.name})
    query = judged_at(request.args)
    back = way.href("item", item_code=code, **query) if code else way.href("show", **query)
    # htmx follows this as a browser does, and takes from the page what it has to show anew.
    return Response("", HTTPStatus.SEE_OTHER, {"Location": back})
