"""Map and gap."""

from flask import Blueprint

from reports.mapping import gate, running

mapping = Blueprint("mapping", __name__, url_prefix="/cycles/<uuid:cycle_id>/map-and-gap")
__all__ = ["gate", "mapping", "running"]
