"""Future Occupational Profiles, to read."""

from flask import Blueprint

profiles = Blueprint("profiles", __name__, url_prefix="/cycles/<uuid:cycle_id>/profiles")
