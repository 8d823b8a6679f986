"""Recommendations: added, changed, ordered within their group, removed. Conveners only."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Conflict
from cycles.core.extensions import db
from cycles.setup.checks import fault_in, put, refuse_faults
from cycles.setup.queries import open_cycle
from reports.actions.models import ActionStatus, Horizon, Recommendation
from reports.actions.queries import in_group

ADDED = EventType("action.added", "topic", "horizon", "source")
CHANGED = EventType("action.changed", "topic", "changed", "status")
MOVED = EventType("action.moved", "topic", "position")
REMOVED = EventType("action.removed", "topic", "horizon")

LINE, SHORT_LINE, TEXT = 300, 200, 4000


@dataclass(frozen=True)
class Content:
    """What a recommendation says, and how far it has come."""

    horizon: Horizon
    topic: str
    actions: str = ""
    who: str = ""
    when: str = ""
    result: str = ""
    owner: str = ""
    due_on: date | None = None
    status: ActionStatus = ActionStatus.PROPOSED
    notes: str = ""


def add_recommendation(
    *, cycle_id: uuid.UUID, content: Content, actor: Actor, moment: datetime, source: str = ""
) -> Recommendation:
    """Add a recommendation after the last of its group."""
    open_cycle(cycle_id)
    _check(content)
    row = Recommendation(
        cycle_id=cycle_id,
        position=len(in_group(cycle_id, content.horizon)) + 1,
        source=source,
        **asdict(content),
    )
    db.session.add(row)
    db.session.flush()
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
    _check(content)
    left = row.horizon
    changed = put(row, **asdict(content))
    if not changed:
        return
    if row.horizon != left:
        row.position = len(in_group(row.cycle_id, row.horizon)) + 1
        db.session.flush()
        _number(in_group(row.cycle_id, left))
        _number(in_group(row.cycle_id, row.horizon))
    db.session.flush()
    _record(CHANGED, row, actor, moment, changed=changed, status=row.status.value)


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


def _check(content: Content) -> None:
    refuse_faults(
        topic=fault_in(content.topic, most=LINE, blank="Enter the topic."),
        actions=fault_in(content.actions, most=TEXT),
        who=fault_in(content.who, most=LINE),
        when=fault_in(content.when, most=SHORT_LINE),
        result=fault_in(content.result, most=TEXT),
        owner=fault_in(content.owner, most=SHORT_LINE),
        notes=fault_in(content.notes, most=TEXT),
    )


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
