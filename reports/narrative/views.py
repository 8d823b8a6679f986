"""The convener's prose."""

from flask import Blueprint

narrative = Blueprint("narrative", __name__, url_prefix="/cycles/<uuid:cycle_id>/narrative")
