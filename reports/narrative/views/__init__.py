"""The pages on which conveners write a report's prose."""

from flask import Blueprint

narrative = Blueprint("narrative", __name__, url_prefix="/cycles/<uuid:cycle_id>/narrative")

from reports.narrative.views import (  # noqa: E402 - they add their routes to the blueprint
    keeping,
    looking_back,
    standing,
    writing,
)

__all__ = ["keeping", "looking_back", "narrative", "standing", "writing"]
