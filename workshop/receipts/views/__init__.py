"""Receipts over HTTP: a rater's own, and the list that everybody in the cycle may check."""

from flask import Blueprint

receipts = Blueprint("receipts", __name__, url_prefix="/cycles/<uuid:cycle_id>")

from workshop.receipts.views import own, published  # noqa: E402 - they add their routes above

__all__ = ["own", "published", "receipts"]
