"""The ballot, for everybody who rates: task list, pages by area, saving, what came before."""

from flask import Blueprint

from cycles.core.access import Door
from cycles.core.shell import offer

ballot = Blueprint("ballot", __name__, url_prefix="/cycles/<uuid:cycle_id>/ballot")
offer(60, "My ballot", "ballot.start", Door.RATER)

from workshop.ballot.views import (  # noqa: E402 - they add their routes to the blueprint above
    autosave,
    looking_back,
    pages,
)

__all__ = ["autosave", "ballot", "looking_back", "pages"]
