"""The page behind the link of a reminder: stop reminders with one press, or start them again."""

from dataclasses import dataclass

from flask import request, url_for
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, opens_to
from cycles.core.extensions import csrf, db
from cycles.core.pages import page, see_other
from cycles.people.models import Participant
from cycles.setup.queries import get_cycle
from workshop.letters.commands import start_reminders, stop_reminders
from workshop.letters.stopping import STOP_PATH, reader_of
from workshop.letters.views import letters

ONE_CLICK = ("List-Unsubscribe", "One-Click")


@dataclass(frozen=True)
class StopPage:
    """What somebody who opened the link is told."""

    cycle_title: str
    is_stopped: bool
    start_href: str


def _shown(participant: Participant, token: str) -> Response:
    return page(
        "letters/stop.html",
        page=StopPage(
            cycle_title=get_cycle(participant.cycle_id).title,
            is_stopped=participant.reminders_stopped_at is not None,
            start_href=url_for("letters.start", token=token),
        ),
    )


@letters.get(f"{STOP_PATH}<token>")
@opens_to(Door.PUBLIC)
def open_stop(token: str) -> Response:
    """Say what the button does. Opening the page changes nothing: scanners open links too."""
    return _shown(reader_of(token), token)


# Mail programs post here by themselves (RFC 8058), from no page of ours and with no cookie, so
# they cannot have our token. The signed address is what allows it, and stopping reminders is all
# that it allows. A form of ours sends its token as every other does.
@csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF has no types
@letters.post(f"{STOP_PATH}<token>")
@opens_to(Door.PUBLIC)
def stop(token: str) -> Response:
    """Stop reminders: by the button of the page, or by the button of a mail program."""
    is_one_click = request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]
    if not is_one_click:
        csrf.protect()
    participant = reader_of(token)
    stop_reminders(participant=participant, moment=clock.now())
    db.session.commit()
    # RFC 8058 forbids to answer a mail program with a redirect.
    if is_one_click:
        return _shown(participant, token)
    return see_other(url_for("letters.open_stop", token=token))


@letters.post(f"{STOP_PATH}<token>/start")
@opens_to(Door.PUBLIC)
def start(token: str) -> Response:
    """Let reminders come again."""
    start_reminders(participant=reader_of(token), moment=clock.now())
    db.session.commit()
    return see_other(url_for("letters.open_stop", token=token))
