"""The employer panel at work: its queue, its page of a profile, and what it may do there."""

from flask import Blueprint

from cycles.core import shell
from cycles.core.access import Door

ratification = Blueprint(
    "ratification", __name__, url_prefix="/cycles/<uuid:cycle_id>/ratification"
)
shell.offer(65, "Ratify", "ratification.index", Door.PANEL_OR_CONVENER)

from workshop.ratification.views import (  # noqa: E402 - they add their routes to the blueprint above
    adding,
    boarding,
    changing,
    deciding,
    generating,
    queue,
    reshaping,
    talking,
)

__all__ = [
    "adding",
    "boarding",
    "changing",
    "deciding",
    "generating",
    "queue",
    "ratification",
    "reshaping",
    "talking",
]
