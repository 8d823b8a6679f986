"""Recommendations and actions, read by everyone in the cycle; conveners change them."""

from flask import Blueprint

from cycles.core import shell
from cycles.core.access import Door

actions = Blueprint("actions", __name__, url_prefix="/cycles/<uuid:cycle_id>/actions")
shell.offer(95, "Actions", "actions.index", Door.MEMBER)

from reports.actions.views import changing, reading  # noqa: E402 - they add their routes

__all__ = ["actions", "changing", "reading"]
