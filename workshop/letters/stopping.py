"""Stopping reminders and starting them again: the signed link, and the two commands.

Whoever holds the letter is its reader, so the link asks for no sign-in. It can do nothing else.
"""

import base64
import uuid
from datetime import datetime

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.people.models import Participant

REMINDERS_STOPPED = EventType("reminders.stopped")
REMINDERS_STARTED = EventType("reminders.started")

STOP_PATH = "/letters/stop/"


def _signer() -> URLSafeSerializer:
    config = current_app.config
    # Oldest first, as the library wants them: it signs with the last and accepts any.
    secrets = [*config["SECRET_KEY_FALLBACKS"], config["SECRET_KEY"]]
    return URLSafeSerializer(secrets, salt="letters.stop")


def stop_address(participant_id: uuid.UUID) -> str:
    """Return the full address that stops reminders to this participant. It never expires."""
    short = base64.urlsafe_b64encode(participant_id.bytes).decode().rstrip("=")
    token = _signer().dumps(short)
    return f"{current_app.extensions['pythia_settings'].base_url}{STOP_PATH}{token}"


def reader_of(token: str) -> Participant:
    """Return whose link this is. Raises ``Missing`` for a link that was not made here."""
    try:
        short = _signer().loads(token)
        participant_id = uuid.UUID(bytes=base64.urlsafe_b64decode(f"{short}=="))
    except (BadSignature, ValueError) as error:
        raise Missing("This link is not whole. Copy all of it from the letter.") from error
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
