"""Who is at the ballot and how much they have answered. Never what.

The way from a person to their count goes through the cycle's key; without it nobody can tell.
"""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from cycles.accounts.models import WebSession
from cycles.core.extensions import db
from cycles.people.models import Group
from cycles.people.queries import participants_of
from workshop.ballot.links import find_key, link_of
from workshop.ballot.models import FinishedBallot, Panellist, Rating
from workshop.rooms.models import Round, RoundItem

HERE = timedelta(minutes=5)


@dataclass(frozen=True)
class Attendant:
    """One employer: whether they are signed in now, and how many cells they have answered."""

    name: str
    organisation: str
    answered: int
    is_here: bool
    has_finished: bool


@dataclass(frozen=True)
class Attendance:
    """The employers of a round. ``is_known`` is False once answers are anonymous for good."""

    people: tuple[Attendant, ...]
    asked: int
    is_known: bool

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
    def version(self) -> str:
        """Return a mark that changes when anything on the list does."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


def attendance(round_: Round, moment: datetime) -> Attendance:
    """Return who is at the ballot of a round, by name."""
    count = _count_asked(round_.id)
    key = find_key(round_.cycle_id)
    if key is None:
        return Attendance((), count, is_known=False)
    answered, finished = _answered(round_.id), _finished(round_.id)
    employers = participants_of(round_.cycle_id, Group.EMPLOYER)
    here = _here_since(moment - HERE, [one.account_id for one in employers])
    seats = _seats(round_.cycle_id)
    people = []
    for person in employers:
        seat = seats.get(link_of(key, person.id))
        people.append(
            Attendant(
                name=person.account.name,
                organisation=person.organisation.name if person.organisation else "",
                answered=answered.get(seat, 0) if seat else 0,
                is_here=person.account_id in here,
                has_finished=seat in finished,
            )
        )
    return Attendance(tuple(sorted(people, key=_by_name)), count, is_known=True)


def _by_name(person: Attendant) -> tuple[str, str]:
    return person.name.casefold(), person.organisation


def _count_asked(round_id: uuid.UUID) -> int:
    asked = select(func.count()).select_from(RoundItem).where(RoundItem.round_id == round_id)
    return db.session.scalar(asked) or 0


def _finished(round_id: uuid.UUID) -> set[uuid.UUID]:
    return set(
        db.session.scalars(
            select(FinishedBallot.panellist_id).where(FinishedBallot.round_id == round_id)
        )
    )


def _answered(round_id: uuid.UUID) -> dict[uuid.UUID, int]:
    rows = db.session.execute(
        select(Rating.panellist_id, func.count())
        .where(Rating.round_id == round_id)
        .group_by(Rating.panellist_id)
    )
    return dict(rows.all())


def _seats(cycle_id: uuid.UUID) -> dict[str, uuid.UUID]:
    rows = db.session.execute(
        select(Panellist.link, Panellist.id).where(
            Panellist.cycle_id == cycle_id, Panellist.link.is_not(None)
        )
    )
    return {link: seat for link, seat in rows if link is not None}


def _here_since(moment: datetime, accounts: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    return set(
        db.session.scalars(
            select(WebSession.account_id).where(
                WebSession.account_id.in_(list(accounts)),
                WebSession.revoked_at.is_(None),
                WebSession.last_seen_at >= moment,
            )
        )
    )
