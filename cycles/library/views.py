"""The library of statements."""

from flask import Blueprint

library = Blueprint("library", __name__, url_prefix="/library")
