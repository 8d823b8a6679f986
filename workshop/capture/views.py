"""Capturing capability statements."""

from flask import Blueprint

capture = Blueprint("capture", __name__, url_prefix="/cycles/<uuid:cycle_id>/capture")
