"""Who is asking: the signed-in visitor of a request, for Flask-Login, and its transaction.

The cookie holds the session's token; whether it still counts is decided here, on the server.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlsplit

from flask import Blueprint, Request, current_app, request, session, url_for
from flask_login import UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from cycles.accounts import commands
from cycles.accounts.models import Account
from cycles.accounts.queries import LiveSession, if_live, live_session
from cycles.core import clock
from cycles.core.access import Place, place_of
from cycles.core.extensions import db, htmx, sign_in
from cycles.core.pages import see_other
from cycles.core.reading import begin_reading, begin_writing, begins_by_reading

TOUCHES_EVERY = timedelta(minutes=1)
LONGEST_NEXT = 500
# Where the cookie keeps what somebody called themselves who came with a room's code.
JOINED_AS = "joined_as"
# These answer, or say what is wrong, while the database does not.
WITHOUT_DATABASE = frozenset({"static", "home.healthz", "home.readyz"})

# Flask-Login would tie the session to address and browser; phones change both in mid-workshop.
sign_in.session_protection = None


@dataclass(frozen=True)
class Visit:
    """A session, and the place that its account holds in the cycle that the request names."""

    opened: LiveSession
    cycle_id: uuid.UUID
    place: Place | None


VisitFinder = Callable[[str, uuid.UUID], Visit | None]
_visit_finders: list[VisitFinder] = []


def finds_visits(finder: VisitFinder) -> VisitFinder:
    """Register the function that finds a token's session and place at once."""
    _visit_finders[:] = [finder]
    return finder


class Visitor(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """A person with a live session.

    ``cycle_id`` is the one cycle that the session is confined to, None where it is not: whoever
    came with a room's code has proved no address, so an account's rights stay out of reach.
    """

    def __init__(self, token: str, opened: LiveSession, visit: Visit | None = None) -> None:
        self.token = token
        self.visit = visit
        self.opened = opened
        self.account_id = opened.account_id
        self.cycle_id = opened.cycle_id
        self.last_seen_at = opened.last_seen_at

    @cached_property
    def account(self) -> Account:
        """Return the account's row. Most requests need no more than its id and its name."""
        return db.session.get_one(Account, self.account_id)

    def place_in(self, cycle_id: uuid.UUID) -> Place | None:
        """Return the place that the account holds in a cycle, whatever the session reaches."""
        if self.visit is not None and self.visit.cycle_id == cycle_id:
            return self.visit.place
        return place_of(cycle_id, self.account_id)

    def get_id(self) -> str:
        """Return what the cookie keeps: the session's token, never the account's id."""
        return self.token

    @property
    def name(self) -> str:
        """Return what to call this person.

        Who came with a room's code is called what they called themselves: the account of the
        address they typed may be somebody else's, and its name is not theirs to read.
        """
        is_confined = self.cycle_id is not None
        return str(session.get(JOINED_AS, "Participant")) if is_confined else self.opened.name

    @property
    def is_administrator(self) -> bool:
        """Say whether this session may administer."""
        return self.cycle_id is None and self.opened.is_administrator

    @property
    def may_start_cycles(self) -> bool:
        """Say whether this session may start a cycle."""
        return self.is_administrator or (self.cycle_id is None and self.opened.may_convene)


@sign_in.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
def find_visitor(token: str) -> Visitor | None:
    """Return the visitor of a cookie's token, or None when the session has ended."""
    cycle_id = (request.view_args or {}).get("cycle_id")
    if cycle_id is None:
        opened = live_session(token, clock.now())
        return None if opened is None else Visitor(token, opened)
    visit = _visit_finders[0](token, cycle_id)
    opened = None if visit is None else if_live(visit.opened, clock.now())
    return None if opened is None else Visitor(token, opened, visit)


def bind(blueprint: Blueprint) -> None:
    """Begin every request of the application in the right transaction."""

    @blueprint.before_app_request
    def begin() -> None:
        if request.endpoint in WITHOUT_DATABASE:
            return
        if begins_by_reading():
            begin_reading()
        if current_user.is_authenticated and _is_due(current_user):
            _touch(current_user)


def _is_due(visitor: Visitor) -> bool:
    is_poll = "seen" in request.args or "X-Pulse" in request.headers
    return not is_poll and clock.now() - visitor.last_seen_at >= TOUCHES_EVERY


def _touch(visitor: Visitor) -> None:
    """Write "last seen" in a transaction of its own, before the request's own begins."""
    if begins_by_reading():
        begin_writing()
    commands.touch_session(token=visitor.token, moment=clock.now())
    db.session.commit()
    if begins_by_reading():
        begin_reading()


@sign_in.unauthorized_handler  # type: ignore[untyped-decorator]  # Flask-Login has no types
def send_to_sign_in() -> Response:
    """Send an unknown visitor to sign in and, afterwards, back to where they were."""
    target = url_for("accounts.ask_for_link", next=_where_they_were(request) or None)
    return see_other(target)


def _where_they_were(asked: Request) -> str:
    if htmx or asked.method != "GET":
        here = urlsplit(asked.headers.get("HX-Current-URL") or asked.referrer or "")
        is_ours = here.netloc == asked.host
        return safe_path(f"{here.path}?{here.query}".rstrip("?")) if is_ours else ""
    return safe_path(asked.full_path.rstrip("?"))


def safe_path(path: str) -> str:
    """Return ``path`` when it is a path of this site, else nothing.

    Browsers read ``//host`` and ``/\\host`` as another site, and drop tabs and line breaks first.
    """
    is_local = path.startswith("/") and not path.startswith(("//", "/\\"))
    is_plain = path.isprintable() and "\\" not in path and len(path) <= LONGEST_NEXT
    return path if is_local and is_plain else ""


def welcome(account: Account, token: str) -> None:
    """Give this browser the new session's cookie and nothing of the old one's."""
    session.clear()
    session.permanent = True
    opened = live_session(token, clock.now())
    if opened is None:
        raise RuntimeError(f"the session of account {account.id} was not opened first")
    login_user(Visitor(token, opened))


def farewell() -> None:
    """Forget the session in this browser."""
    logout_user()
    session.clear()


def current_token() -> str | None:
    """Return the token of the visitor's session, if there is one."""
    return current_user.token if current_user.is_authenticated else None


def mailbox_folder() -> str | None:
    """Return where development's mail is written, or None where mail is sent."""
    settings = current_app.extensions["pythia_settings"]
    if not settings.shows_sign_in_links or settings.mail_server:
        return None
    return str(settings.instance / "mail")
