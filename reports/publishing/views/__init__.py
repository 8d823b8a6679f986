"""Publishing, for conveners. What is published is read through the explorer's doors."""

from flask import Blueprint

publishing = Blueprint("publishing", __name__, url_prefix="/cycles/<uuid:cycle_id>/publishing")

from reports.publishing.views import (  # noqa: E402 - it adds its routes to the blueprint above
    convening,
)

__all__ = ["convening", "publishing"]
