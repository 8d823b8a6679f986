"""The employer panel at work."""

from flask import Blueprint

ratification = Blueprint(
    "ratification", __name__, url_prefix="/cycles/<uuid:cycle_id>/ratification"
)
