"""People's places in a cycle, and invitations."""

from flask import Blueprint

people = Blueprint("people", __name__, url_prefix="/cycles/<uuid:cycle_id>/people")
