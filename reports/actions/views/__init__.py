"""Recommendations and actions: read by everyone in the cycle, followed up by owners and conveners.

Conveners write them, remind their owners, and name subjects for further cycles.
"""

from flask import Blueprint

from cycles.core import shell
from cycles.core.access import Door

actions = Blueprint("actions", __name__, url_prefix="/cycles/<uuid:cycle_id>/actions")
shell.offer(95, "Actions", "actions.index", Door.MEMBER)

# The worker's job registers itself when it is imported.
from reports.actions.reminding import sending  # noqa: E402
from reports.actions.views import (  # noqa: E402 - they add their routes to the blueprint above
    changing,
    following,
    progress,
    reading,
    reminding,
    subjects,
)

__all__ = [
    "actions",
    "changing",
    "following",
    "progress",
    "reading",
    "reminding",
    "sending",
    "subjects",
]
