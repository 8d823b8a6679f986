"""Recommendations and actions."""

from flask import Blueprint

actions = Blueprint("actions", __name__, url_prefix="/cycles/<uuid:cycle_id>/actions")
