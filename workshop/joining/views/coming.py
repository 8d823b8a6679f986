"""The code typed by hand, the form behind it, and what comes of sending it."""

import logging

from flask import Response, make_response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.accounts import visitor
from cycles.accounts.commands import revoke_session
from cycles.core import clock, mail
from cycles.core.access import Door, opens_to
from cycles.core.extensions import db
from cycles.core.mail import Letter
from cycles.core.pages import page, see_other
from cycles.people.models import Participant
from workshop.joining.arriving import Coming, Step, come, token_for
from workshop.joining.codes import picture_of, tidy_code
from workshop.joining.forms import CodeForm, JoinForm
from workshop.joining.landing import landing_in
from workshop.joining.limits import count_coming, count_wrong_code
from workshop.joining.pages import CodePage, join_page, stopped_page
from workshop.joining.queries import Room, arrival_by_token, room_of
from workshop.joining.seating import take_seat
from workshop.joining.views import joining
from workshop.joining.views.device import (
    device_token,
    held_token,
    keep_token,
    own_account,
    place_in,
    start_session,
)

log = logging.getLogger(__name__)

NO_ROOM = "No room has this code now. Check it, or ask the facilitator for the present one."


@joining.route("/join", methods=["GET", "POST"])
@opens_to(Door.PUBLIC)
def type_code() -> BaseResponse:
    """Ask for the code that is on the wall."""
    form = CodeForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return page("joining/code.html", status, page=CodePage(form))
    code = tidy_code(form.code.data or "")
    if room_of(code) is None:
        return _unknown(form, 422)
    return see_other(url_for("joining.ask", code=code))


def _unknown(form: CodeForm, status: int = 404) -> Response:
    count_wrong_code(ip=request.remote_addr or "", moment=clock.now())
    form.code.errors = [*form.code.errors, NO_ROOM]
    return page("joining/code.html", status, page=CodePage(form))


def no_room(code: str) -> Response:
    """Answer a code that opens nothing with the form to type it, counting the try."""
    return _unknown(CodeForm(formdata=None, code=code))


@joining.get("/join/<code>")
@opens_to(Door.PUBLIC)
def ask(code: str) -> BaseResponse:
    """Say who runs this, what is stored and who sees answers; ask for the few facts needed."""
    room = room_of(code)
    if room is None:
        return no_room(code)
    place = place_in(room)
    if place is not None:
        mine = db.session.get_one(Participant, place.participant_id)
        return see_other(landing_in(room.workshop, mine))
    arrival = arrival_by_token(held_token())
    is_here = arrival is not None and arrival.workshop_id == room.workshop.id
    if is_here and "again" not in request.args:
        return see_other(url_for("joining.waiting", code=code))
    device_token()
    return page("joining/join.html", page=join_page(room, JoinForm(room)))


@joining.post("/join/<code>")
@opens_to(Door.PUBLIC)
def join(code: str) -> BaseResponse:
    """Come in, or take a place among those who wait."""
    room = room_of(code)
    if room is None:
        return no_room(code)
    form = JoinForm(room)
    if not form.validate_on_submit():
        return page("joining/join.html", 422, page=join_page(room, form))
    comer, device, moment = form.comer(), device_token(), clock.now()
    count_coming(room=room, device=device, ip=request.remote_addr or "", moment=moment)
    token = token_for(room=room, email=comer.email, device=device)
    came = come(room=room, comer=comer, token=token, own_account=own_account(), moment=moment)
    return go_on(room, came, token)


def go_on(room: Room, came: Coming, token: str) -> BaseResponse:
    """Commit what came of it, and take the person where they go next.

    A place and a seat are two commits: in one, the database would tie the two together.
    """
    old = visitor.current_token()
    if old is not None and came.session_token is not None:
        revoke_session(token=old, moment=clock.now())
    db.session.commit()
    _deliver(came.letter)
    if came.participant is not None:
        take_seat(participant=came.participant, moment=clock.now())
        db.session.commit()
        start_session(came, token)
        return see_other(landing_in(room.workshop, came.participant))
    code = room.workshop.join_code or ""
    if came.step in (Step.WAITING, Step.REFUSED):
        keep_token(token)
        return see_other(url_for("joining.waiting", code=code))
    return see_other(url_for("joining.stopped", code=code, why=came.step.value))


def _deliver(letter: Letter | None) -> None:
    """Send, and answer alike when the mail server fails."""
    try:
        if letter is not None:
            mail.send(letter)
    except OSError:
        log.exception("a link could not be mailed to somebody who came with a code")


@joining.get("/join/<code>/<any('link-sent', 'withdrawn'):why>")
@opens_to(Door.PUBLIC)
def stopped(code: str, why: str) -> BaseResponse:
    """Say why the code does not let this person in, and what does."""
    room = room_of(code)
    if room is None:
        return no_room(code)
    return page("joining/stopped.html", page=stopped_page(room, Step(why)))


@joining.get("/join/<code>/qr.svg")
@opens_to(Door.PUBLIC)
def picture(code: str) -> BaseResponse:
    """Answer with the QR code: whoever knows the code may have its picture."""
    room = room_of(code)
    if room is None:
        return no_room(code)
    answer = make_response(picture_of(room.workshop.join_code or ""))
    answer.mimetype = "image/svg+xml"
    return answer
