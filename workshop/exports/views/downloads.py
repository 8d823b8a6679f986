"""The page that lists a round's files, each table in three formats, and the bundle."""

import uuid

from flask import abort
from werkzeug.wrappers import Response

from cycles.core.access import Door, load, opens_to
from cycles.core.downloads import csv_answer, file_answer, json_answer, xlsx_answer
from cycles.core.pages import page
from workshop.exports.bundle import bundle_of
from workshop.exports.pages import bundle_name, export_page
from workshop.exports.queries import read_round
from workshop.exports.tables import TABLES
from workshop.exports.views import exports
from workshop.rooms.models import Round

ANSWERS = {"csv": csv_answer, "xlsx": xlsx_answer, "json": json_answer}


@exports.get("")
@opens_to(Door.MEMBER)
def index(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """List the files of a closed round."""
    return page("exports/index.html", page=export_page(read_round(load(Round, cycle_id, round_id))))


@exports.get("/<table>.<any(csv, xlsx, json):kind>")
@opens_to(Door.MEMBER)
def download(cycle_id: uuid.UUID, round_id: uuid.UUID, table: str, kind: str) -> Response:
    """Send one table."""
    round_ = load(Round, cycle_id, round_id)
    make = TABLES.get(table) or abort(404)
    found = make(read_round(round_))
    filename = f"{found.name}-round-{round_.number}.{kind}"
    return ANSWERS[kind](filename, found.headings, found.rows)


@exports.get("/bundle.zip")
@opens_to(Door.MEMBER)
def bundle(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """Send the bundle from which every verdict can be calculated again."""
    round_ = load(Round, cycle_id, round_id)
    return file_answer(bundle_name(round_), bundle_of(read_round(round_)), "application/zip")
