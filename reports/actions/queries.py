"""Reading recommendations and actions, in the order they are printed."""

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from cycles.core.extensions import db
from cycles.stages.gates import provides
from reports.actions.models import (
    SETTLED,
    ActionStatus,
    FurtherSubject,
    Horizon,
    Recommendation,
)

IN_PRINT = list(Horizon)


def recommendations_of(cycle_id: uuid.UUID) -> list[Recommendation]:
    """Return the cycle's recommendations: by group, then in their order within it."""
    rows = db.session.scalars(
        select(Recommendation)
        .where(Recommendation.cycle_id == cycle_id)
        .order_by(Recommendation.position, Recommendation.id)
    ).all()
    # The order of the groups is that of the report, which no database knows.
    return sorted(rows, key=lambda each: IN_PRINT.index(each.horizon))


def owned_by(participant_id: uuid.UUID) -> list[Recommendation]:
    """Return the actions that a participant owns: by date, those without one last."""
    return list(
        db.session.scalars(
            select(Recommendation)
            .where(Recommendation.owner_id == participant_id)
            .order_by(
                Recommendation.due_on.is_(None),
                Recommendation.due_on,
                Recommendation.position,
                Recommendation.id,
            )
        )
    )


def count_open_actions_of(participant_id: uuid.UUID) -> int:
    """Return how many actions that a participant owns are neither done nor dropped."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Recommendation)
            .where(
                Recommendation.owner_id == participant_id,
                Recommendation.status.not_in(SETTLED),
            )
        )
        or 0
    )


def stopped_for(cycle_id: uuid.UUID, email: str) -> datetime | None:
    """Return since when an owner outside the cycle wants no reminders of it; None if they do."""
    return db.session.scalar(
        select(func.max(Recommendation.reminders_stopped_at)).where(
            Recommendation.cycle_id == cycle_id,
            Recommendation.owner_id.is_(None),
            Recommendation.owner_email == email,
            Recommendation.owner_email != "",
        )
    )


def in_group(cycle_id: uuid.UUID, horizon: Horizon) -> list[Recommendation]:
    """Return one group in its order."""
    return [each for each in recommendations_of(cycle_id) if each.horizon == horizon]


def sources_used(cycle_id: uuid.UUID) -> frozenset[str]:
    """Return the suggestions that recommendations were drafted from."""
    return frozenset(
        db.session.scalars(
            select(Recommendation.source).where(
                Recommendation.cycle_id == cycle_id, Recommendation.source != ""
            )
        )
    )


def subjects_of(cycle_id: uuid.UUID) -> list[FurtherSubject]:
    """Return the subjects for further cycles in their order."""
    return list(
        db.session.scalars(
            select(FurtherSubject)
            .where(FurtherSubject.cycle_id == cycle_id)
            .order_by(FurtherSubject.position, FurtherSubject.id)
        )
    )


@provides("actions_total")
def actions_total(cycle_id: uuid.UUID) -> int:
    """Return how many actions the cycle has, without those that were dropped."""
    return _count(cycle_id)


@provides("actions_without_owner")
def actions_without_owner(cycle_id: uuid.UUID) -> int:
    """Return how many actions still lack an owner or a date."""
    return _count(cycle_id, or_(Recommendation.owner == "", Recommendation.due_on.is_(None)))


def _count(cycle_id: uuid.UUID, *conditions: ColumnElement[bool]) -> int:
    found = db.session.scalar(
        select(func.count())
        .select_from(Recommendation)
        .where(
            Recommendation.cycle_id == cycle_id,
            Recommendation.status != ActionStatus.DROPPED,
            *conditions,
        )
    )
    return found or 0
