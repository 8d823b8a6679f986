"""Pages outside any cycle."""

from flask import Blueprint

home = Blueprint("home", __name__)
