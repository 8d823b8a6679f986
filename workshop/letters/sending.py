"""The job that sends letters, and the watch that asks for it when waiting letters become due.

A letter is marked as sent, and that committed, before it is sent: a worker that dies in between
has lost one letter, and nobody ever gets one twice.
"""

import logging
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cycles.core import clock, mail
from cycles.core.audit import SYSTEM
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun, ask_for, handles, under_way, watches
from cycles.core.mail import Letter
from workshop.letters.checking import reason_to_drop
from workshop.letters.commands import SENDS
from workshop.letters.models import LetterKind, LetterState, WorkshopLetter
from workshop.letters.queries import cycles_with_due_letters, due_letters
from workshop.letters.quiet import next_allowed
from workshop.letters.writing import letter_for, reader_from
from workshop.rooms.models import Round, Workshop

log = logging.getLogger(__name__)

NOT_TAKEN = "The mail server did not take it."
OUR_FAULT = "Something went wrong on our side."


@watches
def ask_for_waiting_letters(moment: datetime) -> None:
    """Ask for the job in each cycle whose letters have waited long enough."""
    for cycle_id in cycles_with_due_letters(moment):
        if under_way(kind=SENDS, cycle_id=cycle_id) is None:
            ask_for(kind=SENDS, actor=SYSTEM, moment=moment, cycle_id=cycle_id)


@handles(SENDS)
def send_letters(run: JobRun) -> dict[str, Any]:
    """Send every letter of the cycle that is due, each after a last look at whether it should."""
    if run.cycle_id is None:
        raise ValueError("letters are sent cycle by cycle")
    ids = due_letters(run.cycle_id, clock.now())
    db.session.rollback()
    sent = 0
    for number, letter_id in enumerate(ids, 1):
        sent += _send_one(letter_id)
        run.progress(number, len(ids), f"Sent {sent} of {len(ids)}")
    return {"sent": sent, "looked_at": len(ids)}


def _send_one(letter_id: uuid.UUID) -> bool:
    """Send one letter; say whether it went. What goes wrong with it holds up no other."""
    try:
        letter = _claim(letter_id, clock.now())
    except Exception:
        log.exception("letter %s could not be written", letter_id)
        db.session.rollback()
        _mark_failed(letter_id, OUR_FAULT)
        return False
    if letter is None:
        return False
    try:
        mail.send(letter)
    except (OSError, ValueError):
        log.exception("letter %s could not be sent", letter_id)
        _mark_failed(letter_id, NOT_TAKEN)
        return False
    return True


def _claim(letter_id: uuid.UUID, moment: datetime) -> Letter | None:
    """Return the letter to send, marked as sent and committed; None when it is not to go now."""
    row = db.session.scalar(
        select(WorkshopLetter)
        .where(WorkshopLetter.id == letter_id, WorkshopLetter.state == LetterState.QUEUED)
        .with_for_update(of=WorkshopLetter)
    )
    if row is None:
        db.session.rollback()
        return None
    letter = None
    if row.kind == LetterKind.REMINDER and next_allowed(moment) != moment:
        row.not_before = next_allowed(moment)
    else:
        letter = _settle(row, moment)
    db.session.commit()
    return letter


def _settle(row: WorkshopLetter, moment: datetime) -> Letter | None:
    workshop = db.session.get_one(Workshop, row.workshop_id)
    round_ = db.session.get(Round, row.round_id) if row.round_id else None
    row.problem = reason_to_drop(row, workshop, round_)
    if row.problem:
        row.state = LetterState.DROPPED
        return None
    row.state, row.sent_at = LetterState.SENT, moment
    letter = letter_for(row.kind, workshop, round_, reader_from(row.participant), moment)
    row.subject = letter.subject
    return letter


def _mark_failed(letter_id: uuid.UUID, problem: str) -> None:
    row = db.session.get(WorkshopLetter, letter_id)
    if row is not None:
        row.state, row.problem, row.sent_at = LetterState.FAILED, problem, None
    db.session.commit()
