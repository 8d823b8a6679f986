"""How every decision on KSBs is answered: done and committed, or refused with what was sent."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import current_actor, current_place, load
from cycles.core.errors import Conflict, Invalid
from cycles.core.extensions import db, htmx
from cycles.core.pages import page, see_other
from cycles.ksbs.desk import Desk
from cycles.ksbs.queue import Stop, next_in, next_stop
from cycles.ksbs.queue_pages import queue_page
from cycles.ksbs.review_pages import Slip
from cycles.ksbs.views.assembling import current_desk, review_page, sit_href
from cycles.statements.models import CapabilityStatement


@dataclass(frozen=True)
class Asked:
    """What a form asked about: the KSB (None: a new one) and the part of the page it sits in.

    ``goes_on`` says that the sitting moves to the next KSB once it is done.
    """

    ksb_id: uuid.UUID | None = None
    part: str = ""
    goes_on: bool = True


def by_whom() -> dict[str, Any]:
    """Return who acts and when, for the commands."""
    return {"actor": current_actor(), "moment": clock.now()}


def by_reviewer() -> dict[str, Any]:
    """Return who reviews and when, for the commands."""
    return {"participant_id": current_place().participant_id, **by_whom()}


def answer(statement: CapabilityStatement, asked: Asked, work: Callable[[], str]) -> BaseResponse:
    """Do the work and commit, or show its refusal with what stands now and what was sent."""
    try:
        said = work()
    except (Invalid, Conflict) as refusal:
        db.session.rollback()
        return _refused(statement, asked, refusal)
    db.session.commit()
    return _go_on(statement, asked, said)


def _refused(statement: CapabilityStatement, asked: Asked, refusal: Invalid | Conflict) -> Response:
    problems = refusal.problems if isinstance(refusal, Invalid) else {}
    sentence = next(iter(problems.values()), str(refusal))
    if isinstance(refusal, Conflict) and asked.part:
        sentence += " What you typed is kept below: send it again to put it in that place."
    sent = request.form.get("reason" if asked.part == "settle" else "text", "")
    slip = Slip(asked.ksb_id, sentence, asked.part, request.form.get("kind", ""), sent)
    desk = current_desk(statement.cycle_id)
    shown = review_page(statement, desk, focus=asked.ksb_id, slip=slip)
    if htmx:
        return page("ksbs/_review.html", 422, page=shown)
    if desk is None:
        return page("ksbs/show.html", 422, page=shown)
    return page("ksbs/queue.html", 422, page=queue_page(desk, shown, None))


def _go_on(statement: CapabilityStatement, asked: Asked, said: str) -> BaseResponse:
    """Go on to what comes next in a sitting, else back to the KSB that was decided."""
    desk = current_desk(statement.cycle_id)
    if desk is None or not asked.goes_on:
        return show_again(statement, desk, asked.ksb_id, said)
    stop = desk.stop_of(statement.id)
    focus = next_in(stop, asked.ksb_id, desk.filters.show) if asked.ksb_id else _first(stop)
    if focus is not None:
        return show_again(statement, desk, focus, said)
    following = next_stop(desk.stops, statement.id)
    if following is None:
        return see_other(url_for("ksbs.queue", cycle_id=statement.cycle_id, **desk.filters.query()))
    next_one = load(CapabilityStatement, statement.cycle_id, following.statement_id)
    return show_again(next_one, desk, _first(following), said)


def _first(stop: Stop) -> uuid.UUID | None:
    return next(iter(stop.open_ids), None)


def show_again(
    statement: CapabilityStatement, desk: Desk | None, focus: uuid.UUID | None, said: str
) -> BaseResponse:
    """Show a capability after a decision: in place, or at its own address."""
    if htmx:
        shown = review_page(statement, desk, focus=focus, said=said)
        answered = page("ksbs/_review.html", page=shown)
        if desk is not None:
            answered.headers["HX-Push-Url"] = sit_href(desk, statement.id)
        return answered
    anchor: dict[str, Any] = {"_anchor": f"ksb-{focus}"} if focus else {}
    if desk is not None:
        return see_other(sit_href(desk, statement.id, **anchor))
    flash(said, "success")
    ids = {"cycle_id": statement.cycle_id, "statement_id": statement.id}
    return see_other(url_for("ksbs.show", **{**ids, **anchor}))
