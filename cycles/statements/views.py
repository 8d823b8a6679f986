"""The capability statements of a cycle."""

from flask import Blueprint

statements = Blueprint("statements", __name__, url_prefix="/cycles/<uuid:cycle_id>/capabilities")
