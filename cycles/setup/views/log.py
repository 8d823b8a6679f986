"""The page of the audit log."""

import uuid

from flask import request
from werkzeug.wrappers import Response

from cycles.core.access import Door, opens_to
from cycles.core.pages import page
from cycles.setup.log import count_events, names_of_actors, page_of_events
from cycles.setup.pages.log import log_page
from cycles.setup.queries import get_cycle
from cycles.setup.views import cycle


@cycle.get("/<uuid:cycle_id>/audit")
@opens_to(Door.CONVENER)
def audit(cycle_id: uuid.UUID) -> Response:
    """Show what changed in the cycle, by whom and when."""
    number = min(max(1, request.args.get("page", 1, type=int)), 10_000)
    events = page_of_events(cycle_id, number)
    total = count_events(cycle_id)
    context = log_page(get_cycle(cycle_id), events, names_of_actors(events), total, number)
    return page("cycle/audit.html", page=context)
