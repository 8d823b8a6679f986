"""The downloads of a closed round. While it runs there is nothing to take away."""

from flask import Blueprint

exports = Blueprint(
    "exports",
    __name__,
    url_prefix="/cycles/<uuid:cycle_id>/workshops/rounds/<uuid:round_id>/export",
)

from workshop.exports.views import downloads  # noqa: E402 - it adds its routes to the blueprint above

__all__ = ["downloads", "exports"]
