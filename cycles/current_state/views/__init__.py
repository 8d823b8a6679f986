"""The current state over HTTP: everyone reads it, those who know organisations record it."""

from flask import Blueprint

from cycles.core import shell
from cycles.core.access import Door
from cycles.current_state import following

current_state = Blueprint(
    "current_state", __name__, url_prefix="/cycles/<uuid:cycle_id>/current-state"
)
shell.offer(45, "Current state", "current_state.index", Door.MEMBER)

from cycles.current_state.views import (  # noqa: E402 - they add their routes to the blueprint above
    overview,
    recording,
    tables,
)

__all__ = ["current_state", "following", "overview", "recording", "tables"]
