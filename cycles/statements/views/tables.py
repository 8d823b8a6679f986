"""Statements as tables: the downloads, the template, and the upload with its row-level errors."""

import uuid
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.classification.queries import areas
from cycles.core import clock
from cycles.core.access import Door, current_actor, opens_to
from cycles.core.clock import LONDON
from cycles.core.downloads import csv_answer, xlsx_answer
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.core.tables import read_sent
from cycles.setup.queries import get_cycle, partners_of
from cycles.statements import rules
from cycles.statements.adding import import_statements
from cycles.statements.comparing import ask_to_compare
from cycles.statements.filters import chosen, read_filters
from cycles.statements.forms import UploadForm
from cycles.statements.importing import (
    EXAMPLE,
    HEADINGS,
    REQUIRED,
    Known,
    Reading,
    RowProblem,
    read_statements,
)
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.queries import statements_of
from cycles.statements.views import statements
from cycles.statements.wording import LONGEST, SHORTEST, key

MOST_ROWS = 2000
COLUMNS = (
    "Code",
    "Statement",
    "Function",
    "Domain",
    "Area",
    "Partners",
    "Status",
    "Merged into",
    "Submitted on",
)
NOTHING_READ = Reading((), ())
ANSWERS = {"csv": csv_answer, "xlsx": xlsx_answer}


@dataclass(frozen=True)
class UploadPage:
    """The upload, and what was wrong with the rows of the file that was sent."""

    cycle_id: uuid.UUID
    form: UploadForm
    problems: tuple[RowProblem, ...]
    told: str
    most_rows: str
    shortest: int
    longest: int
    closed_because: str


@statements.get("/download/<any(csv, xlsx):kind>")
@opens_to(Door.MEMBER)
def download(cycle_id: uuid.UUID, kind: str) -> BaseResponse:
    """Answer with the list as it is filtered."""
    everything = statements_of(cycle_id)
    codes = {each.id: each.code for each in everything}
    rows = [_row(each, codes) for each in chosen(everything, read_filters(request.args))]
    return ANSWERS[kind](f"capabilities.{kind}", COLUMNS, rows)


@statements.get("/upload/template/<any(csv, xlsx):kind>")
@opens_to(Door.CONVENER)
def upload_template(cycle_id: uuid.UUID, kind: str) -> BaseResponse:  # noqa: ARG001 - in the address
    """Answer with an empty table and one example."""
    return ANSWERS[kind](f"capabilities-template.{kind}", HEADINGS, [EXAMPLE])


@statements.get("/upload")
@opens_to(Door.CONVENER)
def upload(cycle_id: uuid.UUID) -> Response:
    """Show the upload."""
    return page("statements/upload.html", page=_page(cycle_id, UploadForm(), NOTHING_READ))


@statements.post("/upload")
@opens_to(Door.CONVENER)
def read_upload(cycle_id: uuid.UUID) -> BaseResponse:
    """Add the rows of the file: all of them, or none unless the good ones alone are wanted."""
    form = UploadForm()
    reading = NOTHING_READ
    who, when = current_actor(), clock.now()
    try:
        reading = _reading(cycle_id, form)
        if _may_add(form, reading):
            import_statements(
                cycle=get_cycle(cycle_id), drafts=reading.drafts, actor=who, moment=when
            )
            ask_to_compare(cycle_id=cycle_id, actor=who, moment=when)
            db.session.commit()
            flash(_told(reading), "success")
            return see_other(url_for("statements.index", cycle_id=cycle_id))
    except Invalid as refusal:
        form.refuse(refusal)
    db.session.rollback()
    return page("statements/upload.html", 422, page=_page(cycle_id, form, reading))


def _reading(cycle_id: uuid.UUID, form: UploadForm) -> Reading:
    table = read_sent(form.file.data, headings=HEADINGS, required=REQUIRED, most_rows=MOST_ROWS)
    there = (each for each in statements_of(cycle_id) if each.status != StatementStatus.REJECTED)
    codes = {key(each.text): each.code for each in there}
    return read_statements(table, Known(areas(), partners_of(cycle_id), codes))


def _may_add(form: UploadForm, reading: Reading) -> bool:
    return bool(reading.drafts) and (not reading.problems or form.good_rows_only.data)


def _told(reading: Reading) -> str:
    left = f" {len(reading.problems)} rows were left out." if reading.problems else ""
    return f"{len(reading.drafts)} statements imported.{left}"


def _page(cycle_id: uuid.UUID, form: UploadForm, reading: Reading) -> UploadPage:
    return UploadPage(
        cycle_id=cycle_id,
        form=form,
        problems=reading.problems,
        told=f"Nothing was imported. {len(reading.problems)} rows have problems; "
        f"{len(reading.drafts)} are right.",
        most_rows=f"{MOST_ROWS:,}",
        shortest=SHORTEST,
        longest=LONGEST,
        closed_because=rules.closed_because(get_cycle(cycle_id)),
    )


def _row(statement: CapabilityStatement, codes: dict[uuid.UUID, str]) -> tuple[str, ...]:
    area = statement.area
    places = (area.function, area.domain, area.name) if area else ("", "", "")
    merged_into = codes[statement.merged_into_id] if statement.merged_into_id else ""
    return (
        statement.code,
        statement.text,
        *places,
        "; ".join(partner.name for partner in statement.partners),
        statement.status.value,
        merged_into,
        f"{statement.created_at.astimezone(LONDON):%d/%m/%Y}",
    )
