"""The page behind the link of a reminder that went to an owner outside the cycle."""

from dataclasses import dataclass

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, opens_to
from cycles.core.extensions import csrf, db
from cycles.core.pages import page, see_other
from cycles.setup.queries import get_cycle
from reports.actions.models import ActionReminder
from reports.actions.reminding.stopping import (
    STOP_PATH,
    is_stopped,
    reminder_behind,
    start_reminders,
    stop_reminders,
)

ONE_CLICK = ("List-Unsubscribe", "One-Click")
action_reminders = Blueprint("action_reminders", __name__)


@dataclass(frozen=True)
class StopPage:
    """What somebody who opened the link is told."""

    cycle_title: str
    is_stopped: bool
    start_href: str


def _shown(reminder: ActionReminder, token: str) -> Response:
    return page(
        "actions/stop.html",
        page=StopPage(
            cycle_title=get_cycle(reminder.cycle_id).title,
            is_stopped=is_stopped(reminder),
            start_href=url_for("action_reminders.start", token=token),
        ),
    )


@action_reminders.get(f"{STOP_PATH}<token>")
@opens_to(Door.PUBLIC)
def open_stop(token: str) -> Response:
    """Say what the button does. Opening the page changes nothing: scanners open links too."""
    return _shown(reminder_behind(token), token)


# Mail programs post here by themselves (RFC 8058), from no page of ours and with no cookie, so
# they cannot have our token. The signed address is what allows it, and stopping reminders is all
# that it allows. A form of ours sends its token as every other does.
@csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF has no types
@action_reminders.post(f"{STOP_PATH}<token>")
@opens_to(Door.PUBLIC)
def stop(token: str) -> BaseResponse:
    """Stop reminders: by the button of the page, or by the button of a mail program."""
    is_one_click = request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]
    if not is_one_click:
        csrf.protect()
    reminder = reminder_behind(token)
    stop_reminders(reminder=reminder, moment=clock.now())
    db.session.commit()
    # RFC 8058 forbids to answer a mail program with a redirect.
    if is_one_click:
        return _shown(reminder, token)
    return see_other(url_for("action_reminders.open_stop", token=token))


@action_reminders.post(f"{STOP_PATH}<token>/start")
@opens_to(Door.PUBLIC)
def start(token: str) -> BaseResponse:
    """Let reminders come again."""
    start_reminders(reminder=reminder_behind(token), moment=clock.now())
    db.session.commit()
    return see_other(url_for("action_reminders.open_stop", token=token))
