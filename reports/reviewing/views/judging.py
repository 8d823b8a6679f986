"""One match at a time: show it, take a verdict on it, go on to the next."""

import uuid

from flask import request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core.access import Door, load, opens_to
from cycles.core.errors import Missing
from cycles.core.extensions import db, htmx
from cycles.core.pages import page, see_other
from cycles.statements.models import CapabilityStatement
from reports.mapping.verdicts import Pair
from reports.reviewing.filters import next_after, pair_of
from reports.reviewing.posted import WITHDRAW, obey
from reports.reviewing.views import reviewing
from reports.reviewing.views.desk import Desk, desk_of, strayed
from reports.reviewing.views.latest_panel import said_aloud
from reports.reviewing.views.match_page import match_page

JUST_JUDGED = {"after": "1"}
"""In the address of the match that comes after a decision: what it changed is shown in full."""


@reviewing.get("/<uuid:statement_id>/duties/<uuid:duty_id>")
@opens_to(Door.REVIEWER)
def match(cycle_id: uuid.UUID, statement_id: uuid.UUID, duty_id: uuid.UUID) -> BaseResponse:
    """Show one match, big enough to be judged on a phone."""
    load(CapabilityStatement, cycle_id, statement_id)
    if own_address := strayed():
        return see_other(own_address)
    desk = desk_of(cycle_id)
    if desk is None:
        return see_other(url_for("reviewing.queue", cycle_id=cycle_id))
    template = "reviewing/_match.html" if htmx else "reviewing/match.html"
    is_after = "after" in request.args
    return page(template, page=match_page(desk, (statement_id, duty_id), is_after=is_after))


@reviewing.post("/<uuid:statement_id>/duties/<uuid:duty_id>")
@opens_to(Door.REVIEWER)
def judge(cycle_id: uuid.UUID, statement_id: uuid.UUID, duty_id: uuid.UUID) -> BaseResponse:
    """Take a verdict on a match, or take one's own back."""
    load(CapabilityStatement, cycle_id, statement_id)
    obey(cycle_id, statement_id, duty_id, request.form)
    db.session.commit()
    is_undone = request.form.get("verdict") == WITHDRAW
    return _go_on(cycle_id, (statement_id, duty_id), is_undone=is_undone)


def _go_on(cycle_id: uuid.UUID, judged: Pair, *, is_undone: bool) -> BaseResponse:
    """Go on to the next open match; back to this one where a verdict was taken back."""
    desk = desk_of(cycle_id)
    if desk is None:
        raise Missing("There is no run of map and gap yet.")
    following = judged if is_undone else _following(desk, judged)
    if following is None:
        return see_other(desk.href("reviewing.queue", **JUST_JUDGED))
    kept = {} if is_undone else JUST_JUDGED
    if not htmx:
        return see_other(desk.match_href(following, **kept, _anchor="match"))
    aloud = said_aloud(desk, None if is_undone else judged, following)
    shown = match_page(desk, following, is_after=not is_undone, announcement=aloud)
    answer = page("reviewing/_match.html", page=shown)
    answer.headers["HX-Push-Url"] = desk.match_href(following, **kept)
    return answer


def _following(desk: Desk, judged: Pair) -> Pair | None:
    found = next_after(desk.queue, judged, desk.filters, desk.own)
    return pair_of(found) if found else None
