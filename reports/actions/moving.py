"""What moved since a moment, worked out from the history of actions. Pure."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reports.actions.models import ActionChange, ActionStatus, Recommendation


@dataclass(frozen=True)
class Move:
    """What became of one action. ``before`` is None for one that was added since."""

    action: Recommendation
    before: ActionStatus | None
    notes: int
    last_on: datetime


def moves_since(
    rows: Sequence[Recommendation], changes: Sequence[ActionChange], moment: datetime | None
) -> tuple[Move, ...]:
    """Return the actions whose status moved, which are new, or of which somebody wrote a note.

    The last to move stands first. ``changes`` stand oldest first; without a ``moment`` all count.
    """
    since: dict[uuid.UUID, list[ActionChange]] = {}
    for change in changes:
        if moment is None or change.changed_at > moment:
            since.setdefault(change.recommendation_id, []).append(change)
    moves = [_move(row, since[row.id]) for row in rows if row.id in since]
    told = [each for each in moves if each.before != each.action.status or each.notes]
    return tuple(sorted(told, key=lambda each: each.last_on, reverse=True))


def _move(row: Recommendation, changes: Sequence[ActionChange]) -> Move:
    return Move(
        action=row,
        before=changes[0].before,
        notes=sum(bool(each.note) for each in changes),
        last_on=changes[-1].changed_at,
    )


def last_heard(changes: Sequence[ActionChange]) -> dict[uuid.UUID, datetime]:
    """Return when each action was last changed or told of; ``changes`` stand oldest first."""
    return {each.recommendation_id: each.changed_at for each in changes}
