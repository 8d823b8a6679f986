"""Workshops, their rounds and their verdicts."""

from flask import Blueprint

from cycles.core.access import Door
from cycles.core.shell import offer

workshops = Blueprint("workshops", __name__, url_prefix="/cycles/<uuid:cycle_id>/workshops")
offer(50, "Workshops", "workshops.index", Door.MEMBER)

# The providers register themselves with the gates between the stages when they are imported.
from workshop.rooms import evidence  # noqa: E402
from workshop.rooms.views import (  # noqa: E402 - they add their routes to the blueprint above
    acting,
    planning,
    results,
    rounds,
)

__all__ = ["acting", "evidence", "planning", "results", "rounds", "workshops"]
