"""Profile cards for everyone in the cycle: to read, to print, and as PDF from the worker."""

from flask import Blueprint

cards = Blueprint("cards", __name__, url_prefix="/cycles/<uuid:cycle_id>/profiles")

from reports.cards import drawing_up  # noqa: E402 - registers the job that draws cards
from reports.cards.views import reading  # noqa: E402 - adds its routes to the blueprint above

__all__ = ["cards", "drawing_up", "reading"]
