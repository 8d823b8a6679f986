"""The history of an action: kept at every change, read newest first."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cycles.core.audit import Actor
from cycles.core.extensions import db
from reports.actions.models import ActionChange, ActionStatus, Recommendation

# The status has its own place; an owner's address and place come with the name.
UNTOLD = frozenset({"status", "owner_id", "owner_email"})
OWNER = frozenset({"owner_id", "owner_email"})
# Adding comes before whatever else happened at the same moment.
ADDED_FIRST = ActionChange.before.is_not(None)


def keep_change(
    row: Recommendation,
    *,
    before: ActionStatus | None,
    changed: Sequence[str] = (),
    note: str = "",
    actor: Actor,
    moment: datetime,
) -> None:
    """Keep one step: the status ``before`` (None when added), the fields changed, and a note."""
    told = [name for name in changed if name not in UNTOLD]
    if "owner" not in told and OWNER & set(changed):
        told.append("owner")
    db.session.add(
        ActionChange(
            cycle_id=row.cycle_id,
            recommendation_id=row.id,
            before=before,
            status=row.status,
            changed=told,
            note=note,
            changed_by_id=actor.account_id,
            changed_at=moment,
        )
    )
    db.session.flush()


def history_of(recommendation_id: uuid.UUID) -> list[ActionChange]:
    """Return the steps of one action, newest first, with who took them."""
    return list(
        db.session.scalars(
            select(ActionChange)
            .where(ActionChange.recommendation_id == recommendation_id)
            .options(joinedload(ActionChange.changed_by))
            .order_by(ActionChange.changed_at.desc(), ADDED_FIRST.desc(), ActionChange.id)
        )
    )


def changes_of(cycle_id: uuid.UUID) -> list[ActionChange]:
    """Return every step of the cycle's actions, oldest first."""
    return list(
        db.session.scalars(
            select(ActionChange)
            .where(ActionChange.cycle_id == cycle_id)
            .order_by(ActionChange.changed_at, ADDED_FIRST, ActionChange.id)
        )
    )
