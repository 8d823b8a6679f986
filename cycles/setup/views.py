"""A cycle's home and its set-up."""

from flask import Blueprint

cycle = Blueprint("cycle", __name__)
