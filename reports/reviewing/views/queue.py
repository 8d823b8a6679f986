"""The queue of matches to review."""

import uuid

from flask import request
from werkzeug.wrappers import Response as BaseResponse

from cycles.core.access import Door, opens_to
from cycles.core.pages import page, see_other
from reports.reviewing.views import reviewing
from reports.reviewing.views.desk import desk_of, strayed
from reports.reviewing.views.queue_page import before_the_first_run, queue_page


@reviewing.get("/")
@opens_to(Door.REVIEWER)
def queue(cycle_id: uuid.UUID) -> BaseResponse:
    """List the matches that matter most, in the order in which they are asked about."""
    if own_address := strayed():
        return see_other(own_address)
    desk = desk_of(cycle_id)
    shown = queue_page(desk, request.args) if desk else before_the_first_run(cycle_id)
    return page("reviewing/queue.html", page=shown)
