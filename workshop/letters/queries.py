"""What is asked of the record of letters, and of who is written to. Reads only."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from cycles.accounts.models import Account
from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.people.queries import conveners_of, participants_of
from workshop.letters.models import LetterKind, LetterState, WorkshopLetter
from workshop.rooms.models import Round, Workshop, WorkshopKind
from workshop.rooms.scales import RATERS

GROUPS = {
    **RATERS,
    WorkshopKind.CAPTURE: (Group.TECHNOLOGIST,),
    WorkshopKind.RATIFICATION: (Group.EMPLOYER,),
    WorkshopKind.KSB: (Group.EDUCATOR,),
}
"""Who works in each kind of workshop. Of the employers only the panel ratifies."""

UNDER_WAY = (LetterState.QUEUED, LetterState.SENT)


@dataclass(frozen=True)
class LetterLine:
    """One letter with its reader and the number of its round."""

    letter: WorkshopLetter
    name: str
    email: str
    round_number: int | None


def readers_of(workshop: Workshop) -> list[Participant]:
    """Return who works in this workshop and can be written to, by name.

    The simulated people of a demonstration have no mailbox.
    """
    is_for_panel = workshop.kind == WorkshopKind.RATIFICATION
    return [
        one
        for one in participants_of(workshop.cycle_id)
        if one.group in GROUPS[workshop.kind]
        and (one.is_on_panel or not is_for_panel)
        and not one.account.is_simulated
    ]


def organiser_of(cycle_id: uuid.UUID) -> Participant | None:
    """Return the convener who has been there longest: the organiser of calendar entries."""
    found = conveners_of(cycle_id)
    return min(found, key=lambda one: (one.joined_at, str(one.id))) if found else None


def written_to(
    workshop_id: uuid.UUID, kind: LetterKind, *, round_id: uuid.UUID | None
) -> Counter[uuid.UUID]:
    """Return how many letters of a kind each person was sent or will be, in a round."""
    rows = db.session.scalars(
        select(WorkshopLetter.participant_id).where(
            WorkshopLetter.workshop_id == workshop_id,
            WorkshopLetter.kind == kind,
            WorkshopLetter.round_id == round_id,
            WorkshopLetter.state.in_(UNDER_WAY),
        )
    )
    return Counter(rows)


def reminded_since(round_id: uuid.UUID, moment: datetime) -> set[uuid.UUID]:
    """Return whose reminder in a round still waits, or was sent after ``moment``."""
    return set(
        db.session.scalars(
            select(WorkshopLetter.participant_id).where(
                WorkshopLetter.round_id == round_id,
                WorkshopLetter.kind == LetterKind.REMINDER,
                or_(
                    WorkshopLetter.state == LetterState.QUEUED,
                    (WorkshopLetter.state == LetterState.SENT) & (WorkshopLetter.sent_at > moment),
                ),
            )
        )
    )


def entries_held(workshop_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """Return the newest calendar entry that each person was sent or will be, by its sequence."""
    rows = db.session.execute(
        select(WorkshopLetter.participant_id, func.max(WorkshopLetter.sequence))
        .where(
            WorkshopLetter.workshop_id == workshop_id,
            WorkshopLetter.kind == LetterKind.CALENDAR,
            WorkshopLetter.state.in_(UNDER_WAY),
        )
        .group_by(WorkshopLetter.participant_id)
    )
    return {participant: held for participant, held in rows if held is not None}


def letters_of(workshop_id: uuid.UUID) -> list[LetterLine]:
    """Return every letter of a workshop with its reader, newest first."""
    rows = db.session.execute(
        select(WorkshopLetter, Round.number)
        .join(WorkshopLetter.participant)
        .join(Participant.account)
        .outerjoin(Round, Round.id == WorkshopLetter.round_id)
        .options(joinedload(WorkshopLetter.participant).joinedload(Participant.account))
        .where(WorkshopLetter.workshop_id == workshop_id)
        .order_by(WorkshopLetter.asked_at.desc(), func.lower(Account.name), WorkshopLetter.id)
    )
    return [_line(letter, number) for letter, number in rows]


def _line(letter: WorkshopLetter, number: int | None) -> LetterLine:
    account = letter.participant.account
    return LetterLine(letter, account.name, account.email, number)


def due_letters(cycle_id: uuid.UUID, moment: datetime) -> list[uuid.UUID]:
    """Return the ids of the cycle's letters that may go out now, oldest first."""
    return list(
        db.session.scalars(
            select(WorkshopLetter.id)
            .where(
                WorkshopLetter.cycle_id == cycle_id,
                WorkshopLetter.state == LetterState.QUEUED,
                or_(WorkshopLetter.not_before.is_(None), WorkshopLetter.not_before <= moment),
            )
            .order_by(WorkshopLetter.asked_at, WorkshopLetter.id)
        )
    )


def cycles_with_due_letters(moment: datetime) -> list[uuid.UUID]:
    """Return the cycles in which a letter may go out now."""
    return list(
        db.session.scalars(
            select(WorkshopLetter.cycle_id)
            .where(
                WorkshopLetter.state == LetterState.QUEUED,
                or_(WorkshopLetter.not_before.is_(None), WorkshopLetter.not_before <= moment),
            )
            .distinct()
            .order_by(WorkshopLetter.cycle_id)
        )
    )


def names_without_reminders(people: Iterable[Participant]) -> tuple[str, ...]:
    """Return who of these asked for no reminders, by name."""
    return tuple(one.account.name for one in people if one.reminders_stopped_at is not None)


def count_sent_reminders(round_id: uuid.UUID, participant_id: uuid.UUID) -> int:
    """Return how many reminders this person was sent in a round."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(WorkshopLetter)
            .where(
                WorkshopLetter.round_id == round_id,
                WorkshopLetter.participant_id == participant_id,
                WorkshopLetter.kind == LetterKind.REMINDER,
                WorkshopLetter.state == LetterState.SENT,
            )
        )
        or 0
    )
