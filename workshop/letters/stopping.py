"""Stopping reminders and starting them again: the signed link, and the two commands.

Whoever holds the letter is its reader, so the link asks for no sign-in. It can do nothing else.
"""

import uuid
from datetime import datetime

from sqlalchemy import select

from cycles.core import signing
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.people.models import Participant

REMINDERS_STOPPED = EventType("reminders.stopped")
REMINDERS_STARTED = EventType("reminders.started")

STOP_PATH = "/letters/stop/"
PURPOSE = "letters.stop"


def stop_address(participant_id: uuid.UUID) -> str:
    """Return the full address that stops reminders to this participant. It never expires."""
    token = signing.token_of(participant_id, purpose=PURPOSE)
    return signing.full_address(f"{STOP_PATH}{token}")


def reader_of(token: str) -> Participant:
    """Return whose link this is. Raises ``Missing`` for a link that was not made here."""
    participant_id = signing.id_behind(token, purpose=PURPOSE)
    if participant_id is None:
        raise Missing("This link is not whole. Copy all of it from the letter.")
    found = db.session.scalar(select(Participant).where(Participant.id == participant_id))
    if found is None:
        raise Missing("You do not take part any more, so nothing will be sent.")
    return found


def stop_reminders(*, participant: Participant, moment: datetime) -> None:
    """Send this person no more reminders in this cycle."""
    if participant.reminders_stopped_at is None:
        participant.reminders_stopped_at = moment
        _note(REMINDERS_STOPPED, participant, moment)


def start_reminders(*, participant: Participant, moment: datetime) -> None:
    """Let this person be reminded again."""
    if participant.reminders_stopped_at is not None:
        participant.reminders_stopped_at = None
        _note(REMINDERS_STARTED, participant, moment)


def _note(event: EventType, participant: Participant, moment: datetime) -> None:
    account = participant.account
    event.record(
        actor=Actor(account.id, account.name),
        moment=moment,
        cycle_id=participant.cycle_id,
        subject_id=participant.id,
    )
