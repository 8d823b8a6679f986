"""The ballot."""

from flask import Blueprint

ballot = Blueprint("ballot", __name__, url_prefix="/cycles/<uuid:cycle_id>/ballot")
