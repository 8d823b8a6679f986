"""Which snapshots a reader may compare with, in all the cycles they have a place in."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from flask_login import current_user
from sqlalchemy import and_, exists, or_, select

from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.setup.models import Cycle
from reports.document.models import Snapshot
from reports.publishing.models import Audience, Publication


@dataclass(frozen=True)
class Comparable:
    """A snapshot that the reader may read, and the cycle it is of."""

    snapshot_id: uuid.UUID
    cycle_id: uuid.UUID
    cycle_title: str
    number: int
    taken_at: datetime


def comparable_snapshots() -> list[Comparable]:
    """Return what the signed-in person may read anywhere, by cycle, the newest snapshot first.

    A session confined to one cycle reaches no other. Nobody signed in: nothing.
    """
    if not current_user.is_authenticated:
        return []
    wanted = (
        select(Snapshot.id, Snapshot.cycle_id, Cycle.title, Snapshot.number, Snapshot.created_at)
        .join(Cycle, Cycle.id == Snapshot.cycle_id)
        .join(Participant, Participant.cycle_id == Snapshot.cycle_id)
        .where(
            Participant.account_id == current_user.account_id,
            Participant.withdrawn_at.is_(None),
            or_(Participant.group == Group.CONVENER, _IS_PUBLISHED),
        )
        .order_by(Cycle.title, Snapshot.cycle_id, Snapshot.number.desc())
    )
    if current_user.cycle_id is not None:
        wanted = wanted.where(Snapshot.cycle_id == current_user.cycle_id)
    return [Comparable(*row) for row in db.session.execute(wanted)]


_IS_PUBLISHED = exists().where(
    Publication.snapshot_id == Snapshot.id,
    Publication.revoked_at.is_(None),
    or_(
        Publication.audience == Audience.PARTICIPANTS,
        and_(Publication.audience == Audience.SPONSORS, Participant.group == Group.SPONSOR),
    ),
)
