"""Runs of map and gap for those who review its matches; conveners run and mark.

What a run found is read in the explorer, ``reports.explorer``.
"""

from flask import Blueprint

from cycles.core import shell
from cycles.core.access import Door
from reports.mapping import gate, nearest, running

mapping = Blueprint("mapping", __name__, url_prefix="/cycles/<uuid:cycle_id>/map-and-gap")
shell.offer(80, "Map and gap", "mapping.overview", Door.REVIEWER)

from reports.mapping.views import (  # noqa: E402 - they add their routes to the blueprint above
    downloads,
    overview,
)

__all__ = [
    "downloads",
    "gate",
    "mapping",
    "nearest",
    "overview",
    "running",
]
