"""The library of statements: reading it, and importing into it."""

from flask import Blueprint

from cycles.core import shell
from cycles.core.access import Door

library = Blueprint("library", __name__, url_prefix="/library")
shell.offer(30, "Library", "library.index", Door.SIGNED_IN, in_cycle=False)

from cycles.library.views import importing, reading  # noqa: E402,F401 - they add the routes
