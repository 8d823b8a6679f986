"""Reading recommendations and actions, in the order they are printed."""

import uuid

from sqlalchemy import ColumnElement, func, or_, select

from cycles.core.extensions import db
from cycles.stages.gates import provides
from reports.actions.models import ActionStatus, FurtherSubject, Horizon, Recommendation

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
