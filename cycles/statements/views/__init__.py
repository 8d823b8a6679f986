"""The capability statements of a cycle, for everyone in it; conveners change them."""

from flask import Blueprint

from cycles.core import shell
from cycles.core.access import Door

statements = Blueprint("statements", __name__, url_prefix="/cycles/<uuid:cycle_id>/capabilities")
shell.offer(40, "Capabilities", "statements.index", Door.MEMBER)

from cycles.statements.views import (  # noqa: E402 - they add their routes to the blueprint above
    alike,
    changing,
    placing,
    reading,
    seeding,
    tables,
)

__all__ = ["alike", "changing", "placing", "reading", "seeding", "statements", "tables"]
