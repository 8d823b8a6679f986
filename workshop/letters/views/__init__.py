"""Letters about workshops: the record, sending them, and the pages behind their links."""

from flask import Blueprint

letters = Blueprint("letters", __name__)
PATH = "/cycles/<uuid:cycle_id>/workshops/<uuid:workshop_id>"

# The worker's job registers itself when it is imported.
from workshop.letters import sending  # noqa: E402
from workshop.letters.views import (  # noqa: E402 - they add their routes to the blueprint above
    record,
    stopping,
)

__all__ = ["letters", "record", "sending", "stopping"]
