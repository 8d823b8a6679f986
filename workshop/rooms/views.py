"""Workshops and rounds."""

from flask import Blueprint

workshops = Blueprint("workshops", __name__, url_prefix="/cycles/<uuid:cycle_id>/workshops")
