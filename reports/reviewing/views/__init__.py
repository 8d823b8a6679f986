"""The review of matches, for everyone in the cycle to read and for its reviewers to do."""

from flask import Blueprint

reviewing = Blueprint(
    "reviewing", __name__, url_prefix="/cycles/<uuid:cycle_id>/map-and-gap/review"
)

from reports.reviewing.views import (  # noqa: E402 - they add their routes to the blueprint above
    downloads,
    judging,
    queue,
)

__all__ = ["downloads", "judging", "queue", "reviewing"]
