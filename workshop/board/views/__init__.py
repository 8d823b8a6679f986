"""The board, the projector, the agenda, breakouts, and the banner that calls everyone."""

from flask import Blueprint

board = Blueprint("board", __name__, url_prefix="/cycles/<uuid:cycle_id>")

from workshop.board.views import (  # noqa: E402 - they add their routes to the blueprint above
    agenda,
    breaking,
    calling,
    running,
    showing,
)

__all__ = ["agenda", "board", "breaking", "calling", "running", "showing"]
