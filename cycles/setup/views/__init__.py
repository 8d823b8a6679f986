"""A cycle's home, its set-up and its log, over HTTP. What may change is the commands' to say."""

from flask import Blueprint

from cycles.core import shell
from cycles.core.access import Door

cycle = Blueprint("cycle", __name__, url_prefix="/cycles")

shell.offer(10, "Overview", "cycle.home", Door.MEMBER)
shell.offer(20, "Set-up", "cycle.setup", Door.CONVENER)
shell.offer(98, "Audit log", "cycle.audit", Door.CONVENER)

from cycles.setup.views import (  # noqa: E402 - they add their routes to the blueprint above
    archiving,
    home,
    log,
    overview,
    partners,
    provision,
    role_levels,
    rules,
    solutions,
    starting,
    texts,
    timeline,
)

__all__ = [
    "archiving",
    "cycle",
    "home",
    "log",
    "overview",
    "partners",
    "provision",
    "role_levels",
    "rules",
    "solutions",
    "starting",
    "texts",
    "timeline",
]
