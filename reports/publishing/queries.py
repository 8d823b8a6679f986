"""Which snapshots a reader may look at, and what is published. Reading only."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cycles.core.access import Place
from cycles.core.extensions import db
from cycles.people.models import Group
from reports.document.models import Snapshot
from reports.publishing.models import Audience, Publication

REVIEWERS = ("convener", "employer", "educator")


def sees_working_results(place: Place) -> bool:
    """Say whether this person reads the cycle as it stands now: who runs it, or reviews matches."""
    return place.group in REVIEWERS


def readable_snapshots(cycle_id: uuid.UUID, place: Place) -> list[Snapshot]:
    """Return the snapshots this person may read, newest first: a convener all, others published."""
    wanted = select(Snapshot).where(Snapshot.cycle_id == cycle_id)
    if not place.is_convener:
        published = select(Publication.snapshot_id).where(
            Publication.cycle_id == cycle_id,
            Publication.revoked_at.is_(None),
            Publication.audience.in_(_audiences(place)),
        )
        wanted = wanted.where(Snapshot.id.in_(published))
    return list(db.session.scalars(wanted.order_by(Snapshot.number.desc())))


def publications_of(cycle_id: uuid.UUID) -> list[Publication]:
    """Return all publications of a cycle with their snapshots, newest first, revoked included."""
    return list(
        db.session.scalars(
            select(Publication)
            .where(Publication.cycle_id == cycle_id)
            .options(joinedload(Publication.snapshot))
            .order_by(Publication.published_at.desc(), Publication.id)
        )
    )


def standing_publications(snapshot_id: uuid.UUID) -> list[Publication]:
    """Return the publications of a snapshot that were not revoked, oldest first."""
    return list(
        db.session.scalars(
            select(Publication)
            .where(Publication.snapshot_id == snapshot_id, Publication.revoked_at.is_(None))
            .order_by(Publication.published_at, Publication.id)
        )
    )


def _audiences(place: Place) -> Sequence[Audience]:
    is_sponsor = place.group == Group.SPONSOR.value
    return (Audience.PARTICIPANTS, Audience.SPONSORS) if is_sponsor else (Audience.PARTICIPANTS,)
