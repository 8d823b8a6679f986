"""The reviews of matches as CSV, XLSX and JSON: by group, without names."""

import uuid

from flask import Response, abort

from cycles.core.access import Door, opens_to
from cycles.core.downloads import csv_answer, json_answer, xlsx_answer
from reports.mapping.verdicts import judgements
from reports.reviewing.tables import reviews_table
from reports.reviewing.views import reviewing
from reports.reviewing.views.desk import desk_of

ANSWERS = {"csv": csv_answer, "xlsx": xlsx_answer, "json": json_answer}


@reviewing.get("/reviews.<any(csv, xlsx, json):kind>")
@opens_to(Door.CONVENER)
def download(cycle_id: uuid.UUID, kind: str) -> Response:
    """Send every review of a match that the newest run compared."""
    desk = desk_of(cycle_id)
    if desk is None:
        abort(404)
    settled = judgements(desk.sayings, desk.agreed_percent)
    words = {pair: each.word for pair, each in settled.items()}
    table = reviews_table(desk.reading.ground.inputs, desk.sayings, words)
    filename = f"reviews-of-matches-run-{desk.frame.findings.run.number}.{kind}"
    return ANSWERS[kind](filename, table.headings, table.rows)
