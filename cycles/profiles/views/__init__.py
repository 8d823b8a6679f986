"""Future Occupational Profiles, to read: for everyone in the cycle. The panel's pages are above."""

from flask import Blueprint

from cycles.core import shell
from cycles.core.access import Door

profiles = Blueprint("profiles", __name__, url_prefix="/cycles/<uuid:cycle_id>/profiles")
shell.offer(70, "Profiles", "profiles.index", Door.MEMBER)

from cycles.profiles.views import (  # noqa: E402 - they add their routes to the blueprint above
    compare,
    grid,
    listing,
    seeding,
    showing,
    tables,
    version,
)

__all__ = ["compare", "grid", "listing", "profiles", "seeding", "showing", "tables", "version"]
