"""The pages on which conveners write a report's prose."""

from flask import Blueprint

narrative = Blueprint("narrative", __name__, url_prefix="/cycles/<uuid:cycle_id>/narrative")

from reports.narrative.views import writing  # noqa: E402 - it adds its routes to the blueprint

__all__ = ["narrative", "writing"]
