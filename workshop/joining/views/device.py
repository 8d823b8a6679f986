"""What this browser keeps about joining in its signed cookie, and who is signed in here."""

import secrets

from flask import session
from flask_login import current_user

from cycles.accounts import visitor
from cycles.accounts.models import Account
from cycles.core.access import Place, find_place
from workshop.joining.arriving import Coming
from workshop.joining.queries import Room

DEVICE, ARRIVAL = "device", "arrival"


def device_token() -> str:
    """Return what tells this browser from others in the room, given to it now if new."""
    token: str = session.setdefault(DEVICE, secrets.token_urlsafe(16))
    return token


def held_token() -> str:
    """Return the token of the arrival that this browser waits for, or nothing."""
    token: str = session.get(ARRIVAL, "")
    return token


def keep_token(token: str) -> None:
    """Remember which arrival this browser stands for."""
    session.permanent = True
    session[ARRIVAL] = token


def place_in(room: Room) -> Place | None:
    """Return the place that whoever is signed in here holds in the room's cycle."""
    return find_place(room.cycle.id) if current_user.is_authenticated else None


def own_account() -> Account | None:
    """Return who is signed in here with a mailed link, which proved their address."""
    is_proved = current_user.is_authenticated and current_user.cycle_id is None
    return current_user.account if is_proved else None


def start_session(coming: Coming, token: str) -> None:
    """Sign in whoever came in, and remember the device across the change of session."""
    if coming.participant is None or coming.session_token is None:
        return
    device = device_token()
    visitor.welcome(coming.participant.account, coming.session_token)
    session[DEVICE] = device
    session[visitor.JOINED_AS] = coming.name
    keep_token(token)
