"""The waiting room: its page, the fragment that asks again, and the way in once let in."""

from flask import make_response, request, url_for
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, opens_to
from cycles.core.pages import page, see_other
from workshop.joining.arriving import enter as enter_room
from workshop.joining.models import Arrival
from workshop.joining.pages import waiting_page
from workshop.joining.queries import arrival_by_token, room_of_workshop
from workshop.joining.views import joining
from workshop.joining.views.coming import go_on
from workshop.joining.views.device import held_token, own_account

OVER = 286  # pulse.js shows the fragment once more, then asks no further


def _own_arrival() -> Arrival | None:
    """Return the arrival that this browser stands for: its cookie tells, never the address."""
    return arrival_by_token(held_token())


@joining.get("/join/<code>/waiting")
@opens_to(Door.PUBLIC)
def waiting(code: str) -> Response:
    """Show that the facilitator has been told, until somebody lets this person in."""
    arrival = _own_arrival()
    if arrival is None:
        return see_other(url_for("joining.ask", code=code))
    shown = waiting_page(arrival, room_of_workshop(arrival.workshop_id), code)
    return page("joining/waiting.html", page=shown)


@joining.get("/join/<code>/waiting/state")
@opens_to(Door.PUBLIC)
def waiting_state(code: str) -> Response:
    """Answer the page's question whether this person has been let in."""
    arrival = _own_arrival()
    if arrival is None:
        return see_other(url_for("joining.ask", code=code))
    shown = waiting_page(arrival, room_of_workshop(arrival.workshop_id), code)
    if shown.is_waiting and request.args.get("seen") == shown.seen:
        return make_response("", 204)
    return page("joining/_waiting.html", 200 if shown.is_waiting else OVER, page=shown)


@joining.post("/join/<code>/enter")
@opens_to(Door.PUBLIC)
def enter(code: str) -> Response:
    """Go in, once let in: take the place and go on to the questions."""
    token = held_token()
    arrival = _own_arrival()
    room = room_of_workshop(arrival.workshop_id) if arrival else None
    if room is None:
        return see_other(url_for("joining.ask", code=code))
    came = enter_room(room=room, token=token, own_account=own_account(), moment=clock.now())
    return go_on(room, came, token)
