"""What is asked of the record of reminders. Reads only."""

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from cycles.core.extensions import db
from cycles.setup.models import Cycle
from cycles.stages.words import Stage
from reports.actions.models import SETTLED, ActionReminder, Recommendation
from reports.actions.reminding.planning import AHEAD, day_of
from workshop.letters.models import LetterState


def reminders_of(cycle_id: uuid.UUID) -> list[ActionReminder]:
    """Return the record of a cycle's reminders, newest first, each with its action."""
    return list(
        db.session.scalars(
            select(ActionReminder)
            .where(ActionReminder.cycle_id == cycle_id)
            .options(joinedload(ActionReminder.recommendation))
            .order_by(
                ActionReminder.asked_at.desc(), func.lower(ActionReminder.name), ActionReminder.id
            )
        )
    )


def last_reminded(cycle_id: uuid.UUID) -> dict[uuid.UUID, datetime]:
    """Return when the owner of each action was last reminded of it."""
    rows = db.session.execute(
        select(ActionReminder.recommendation_id, func.max(ActionReminder.sent_at))
        .where(ActionReminder.cycle_id == cycle_id, ActionReminder.state == LetterState.SENT)
        .group_by(ActionReminder.recommendation_id)
    )
    return {action: sent for action, sent in rows if sent is not None}


def waiting(moment: datetime) -> ColumnElement[bool]:
    """Return the condition that a reminder may go out now."""
    return and_(
        ActionReminder.state == LetterState.QUEUED,
        or_(ActionReminder.not_before.is_(None), ActionReminder.not_before <= moment),
    )


def addresses_waiting(cycle_id: uuid.UUID, moment: datetime) -> list[str]:
    """Return the addresses in a cycle that a letter may go to now."""
    return list(
        db.session.scalars(
            select(ActionReminder.email)
            .where(ActionReminder.cycle_id == cycle_id, waiting(moment))
            .distinct()
            .order_by(ActionReminder.email)
        )
    )


def cycles_waiting(moment: datetime) -> list[uuid.UUID]:
    """Return the cycles in which a reminder may go out now."""
    return list(
        db.session.scalars(
            select(ActionReminder.cycle_id)
            .where(waiting(moment))
            .distinct()
            .order_by(ActionReminder.cycle_id)
        )
    )


def cycles_to_remind(moment: datetime) -> list[Cycle]:
    """Return the open cycles at their last stage in which an action is due."""
    due = (
        select(Recommendation.id)
        .where(
            Recommendation.cycle_id == Cycle.id,
            Recommendation.status.not_in(SETTLED),
            Recommendation.due_on <= day_of(moment) + AHEAD,
        )
        .exists()
    )
    return list(
        db.session.scalars(
            select(Cycle)
            .where(
                Cycle.stage == Stage.CAUSING_ACTION,
                Cycle.sealed_at.is_(None),
                Cycle.archived_at.is_(None),
                Cycle.is_demonstration.is_(False),
                due,
            )
            .order_by(Cycle.id)
        )
    )
