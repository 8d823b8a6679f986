"""Knowledge, skills and behaviours of capabilities."""

from flask import Blueprint

ksbs = Blueprint("ksbs", __name__, url_prefix="/cycles/<uuid:cycle_id>/ksbs")
