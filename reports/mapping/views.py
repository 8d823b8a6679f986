"""Map and gap."""

from flask import Blueprint

mapping = Blueprint("mapping", __name__, url_prefix="/cycles/<uuid:cycle_id>/map-and-gap")
