"""Who is in the room, and how much they have answered. Never what.

The way from a person to their count goes through the cycle's key; without it nobody can tell.
"""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select

from cycles.accounts.models import WebSession
from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.people.queries import participants_of
from cycles.statements.models import CapabilityStatement
from workshop.ballot.links import find_key, link_of
from workshop.ballot.models import Assignment, FinishedBallot, Panellist, Rating
from workshop.rooms.models import Round, RoundItem, Workshop, WorkshopKind
from workshop.rooms.scales import RATERS

HERE = timedelta(minutes=5)
IDLE = timedelta(minutes=30)

WORKS_IN = {
    **RATERS,
    WorkshopKind.CAPTURE: (Group.TECHNOLOGIST,),
    WorkshopKind.RATIFICATION: (Group.EMPLOYER,),
    WorkshopKind.KSB: (Group.EDUCATOR,),
}
"""The groups that do the work of each kind of workshop; of the employers that ratify, the panel."""


class Presence(StrEnum):
    """Whether somebody is signed in and doing something, has stopped, or is not there."""

    HERE = "here"
    IDLE = "idle"
    AWAY = "away"


@dataclass(frozen=True)
class Attendant:
    """One person of a workshop: where they are, and how many of the cells asked they answered."""

    participant_id: uuid.UUID
    name: str
    organisation: str
    breakout: str
    presence: Presence
    answered: int
    asked: int
    has_finished: bool

    @property
    def is_here(self) -> bool:
        """Say whether they are signed in and have done something lately."""
        return self.presence == Presence.HERE


@dataclass(frozen=True)
class Attendance:
    """The people of a workshop. ``is_known`` is False once answers are anonymous for good."""

    people: tuple[Attendant, ...]
    asked: int
    is_known: bool

    @property
    def here(self) -> int:
        """Return how many are there and have done something lately."""
        return sum(one.is_here for one in self.people)

    @property
    def started(self) -> int:
        """Return how many have answered anything."""
        return sum(one.answered > 0 for one in self.people)

    @property
    def finished(self) -> int:
        """Return how many said that they have finished."""
        return sum(one.has_finished for one in self.people)

    @property
    def answers(self) -> int:
        """Return how many answers there are in all."""
        return sum(one.answered for one in self.people)

    @property
    def expected(self) -> int:
        """Return how many answers everybody was asked for in all."""
        return sum(one.asked for one in self.people)

    @property
    def breakouts(self) -> tuple[str, ...]:
        """Return the names of the breakouts that somebody sits in, in order."""
        return tuple(sorted({one.breakout for one in self.people if one.breakout}))

    @property
    def version(self) -> str:
        """Return a mark that changes when anything on the list does."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class _Seat:
    """A nameless seat, and the breakout that it is in: "" for none."""

    panellist_id: uuid.UUID
    breakout: str


def attendance(round_: Round, moment: datetime) -> Attendance:
    """Return who is at the ballot of a round, by name."""
    asked = _count_asked(round_.id)
    key = find_key(round_.cycle_id)
    if key is None:
        return Attendance((), asked, is_known=False)
    counts = _Counts(round_.id, asked, is_assigned=round_.workshop.raters_per_item is not None)
    seats, seen = _seats(round_.cycle_id), _last_seen(round_.cycle_id, moment)
    people = []
    for person in people_of(round_.workshop):
        seat = seats.get(link_of(key, person.id))
        people.append(_attendant(person, _presence(seen, person, moment), seat, counts))
    return Attendance(tuple(people), asked, is_known=True)


def gathering(workshop: Workshop, moment: datetime) -> Attendance:
    """Return who is in a workshop that has no round yet, or has none at all.

    In a capture workshop people answer with the statements that they submit.
    """
    seen = _last_seen(workshop.cycle_id, moment)
    key = find_key(workshop.cycle_id)
    seats = _seats(workshop.cycle_id) if key else {}
    is_capture = workshop.kind == WorkshopKind.CAPTURE
    submitted = _submitted(workshop.cycle_id) if is_capture else {}
    people = []
    for person in people_of(workshop):
        seat = seats.get(link_of(key, person.id)) if key else None
        presence = _presence(seen, person, moment)
        people.append(_present(person, presence, seat, submitted.get(person.id, 0)))
    return Attendance(tuple(people), 0, is_known=True)


def people_of(workshop: Workshop) -> list[Participant]:
    """Return who does the work of a workshop, by name."""
    groups = WORKS_IN[workshop.kind]
    found = [one for one in participants_of(workshop.cycle_id) if one.group in groups]
    if workshop.kind == WorkshopKind.RATIFICATION:
        return [one for one in found if one.is_on_panel]
    return found


class _Counts:
    """How much each seat has answered in a round, and was asked."""

    def __init__(self, round_id: uuid.UUID, asked: int, *, is_assigned: bool) -> None:
        self.everything = asked
        self.answered = _by_seat(Rating, round_id)
        self.assigned = _by_seat(Assignment, round_id) if is_assigned else {}
        self.finished = set(
            db.session.scalars(
                select(FinishedBallot.panellist_id).where(FinishedBallot.round_id == round_id)
            )
        )

    def asked_of(self, seat: uuid.UUID) -> int:
        return self.assigned.get(seat, 0) if self.assigned else self.everything


def count_finished(round_id: uuid.UUID | None) -> int:
    """Return how many said that they have finished in a round."""
    finished = select(func.count()).where(FinishedBallot.round_id == round_id)
    return db.session.scalar(finished) or 0


def breakout_of(cycle_id: uuid.UUID, participant_id: uuid.UUID) -> str:
    """Return the breakout that a participant sits in, "" for none."""
    key = find_key(cycle_id)
    if key is None:
        return ""
    mine = select(Panellist.breakout).where(Panellist.link == link_of(key, participant_id))
    return db.session.scalar(mine) or ""


def _attendant(
    person: Participant, presence: Presence, seat: _Seat | None, counts: _Counts
) -> Attendant:
    one = _present(person, presence, seat, 0)
    if seat is None:
        return replace(one, asked=0 if counts.assigned else counts.everything)
    at = seat.panellist_id
    return replace(
        one,
        answered=counts.answered.get(at, 0),
        asked=counts.asked_of(at),
        has_finished=at in counts.finished,
    )


def _present(
    person: Participant, presence: Presence, seat: _Seat | None, answered: int
) -> Attendant:
    return Attendant(
        participant_id=person.id,
        name=person.account.name,
        organisation=person.organisation.name if person.organisation else "",
        breakout=seat.breakout if seat else "",
        presence=presence,
        answered=answered,
        asked=0,
        has_finished=False,
    )


def _presence(
    seen: Mapping[uuid.UUID, datetime], person: Participant, moment: datetime
) -> Presence:
    last = seen.get(person.account_id)
    if last is None:
        return Presence.AWAY
    return Presence.HERE if last >= moment - HERE else Presence.IDLE


def _count_asked(round_id: uuid.UUID) -> int:
    asked = select(func.count()).select_from(RoundItem).where(RoundItem.round_id == round_id)
    return db.session.scalar(asked) or 0


def _by_seat(table: type[Rating] | type[Assignment], round_id: uuid.UUID) -> dict[uuid.UUID, int]:
    rows = db.session.execute(
        select(table.panellist_id, func.count())
        .where(table.round_id == round_id)
        .group_by(table.panellist_id)
    )
    return dict(rows.all())


def _seats(cycle_id: uuid.UUID) -> dict[str, _Seat]:
    rows = db.session.execute(
        select(Panellist.link, Panellist.id, Panellist.breakout).where(
            Panellist.cycle_id == cycle_id, Panellist.link.is_not(None)
        )
    )
    return {link: _Seat(seat, breakout or "") for link, seat, breakout in rows if link is not None}


def _last_seen(cycle_id: uuid.UUID, moment: datetime) -> dict[uuid.UUID, datetime]:
    """Return when each account of the cycle last did something in a live session, of late."""
    rows = db.session.execute(
        select(WebSession.account_id, func.max(WebSession.last_seen_at))
        .join(Participant, Participant.account_id == WebSession.account_id)
        .where(
            Participant.cycle_id == cycle_id,
            WebSession.revoked_at.is_(None),
            WebSession.last_seen_at >= moment - IDLE,
        )
        .group_by(WebSession.account_id)
    )
    return dict(rows.all())


def _submitted(cycle_id: uuid.UUID) -> dict[uuid.UUID, int]:
    rows = db.session.execute(
        select(CapabilityStatement.submitted_by_id, func.count())
        .where(
            CapabilityStatement.cycle_id == cycle_id,
            CapabilityStatement.submitted_by_id.is_not(None),
        )
        .group_by(CapabilityStatement.submitted_by_id)
    )
    return {who: count for who, count in rows if who is not None}
