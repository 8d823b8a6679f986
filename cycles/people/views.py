"""People's places in a cycle, and invitations."""

from flask import Blueprint

from cycles.people import commands, queries  # noqa: F401

people = Blueprint("people", __name__, url_prefix="/cycles/<uuid:cycle_id>/people")
