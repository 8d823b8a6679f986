"""Knowledge, skills and behaviours: everyone in the cycle reads, educators and conveners decide."""

from flask import Blueprint

from cycles.core import shell
from cycles.core.access import Door

ksbs = Blueprint("ksbs", __name__, url_prefix="/cycles/<uuid:cycle_id>/ksbs")
shell.offer(75, "KSBs", "ksbs.index", Door.MEMBER)

from cycles.ksbs.views import (  # noqa: E402 - they add their routes to the blueprint above
    competencies,
    competency_tables,
    deciding,
    listing,
    profile_sheet,
    rewording,
    showing,
    sitting,
    tables,
)

__all__ = [
    "competencies",
    "competency_tables",
    "deciding",
    "ksbs",
    "listing",
    "profile_sheet",
    "rewording",
    "showing",
    "sitting",
    "tables",
]
