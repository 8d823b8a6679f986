"""Signing in and out. The administrator's list of accounts is in ``administration``."""

import logging
from dataclasses import dataclass

from flask import Blueprint, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from cycles.accounts import commands, visitor
from cycles.accounts.forms import SignInForm
from cycles.accounts.queries import live_link
from cycles.core import clock, mail
from cycles.core.access import Door, current_actor, opens_to
from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.core.forms import Form
from cycles.core.mail import Letter
from cycles.core.pages import page, see_other
from cycles.core.reading import start_over

log = logging.getLogger(__name__)

accounts = Blueprint("accounts", __name__)
visitor.bind(accounts)


@dataclass(frozen=True)
class SignInPage:
    """The form that asks for an address."""

    form: SignInForm


@dataclass(frozen=True)
class LinkSentPage:
    """What everybody is told, whether or not the address has an account."""

    minutes: int
    mailbox: str | None


@dataclass(frozen=True)
class LinkPage:
    """The page behind a mailed link: a button, because mail scanners open links too."""

    form: Form
    name: str
    email: str


@accounts.route("/sign-in", methods=["GET", "POST"])
@opens_to(Door.PUBLIC)
def ask_for_link() -> Response:
    """Ask for an address, and mail a link to it if it has an account."""
    form = SignInForm(next_path=request.args.get("next", ""))
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return page("accounts/sign_in.html", status, page=SignInPage(form))
    letter = commands.mail_link(
        email=form.email.data or "",
        next_path=visitor.safe_path(form.next_path.data or "") or "/",
        ip=request.remote_addr or "",
        moment=clock.now(),
    )
    db.session.commit()
    _deliver(letter)
    return see_other(url_for("accounts.link_sent"))


def _deliver(letter: Letter | None) -> None:
    """Send, and answer alike when the mail server fails: an error would tell who has an account."""
    try:
        if letter is not None:
            mail.send(letter)
    except OSError:
        log.exception("a sign-in link could not be mailed")


@accounts.get("/sign-in/sent")
@opens_to(Door.PUBLIC)
def link_sent() -> Response:
    """Say that a link is on its way if the address is known."""
    minutes = int(commands.LINK_LASTS.total_seconds() // 60)
    return page("accounts/link_sent.html", page=LinkSentPage(minutes, visitor.mailbox_folder()))


@accounts.get("/sign-in/<token>")
@opens_to(Door.PUBLIC)
def open_link(token: str) -> Response:
    """Show the button that signs in. Opening the page neither uses the link nor signs in."""
    link = live_link(token, clock.now())
    if link is None:
        return link_has_ended()
    return page(
        "accounts/open_link.html", page=LinkPage(Form(), link.account.name, link.account.email)
    )


@accounts.post("/sign-in/<token>")
@opens_to(Door.PUBLIC)
def use_link(token: str) -> Response:
    """Use the link up and open a session in this browser."""
    moment = clock.now()
    try:
        link, opened = commands.sign_in(token=token, moment=moment)
    except Missing:
        return link_has_ended()
    old = visitor.current_token()
    if old is not None:
        commands.revoke_session(token=old, moment=moment)
    db.session.commit()
    visitor.welcome(link.account, opened)
    return see_other(visitor.safe_path(link.next_path) or "/")


def link_has_ended() -> Response:
    """Return the one page for used, expired, revoked, tampered and unknown links."""
    start_over()
    return page("accounts/link_ended.html", 410, page=None)


@accounts.post("/sign-out")
@opens_to(Door.PUBLIC)
def sign_out() -> Response:
    """End the session here and on the server; signing out twice does no harm."""
    if current_user.is_authenticated:
        commands.end_session(token=current_user.token, actor=current_actor(), moment=clock.now())
        db.session.commit()
    visitor.farewell()
    return see_other(url_for("home.start"))


from cycles.accounts import administration  # noqa: E402,F401 - adds its routes
