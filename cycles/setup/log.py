"""What the page of the audit log asks: a page of events, and the names of who acted."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select

from cycles.accounts.models import Account
from cycles.core.audit import AuditEvent
from cycles.core.extensions import db

PER_PAGE = 50


def count_events(cycle_id: uuid.UUID) -> int:
    """Return how many events the cycle's log has."""
    return db.session.scalar(select(func.count()).where(AuditEvent.cycle_id == cycle_id)) or 0


def page_of_events(cycle_id: uuid.UUID, number: int) -> list[AuditEvent]:
    """Return page ``number`` (from 1) of the cycle's events, newest first."""
    return list(
        db.session.scalars(
            select(AuditEvent)
            .where(AuditEvent.cycle_id == cycle_id)
            .order_by(AuditEvent.id.desc())
            .limit(PER_PAGE)
            .offset((number - 1) * PER_PAGE)
        )
    )


def names_of_actors(events: Sequence[AuditEvent]) -> dict[uuid.UUID, str]:
    """Return the name of each account that acted in ``events``."""
    ids = {each.account_id for each in events if each.account_id is not None}
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))
    return {row.id: row.name for row in rows}
