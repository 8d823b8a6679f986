"""The report's pages: its versions, reading one, and what is done to them."""

from flask import Blueprint

from cycles.core import shell
from cycles.core.access import Door

report = Blueprint("report", __name__, url_prefix="/cycles/<uuid:cycle_id>/report")
shell.offer(90, "Report", "report.index", Door.MEMBER, holds=("narrative",))

from reports.document import drawing_up  # noqa: E402 - registers the job that draws reports up
from reports.document.views import (  # noqa: E402 - they add their routes to the blueprint above
    changing,
    comparing,
    figures,
    publishing,
    reading,
)

__all__ = ["changing", "comparing", "drawing_up", "figures", "publishing", "reading", "report"]
