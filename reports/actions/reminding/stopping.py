"""Stopping reminders for an owner who does not take part: the signed link, and two commands.

Participants stop all reminders of their cycle, with the link of ``workshop.letters.stopping``.
Whoever holds the letter is its reader, so the link asks for no sign-in. It can do nothing else.
"""

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update

from cycles.core import signing
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Missing
from cycles.core.extensions import db
from reports.actions.models import ActionReminder, Recommendation

STOPPED = EventType("action_reminders.stopped")
STARTED = EventType("action_reminders.started")
STOP_PATH = "/action-reminders/stop/"
PURPOSE = "actions.stop"


def outsiders_stop_address(reminder_id: uuid.UUID) -> str:
    """Return the full address that stops reminders to whoever this one went to."""
    token = signing.token_of(reminder_id, purpose=PURPOSE)
    return signing.full_address(f"{STOP_PATH}{token}")


def reminder_behind(token: str) -> ActionReminder:
    """Return the reminder that a link was in. Raises ``Missing`` for one that was not made here."""
    reminder_id = signing.id_behind(token, purpose=PURPOSE)
    if reminder_id is None:
        raise Missing("This link is not whole. Copy all of it from the letter.")
    found = db.session.scalar(select(ActionReminder).where(ActionReminder.id == reminder_id))
    if found is None:
        # Its owner may have others, and be reminded of those.
        raise Missing(
            "This action is not kept any more: nothing will be sent about it. A letter about "
            "another action has a link of its own."
        )
    return found


def is_stopped(reminder: ActionReminder) -> bool:
    """Say whether none of this owner's actions in the cycle is reminded of."""
    still = (
        select(func.count())
        .select_from(Recommendation)
        .where(*_of_the_owner(reminder), Recommendation.reminders_stopped_at.is_(None))
    )
    return not db.session.scalar(still)


def stop_reminders(*, reminder: ActionReminder, moment: datetime) -> None:
    """Remind this owner of none of their actions in the cycle."""
    if not is_stopped(reminder):
        _set(reminder, moment)
        _note(STOPPED, reminder, moment)


def start_reminders(*, reminder: ActionReminder, moment: datetime) -> None:
    """Let this owner be reminded again."""
    if is_stopped(reminder):
        _set(reminder, None)
        _note(STARTED, reminder, moment)


def _of_the_owner(reminder: ActionReminder) -> tuple[ColumnElement[bool], ...]:
    return (
        Recommendation.cycle_id == reminder.cycle_id,
        Recommendation.owner_id.is_(None),
        Recommendation.owner_email == reminder.email,
    )


def _set(reminder: ActionReminder, moment: datetime | None) -> None:
    db.session.execute(
        update(Recommendation).where(*_of_the_owner(reminder)).values(reminders_stopped_at=moment)
    )


def _note(event: EventType, reminder: ActionReminder, moment: datetime) -> None:
    event.record(
        actor=Actor(None, reminder.name),
        moment=moment,
        cycle_id=reminder.cycle_id,
        subject_id=reminder.recommendation_id,
    )
