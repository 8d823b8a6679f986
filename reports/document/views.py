"""Snapshots and reports."""

from flask import Blueprint

report = Blueprint("report", __name__, url_prefix="/cycles/<uuid:cycle_id>/report")
