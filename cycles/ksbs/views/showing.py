"""The KSBs of one capability, to read and to review."""

import uuid

from flask import Response

from cycles.core.access import Door, load, opens_to
from cycles.core.pages import page
from cycles.ksbs.views import ksbs
from cycles.ksbs.views.assembling import review_page
from cycles.statements.models import CapabilityStatement


@ksbs.get("/<uuid:statement_id>")
@opens_to(Door.MEMBER)
def show(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> Response:
    """Show the KSBs of a capability."""
    statement = load(CapabilityStatement, cycle_id, statement_id)
    return page("ksbs/show.html", page=review_page(statement))
