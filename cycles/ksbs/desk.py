"""What the sitting reads of the database: every KSB as the queue sees it, and who is reading.

Reads only; the order is the queue's business, the looks the pages'.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from cycles.core.extensions import db
from cycles.ksbs.models import CapabilityKsb, KsbReview
from cycles.ksbs.queries import KINDS
from cycles.ksbs.queue import Asked, Filters, Progress, Stop, narrowed, progress, start_of, stops
from cycles.people.models import Group
from cycles.people.queries import participants_of
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.profiles.queries import IN_CODE_ORDER
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.queries import IN_ORDER


@dataclass(frozen=True)
class Desk:
    """One reader's queue under their filters, with the profiles (code, name) to choose from."""

    cycle_id: uuid.UUID
    filters: Filters
    stops: tuple[Stop, ...]
    progress: Progress
    profiles: tuple[tuple[str, str], ...]

    def stop_of(self, statement_id: uuid.UUID) -> Stop:
        """Return the stop of a capability; an empty one where the filters leave it out."""
        found = (one for one in self.stops if one.statement_id == statement_id)
        return next(found, Stop(statement_id, (), ()))


def desk_of(cycle_id: uuid.UUID, reader: uuid.UUID, filters: Filters) -> Desk:
    """Return the desk of a participant of the cycle."""
    everything = asked_of(cycle_id, reader)
    asked = narrowed(everything, filters, _in_profile(cycle_id, filters.profile))
    educators = [one.id for one in participants_of(cycle_id, Group.EDUCATOR)]
    start = start_of(reader, educators, len({one.statement_id for one in asked}))
    return Desk(
        cycle_id=cycle_id,
        filters=filters,
        stops=stops(asked, filters.show, start),
        progress=progress(asked, filters.show),
        profiles=_profiles(cycle_id),
    )


def asked_of(cycle_id: uuid.UUID, reader: uuid.UUID) -> list[Asked]:
    """Return every KSB of a kept capability as this reader's queue sees it, in their order."""
    reviewers = _reviewers(cycle_id)
    return [
        Asked(
            ksb_id=row.id,
            statement_id=row.statement_id,
            kind=row.kind,
            status=row.status,
            reviewers=len(reviewers[row.id]),
            is_mine=reader in reviewers[row.id],
            is_own=not row.suggested_text,
            is_decided=bool(row.decision_reason),
        )
        for row in _rows(cycle_id)
    ]


def _reviewers(cycle_id: uuid.UUID) -> dict[uuid.UUID, set[uuid.UUID]]:
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for ksb_id, participant_id in db.session.execute(
        select(KsbReview.ksb_id, KsbReview.participant_id).where(KsbReview.cycle_id == cycle_id)
    ):
        found[ksb_id].add(participant_id)
    return found


def _rows(cycle_id: uuid.UUID) -> list[Row[Any]]:
    # Columns alone: every step of the sitting reads all KSBs of the cycle.
    columns = ("id", "statement_id", "kind", "status", "score", "text", "suggested_text")
    rows = db.session.execute(
        select(*(getattr(CapabilityKsb, name) for name in (*columns, "decision_reason")))
        .join(CapabilityKsb.statement)
        .where(
            CapabilityKsb.cycle_id == cycle_id, CapabilityStatement.status == StatementStatus.KEPT
        )
        .order_by(*IN_ORDER, CapabilityKsb.id)
    ).all()
    places = {row.statement_id: place for place, row in enumerate(rows)}
    return sorted(
        rows,
        key=lambda row: (
            places[row.statement_id],
            KINDS.index(row.kind),
            -(row.score or 0.0),
            row.text,
            row.id,
        ),
    )


def _in_profile(cycle_id: uuid.UUID, code: str) -> frozenset[uuid.UUID] | None:
    if not code:
        return None
    rows = db.session.scalars(
        select(ProfileCapability.statement_id)
        .join(Profile, Profile.id == ProfileCapability.profile_id)
        .where(
            Profile.cycle_id == cycle_id,
            Profile.code == code,
            Profile.status != ProfileStatus.WITHDRAWN,
            ProfileCapability.is_removed.is_(False),
        )
    )
    return frozenset(rows)


def _profiles(cycle_id: uuid.UUID) -> tuple[tuple[str, str], ...]:
    rows = db.session.execute(
        select(Profile.code, Profile.name)
        .where(Profile.cycle_id == cycle_id, Profile.status != ProfileStatus.WITHDRAWN)
        .order_by(*IN_CODE_ORDER)
    )
    return tuple((code, name) for code, name in rows)
