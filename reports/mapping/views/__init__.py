"""Map and gap for everyone in the cycle; reviewers judge matches, conveners run and mark."""

from flask import Blueprint

from cycles.core import shell
from cycles.core.access import Door
from reports.mapping import gate, nearest, running

mapping = Blueprint("mapping", __name__, url_prefix="/cycles/<uuid:cycle_id>/map-and-gap")
shell.offer(80, "Map and gap", "mapping.overview", Door.MEMBER)

from reports.mapping.views import (  # noqa: E402 - they add their routes to the blueprint above
    capabilities,
    downloads,
    overview,
    profiles,
)

__all__ = [
    "capabilities",
    "downloads",
    "gate",
    "mapping",
    "nearest",
    "overview",
    "profiles",
    "running",
]
