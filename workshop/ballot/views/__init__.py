"""The ballot, for employers: the task list, the pages by area, saving, and the end."""

from flask import Blueprint

from cycles.core.access import Door
from cycles.core.shell import offer

ballot = Blueprint("ballot", __name__, url_prefix="/cycles/<uuid:cycle_id>/ballot")
offer(60, "My ballot", "ballot.start", Door.EMPLOYER)

from workshop.ballot.views import (  # noqa: E402 - they add their routes to the blueprint above
    autosave,
    pages,
)

__all__ = ["autosave", "ballot", "pages"]
