"""Asking for letters: rows are queued here, and the worker sends them (``sending``)."""

import uuid
from datetime import datetime

from sqlalchemy import select, update

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.core.jobs.commands import ask_for
from cycles.setup.queries import open_cycle
from workshop.letters.models import LetterKind, LetterState, WorkshopLetter
from workshop.letters.planning import Mailing, plan_mailing
from workshop.letters.stopping import start_reminders, stop_reminders
from workshop.letters.writing import subject_for
from workshop.rooms.models import Workshop

__all__ = ["ask_letters", "start_reminders", "stop_reminders", "try_again"]

LETTERS_ASKED = EventType("letters.asked", "kind", "round", "count")
LETTERS_TRIED_AGAIN = EventType("letters.tried_again", "count")

SENDS = "letters.send"


def ask_letters(*, workshop: Workshop, kind: LetterKind, actor: Actor, moment: datetime) -> Mailing:
    """Queue a letter of this kind to everybody who should have it now; return to whom and when.

    Raises ``Closed`` with the reason when nobody can be written to.
    """
    # Held until the commit, so that two conveners at once do not both write to everybody.
    db.session.refresh(workshop, with_for_update=True)
    mailing = plan_mailing(workshop, kind, moment)
    if mailing.blocked:
        raise Closed(mailing.blocked)
    _give_up_failed(workshop, mailing)
    for reader in mailing.to:
        db.session.add(_row(workshop, mailing, reader.id, moment))
    db.session.flush()
    if mailing.not_before is None:
        ask_for(kind=SENDS, actor=actor, moment=moment, cycle_id=workshop.cycle_id)
    LETTERS_ASKED.record(
        actor=actor,
        moment=moment,
        cycle_id=workshop.cycle_id,
        subject_id=workshop.id,
        kind=kind.value,
        round=mailing.round.number if mailing.round else None,
        count=len(mailing.to),
    )
    return mailing


def _give_up_failed(workshop: Workshop, mailing: Mailing) -> None:
    """Let no failed letter be tried again whose reader is being written to anew."""
    db.session.execute(
        update(WorkshopLetter)
        .where(
            WorkshopLetter.workshop_id == workshop.id,
            WorkshopLetter.kind == mailing.kind,
            WorkshopLetter.round_id == (mailing.round.id if mailing.round else None),
            WorkshopLetter.participant_id.in_([reader.id for reader in mailing.to]),
            WorkshopLetter.state == LetterState.FAILED,
        )
        .values(state=LetterState.DROPPED, problem="Failed, and asked for again since.")
    )


def _row(
    workshop: Workshop, mailing: Mailing, participant_id: uuid.UUID, moment: datetime
) -> WorkshopLetter:
    is_calendar = mailing.kind == LetterKind.CALENDAR
    return WorkshopLetter(
        cycle_id=workshop.cycle_id,
        workshop_id=workshop.id,
        round_id=mailing.round.id if mailing.round else None,
        participant_id=participant_id,
        kind=mailing.kind,
        subject=subject_for(mailing.kind, workshop, mailing.round),
        sequence=workshop.sequence if is_calendar else None,
        asked_at=moment,
        not_before=mailing.not_before,
    )


def try_again(*, workshop: Workshop, actor: Actor, moment: datetime) -> int:
    """Queue the workshop's failed letters once more; return how many. ``Closed`` if none failed."""
    open_cycle(workshop.cycle_id)
    failed = db.session.scalars(
        select(WorkshopLetter)
        .where(
            WorkshopLetter.workshop_id == workshop.id,
            WorkshopLetter.state == LetterState.FAILED,
        )
        .with_for_update()
    ).all()
    if not failed:
        raise Closed("No letter of this workshop has failed.")
    for letter in failed:
        letter.state, letter.problem = LetterState.QUEUED, ""
    db.session.flush()
    ask_for(kind=SENDS, actor=actor, moment=moment, cycle_id=workshop.cycle_id)
    LETTERS_TRIED_AGAIN.record(
        actor=actor,
        moment=moment,
        cycle_id=workshop.cycle_id,
        subject_id=workshop.id,
        count=len(failed),
    )
    return len(failed)
