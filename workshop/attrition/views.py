"""The attrition panel, for conveners."""

import uuid

from flask import Blueprint
from werkzeug.wrappers import Response

from cycles.core.access import Door, load, opens_to
from cycles.core.downloads import csv_answer, xlsx_answer
from cycles.core.pages import page
from workshop.attrition.pages import attrition_page
from workshop.attrition.tables import TABLES
from workshop.rooms.models import Workshop

attrition = Blueprint(
    "attrition",
    __name__,
    url_prefix="/cycles/<uuid:cycle_id>/workshops/<uuid:workshop_id>/attrition",
)


@attrition.get("")
@opens_to(Door.CONVENER)
def show(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Show who began, finished and left, round by round."""
    found = attrition_page(load(Workshop, cycle_id, workshop_id))
    return page("attrition/show.html", page=found)


@attrition.get("/<any(turnout, leavers):table>.<any(csv, xlsx):kind>")
@opens_to(Door.CONVENER)
def download(cycle_id: uuid.UUID, workshop_id: uuid.UUID, table: str, kind: str) -> Response:
    """Send one table of the panel."""
    headings, rows = TABLES[table](load(Workshop, cycle_id, workshop_id))
    answer = csv_answer if kind == "csv" else xlsx_answer
    return answer(f"attrition-{table}.{kind}", headings, rows)
