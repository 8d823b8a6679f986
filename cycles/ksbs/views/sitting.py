"""One sitting through all the KSBs that wait for the reader, capability by capability."""

import uuid

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core.access import Door, current_place, load, opens_to
from cycles.core.errors import Invalid
from cycles.core.extensions import db, htmx
from cycles.core.pages import page, see_other
from cycles.ksbs import commands
from cycles.ksbs.desk import desk_of
from cycles.ksbs.queue import first_stop, read_filters
from cycles.ksbs.queue_pages import queue_page
from cycles.ksbs.views import ksbs
from cycles.ksbs.views.answering import by_reviewer, show_again
from cycles.ksbs.views.assembling import current_desk, latest_of, review_page, sit_href
from cycles.statements.models import CapabilityStatement


@ksbs.get("/queue")
@opens_to(Door.EDUCATOR)
def queue(cycle_id: uuid.UUID) -> BaseResponse:
    """Go to the first capability with something open; say so where nothing is."""
    desk = desk_of(cycle_id, current_place().participant_id, read_filters(request.args))
    first = first_stop(desk.stops)
    if first is not None:
        return see_other(sit_href(desk, first.statement_id))
    return page("ksbs/queue.html", page=queue_page(desk, None, latest_of(cycle_id, desk)))


@ksbs.get("/queue/<uuid:statement_id>")
@opens_to(Door.EDUCATOR)
def sit(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> Response:
    """Show one capability of the queue, with the first KSB that is open in focus."""
    statement = load(CapabilityStatement, cycle_id, statement_id)
    desk = desk_of(cycle_id, current_place().participant_id, read_filters(request.args))
    shown = review_page(statement, desk)
    if htmx:
        return page("ksbs/_review.html", page=shown)
    return page("ksbs/queue.html", page=queue_page(desk, shown, None))


@ksbs.post("/queue/undo")
@opens_to(Door.EDUCATOR)
def undo(cycle_id: uuid.UUID) -> BaseResponse:
    """Take back the reader's latest decision, and go where it was."""
    try:
        statement_id, ksb_id = commands.undo_last(cycle_id=cycle_id, **by_reviewer())
    except Invalid as refusal:
        db.session.rollback()
        flash(str(refusal), "warning")
        return see_other(url_for("ksbs.queue", cycle_id=cycle_id))
    db.session.commit()
    statement = load(CapabilityStatement, cycle_id, statement_id)
    return show_again(statement, current_desk(cycle_id), ksb_id, "Taken back.")
