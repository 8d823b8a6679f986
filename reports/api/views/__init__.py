"""The API's routes. Who asks is nobody: the link alone opens what it opens."""

from flask import Blueprint

from reports.api.describing import PREFIX

api = Blueprint("api", __name__, url_prefix=PREFIX)

from reports.api.views import manners, reading  # noqa: E402 - they add to the blueprint above

__all__ = ["api", "manners", "reading"]
