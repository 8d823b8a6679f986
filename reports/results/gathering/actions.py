"""How far the actions have come, beside what the document prints of them."""

import uuid

from reports.document.assembling import printed_recommendations
from reports.results.records import TrackedAction


def tracked_actions(cycle_id: uuid.UUID) -> tuple[TrackedAction, ...]:
    """Return how far each action has come, in the order of the document's actions."""
    return tuple(
        TrackedAction(row.status.value, row.owner, row.due_on, row.notes, row.source)
        for row in printed_recommendations(cycle_id)
    )
