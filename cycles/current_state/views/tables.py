"""The current state as tables: the download, the template, the upload with its row-level errors."""

import uuid

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, current_place, opens_to
from cycles.core.clock import LONDON
from cycles.core.downloads import csv_answer, xlsx_answer
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.core.tables import read_sent
from cycles.current_state import rules
from cycles.current_state.commands import import_answers
from cycles.current_state.forms import UploadForm
from cycles.current_state.importing import HEADINGS, REQUIRED, Reading, read_answers
from cycles.current_state.pages import UploadPage
from cycles.current_state.queries import Cell, cells_of
from cycles.current_state.views import current_state
from cycles.current_state.views.sheet import recorders, who_recorded
from cycles.setup.queries import get_cycle, partners_of

COLUMNS = (
    "Code",
    "Capability",
    "Function",
    "Domain",
    "Area",
    "Partner",
    "Today",
    "Note",
    "Captured on",
)
ANSWERS = {"csv": csv_answer, "xlsx": xlsx_answer}


@current_state.get("/download/<any(csv, xlsx):kind>")
@opens_to(Door.MEMBER)
def download(cycle_id: uuid.UUID, kind: str) -> BaseResponse:
    """Answer with every cell; who captured it is for conveners only."""
    names = recorders(cycle_id) if current_place().is_convener else None
    headings = COLUMNS if names is None else (*COLUMNS, "Captured by")
    rows = [
        (*_row(each), *(() if names is None else (who_recorded(each, names),)))
        for each in cells_of(cycle_id)
    ]
    return ANSWERS[kind](f"current-state.{kind}", headings, rows)


@current_state.get("/upload/template/<any(csv, xlsx):kind>")
@opens_to(Door.RECORDER)
def upload_template(cycle_id: uuid.UUID, kind: str) -> BaseResponse:
    """Answer with a row for every cell, to be filled in; what is captured stands there already."""
    rows = [
        (
            each.statement.code,
            each.statement.text,
            each.partner.name,
            each.strength.value if each.strength else "",
            each.record.note if each.record else "",
        )
        for each in cells_of(cycle_id)
    ]
    return ANSWERS[kind](f"current-state-template.{kind}", HEADINGS, rows)


@current_state.get("/upload")
@opens_to(Door.RECORDER)
def upload(cycle_id: uuid.UUID) -> Response:
    """Show the upload."""
    return page("current_state/upload.html", page=_page(cycle_id, UploadForm(), Reading()))


@current_state.post("/upload")
@opens_to(Door.RECORDER)
def read_upload(cycle_id: uuid.UUID) -> BaseResponse:
    """Record the rows of the file: all of them, or none unless the good ones alone are wanted."""
    form, reading = UploadForm(), Reading()
    try:
        reading = _reading(cycle_id, form)
        if not reading.problems or (reading.answers and form.good_rows_only.data):
            changed = _import(cycle_id, reading)
            db.session.commit()
            flash(_told(reading, changed), "success")
            return see_other(url_for("current_state.index", cycle_id=cycle_id))
    except Invalid as refusal:
        form.refuse(refusal)
    db.session.rollback()
    return page("current_state/upload.html", 422, page=_page(cycle_id, form, reading))


def _reading(cycle_id: uuid.UUID, form: UploadForm) -> Reading:
    table = read_sent(form.file.data, headings=HEADINGS, required=REQUIRED)
    reading = read_answers(table, cells_of(cycle_id), partners_of(cycle_id))
    if not reading.answers and not reading.problems:
        raise Invalid("No row of the file says anything in the column Today.")
    return reading


def _import(cycle_id: uuid.UUID, reading: Reading) -> int:
    return import_answers(
        cycle=get_cycle(cycle_id),
        answers=reading.answers,
        participant_id=current_place().participant_id,
        actor=current_actor(),
        moment=clock.now(),
    )


def _told(reading: Reading, changed: int) -> str:
    told = f"{len(reading.answers):,} rows read, {changed:,} cells changed."
    if reading.empty:
        told += f" {reading.empty:,} rows say nothing and changed nothing."
    return told + (f" {len(reading.problems):,} were left out." if reading.problems else "")


def _page(cycle_id: uuid.UUID, form: UploadForm, reading: Reading) -> UploadPage:
    return UploadPage(
        cycle_id=cycle_id,
        form=form,
        problems=reading.problems,
        told=f"Nothing was recorded. {len(reading.problems):,} rows have problems; "
        f"{len(reading.answers):,} are right.",
        closed_because=rules.closed_because(get_cycle(cycle_id)),
    )


def _row(cell: Cell) -> tuple[str, ...]:
    area, record = cell.statement.area, cell.record
    places = (area.function, area.domain, area.name) if area else ("", "", "")
    return (
        cell.statement.code,
        cell.statement.text,
        *places,
        cell.partner.name,
        record.strength.value if record else "",
        record.note if record else "",
        f"{record.captured_at.astimezone(LONDON):%d/%m/%Y}" if record else "",
    )
