"""The job that sends reminders, and the watch that asks for it when something has become due.

A reminder is marked as sent, and that committed, before it is sent: a worker that dies in between
has lost one letter, and nobody ever gets one twice.
"""

import logging
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cycles.core import clock, mail
from cycles.core.audit import SYSTEM
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun, ask_for, handles, under_way, watches
from cycles.core.mail import Letter
from cycles.setup.queries import open_cycle
from reports.actions.models import SETTLED, ActionReminder
from reports.actions.reminding.asking import SENDS, ask_reminders
from reports.actions.reminding.planning import Owner, owner_to_remind, plan_reminders
from reports.actions.reminding.queries import (
    addresses_waiting,
    cycles_to_remind,
    cycles_waiting,
    waiting,
)
from reports.actions.reminding.stopping import outsiders_stop_address
from reports.actions.reminding.writing import reminder_for
from workshop.letters.models import LetterState
from workshop.letters.quiet import next_allowed
from workshop.letters.sending import NOT_TAKEN, OUR_FAULT
from workshop.letters.stopping import stop_address

log = logging.getLogger(__name__)


@watches
def remind_owners(moment: datetime) -> None:
    """Remind of what is due in cycles at their last stage, and send what waited for the morning."""
    if next_allowed(moment) != moment:
        return
    for cycle in cycles_to_remind(moment):
        if plan_reminders(cycle.id, moment, by_hand=False).to:
            ask_reminders(cycle=cycle, actor=SYSTEM, moment=moment, by_hand=False)
    for cycle_id in cycles_waiting(moment):
        if under_way(kind=SENDS, cycle_id=cycle_id) is None:
            ask_for(kind=SENDS, actor=SYSTEM, moment=moment, cycle_id=cycle_id)


@handles(SENDS)
def send_reminders(run: JobRun) -> dict[str, Any]:
    """Send the cycle's waiting reminders, one letter an owner, each after a last look."""
    if run.cycle_id is None:
        raise ValueError("reminders are sent cycle by cycle")
    addresses = addresses_waiting(run.cycle_id, clock.now())
    db.session.rollback()
    sent = 0
    for number, email in enumerate(addresses, 1):
        sent += _send_one(run.cycle_id, email)
        run.progress(number, len(addresses), f"Sent {sent} of {len(addresses)}")
    return {"sent": sent, "looked_at": len(addresses)}


def _send_one(cycle_id: uuid.UUID, email: str) -> bool:
    """Send one owner's letter; say whether it went. What goes wrong with it holds up no other."""
    claimed: list[uuid.UUID] = []
    try:
        letter = _claim(cycle_id, email, clock.now(), claimed)
    except Exception:
        log.exception("a reminder of the actions of cycle %s could not be written", cycle_id)
        db.session.rollback()
        _mark_failed(claimed, OUR_FAULT)
        return False
    if letter is None:
        return False
    try:
        mail.send(letter)
    except (OSError, ValueError):
        log.exception("a reminder of the actions of cycle %s could not be sent", cycle_id)
        _mark_failed(claimed, NOT_TAKEN)
        return False
    return True


def _claim(
    cycle_id: uuid.UUID, email: str, moment: datetime, claimed: list[uuid.UUID]
) -> Letter | None:
    """Return the letter to send, its rows marked as sent and committed; None when none is to go."""
    rows = db.session.scalars(
        select(ActionReminder)
        .where(ActionReminder.cycle_id == cycle_id, ActionReminder.email == email, waiting(moment))
        .order_by(ActionReminder.id)
        .with_for_update(of=ActionReminder)
    ).all()
    claimed.extend(row.id for row in rows)
    letter = None
    if next_allowed(moment) != moment:
        for row in rows:
            row.not_before = next_allowed(moment)
    elif rows:
        letter = _settle(cycle_id, rows, moment)
    db.session.commit()
    return letter


def _settle(cycle_id: uuid.UUID, rows: Sequence[ActionReminder], moment: datetime) -> Letter | None:
    going = []
    for row in rows:
        row.problem = _reason_to_drop(row)
        if row.problem:
            row.state = LetterState.DROPPED
        else:
            row.state, row.sent_at = LetterState.SENT, moment
            going.append(row)
    if not going:
        return None
    first = going[0]
    return reminder_for(
        cycle_id,
        Owner(first.name, first.email, first.participant_id),
        sorted(
            (row.recommendation for row in going),
            key=lambda each: (str(each.due_on), each.position, str(each.id)),
        ),
        stop_address=stop_address(first.participant_id)
        if first.participant_id
        else outsiders_stop_address(first.id),
        moment=moment,
    )


def _reason_to_drop(row: ActionReminder) -> str:
    """Return why a queued reminder should not go any more, as a sentence; nothing if it should."""
    try:
        open_cycle(row.cycle_id)
    except Closed:
        return "The cycle has closed."
    if row.recommendation.status in SETTLED:
        return f"The action was {row.recommendation.status} by then."
    owner = owner_to_remind(row.recommendation)
    if isinstance(owner, str) or owner.email != row.email:
        return "It has another owner by then, or the owner is not to be written to."
    return ""


def _mark_failed(ids: Sequence[uuid.UUID], problem: str) -> None:
    for row in db.session.scalars(
        select(ActionReminder).where(
            ActionReminder.id.in_(ids),
            ActionReminder.state.in_((LetterState.QUEUED, LetterState.SENT)),
        )
    ):
        row.state, row.problem, row.sent_at = LetterState.FAILED, problem, None
    db.session.commit()
