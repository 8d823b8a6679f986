"""Frameworks of occupational standards: reading them, and importing them."""

from flask import Blueprint

from cycles.core import shell
from cycles.core.access import Door

standards = Blueprint("standards", __name__, url_prefix="/standards")
shell.offer(20, "Standards", "standards.index", Door.SIGNED_IN, in_cycle=False)

from cycles.standards.views import importing, reading  # noqa: E402,F401 - they add the routes
