"""Recommendations: added, changed, ordered within their group, removed, and followed up."""

import uuid
from dataclasses import asdict
from datetime import datetime

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Conflict
from cycles.core.extensions import db
from cycles.setup.checks import fault_in, put, refuse_faults
from cycles.setup.queries import open_cycle
from reports.actions.content import TEXT, Content, checked
from reports.actions.history import keep_change
from reports.actions.models import ActionStatus, Horizon, Recommendation
from reports.actions.queries import in_group, stopped_for

ADDED = EventType("action.added", "topic", "horizon", "source")
CHANGED = EventType("action.changed", "topic", "changed", "status")
MOVED = EventType("action.moved", "topic", "position")
FOLLOWED = EventType("action.followed", "topic", "status")
REMOVED = EventType("action.removed", "topic", "horizon")

__all__ = [
    "Content",
    "add_recommendation",
    "change_recommendation",
    "follow_action",
    "move_recommendation",
    "remove_recommendation",
]


def add_recommendation(
    *, cycle_id: uuid.UUID, content: Content, actor: Actor, moment: datetime, source: str = ""
) -> Recommendation:
    """Add a recommendation after the last of its group."""
    open_cycle(cycle_id)
    content = checked(content, cycle_id=cycle_id)
    row = Recommendation(
        cycle_id=cycle_id,
        position=len(in_group(cycle_id, content.horizon)) + 1,
        source=source,
        reminders_stopped_at=stopped_for(cycle_id, content.owner_email),
        **asdict(content),
    )
    db.session.add(row)
    db.session.flush()
    keep_change(row, before=None, actor=actor, moment=moment)
    _record(ADDED, row, actor, moment, horizon=row.horizon.value, source=source)
    return row


def change_recommendation(
    *,
    recommendation: Recommendation,
    content: Content,
    version: int | None,
    actor: Actor,
    moment: datetime,
) -> None:
    """Change a recommendation. ``version`` is the one that the editor saw."""
    row = recommendation
    open_cycle(row.cycle_id)
    if version is not None and version != row.version:
        raise Conflict("Somebody else changed this action first. Reload the page to see how.")
    content = checked(content, cycle_id=row.cycle_id, held_by=row.owner_id)
    left, before = row.horizon, row.status
    # Asked before the row has the new address: whoever had it before may have stopped for himself.
    stopped_at = stopped_for(row.cycle_id, content.owner_email)
    changed = put(row, **asdict(content))
    if not changed:
        return
    if {"owner_id", "owner_email"} & set(changed):
        row.reminders_stopped_at = stopped_at
    _change_group(row, left)
    db.session.flush()
    keep_change(row, before=before, changed=changed, actor=actor, moment=moment)
    _record(CHANGED, row, actor, moment, changed=changed, status=row.status.value)


def follow_action(
    *,
    recommendation: Recommendation,
    status: ActionStatus,
    note: str = "",
    may_drop: bool = False,
    actor: Actor,
    moment: datetime,
) -> None:
    """Say how far an action has come, in a status, a note or both. Dropping is the conveners'."""
    row = recommendation
    open_cycle(row.cycle_id)
    before = row.status
    refuse_faults(
        status=_fault_in_status(before, status, note, may_drop=may_drop),
        note=fault_in(note, most=TEXT),
    )
    row.status = status
    db.session.flush()
    keep_change(row, before=before, note=note, actor=actor, moment=moment)
    _record(FOLLOWED, row, actor, moment, status=status.value)


def _fault_in_status(
    before: ActionStatus, status: ActionStatus, note: str, *, may_drop: bool
) -> str | None:
    if status == before:
        return None if note.strip() else "Choose another status, or write a note."
    if ActionStatus.DROPPED in (before, status) and not may_drop:
        return "Whether an action is dropped is for the conveners to say."
    return None


def _change_group(row: Recommendation, left: Horizon) -> None:
    """Put a row that has changed its group at the end of the new one."""
    if row.horizon == left:
        return
    row.position = len(in_group(row.cycle_id, row.horizon)) + 1
    db.session.flush()
    _number(in_group(row.cycle_id, left))
    _number(in_group(row.cycle_id, row.horizon))


def move_recommendation(
    *, recommendation: Recommendation, up: bool, actor: Actor, moment: datetime
) -> None:
    """Move a recommendation one place up or down within its group."""
    open_cycle(recommendation.cycle_id)
    rows = in_group(recommendation.cycle_id, recommendation.horizon)
    here = rows.index(recommendation)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    _number(rows)
    _record(MOVED, recommendation, actor, moment, position=recommendation.position)


def remove_recommendation(
    *, recommendation: Recommendation, actor: Actor, moment: datetime
) -> None:
    """Remove a recommendation and close the gap it leaves."""
    row = recommendation
    open_cycle(row.cycle_id)
    db.session.delete(row)
    db.session.flush()
    _number(in_group(row.cycle_id, row.horizon))
    _record(REMOVED, row, actor, moment, horizon=row.horizon.value)


def _number(rows: list[Recommendation]) -> None:
    for position, row in enumerate(rows, 1):
        row.position = position
    db.session.flush()


def _record(
    kind: EventType, row: Recommendation, actor: Actor, moment: datetime, **facts: object
) -> None:
    kind.record(
        actor=actor,
        moment=moment,
        cycle_id=row.cycle_id,
        subject_id=row.id,
        topic=row.topic,
        **facts,
    )
