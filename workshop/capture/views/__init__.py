"""Capturing capability statements: for technologists in an open room, and for conveners."""

from flask import Blueprint

from cycles.core import shell
from cycles.core.access import Door

capture = Blueprint("capture", __name__, url_prefix="/cycles/<uuid:cycle_id>/capture")
shell.offer(45, "Capture", "capture.index", Door.TECHNOLOGIST)

from workshop.capture.views import (  # noqa: E402 - they add their routes to the blueprint above
    mine,
    submitting,
)

__all__ = ["capture", "mine", "submitting"]
