"""Importing into the library: the form, its template file, the report, and the good rows."""

import uuid

from flask import Response, abort, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, opens_to
from cycles.core.downloads import csv_answer, xlsx_answer
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.core.jobs.outcomes import leads_to
from cycles.core.pages import page, see_other
from cycles.importing.outcomes import import_job_or_404, problems_answer, report_page
from cycles.library import asking
from cycles.library.forms import ImportForm
from cycles.library.importing.shapes import TEMPLATE
from cycles.library.pages import ImportPage
from cycles.library.queries import sources
from cycles.library.views import library

EXAMPLES = (
    ("Calibrate the sensors of automated ovens", "capability", "", "", "", "X1", "", "Our library"),
    (
        "How the temperature of an oven is controlled",
        "knowledge",
        "",
        "",
        "",
        "X2",
        "",
        "Our library",
    ),
)
COUNTS = {"Records": ("records", "added", "changed", "retired")}


@leads_to(asking.KIND, "Importing into the library", "See the report")
def _report_of(job: Job) -> str:
    return url_for("library.report", job_id=job.id)


@library.get("/import")
@opens_to(Door.ADMINISTRATOR)
def import_form() -> Response:
    """Show the form."""
    return _form_page(ImportForm(), 200)


@library.post("/import")
@opens_to(Door.ADMINISTRATOR)
def import_file() -> BaseResponse:
    """Ask the worker to import the file that was sent."""
    form = ImportForm()
    if not form.validate():
        return _form_page(form, 422)
    try:
        job = asking.ask_to_import(
            stream=form.file.data.stream,
            filename=form.file.data.filename,
            source=form.facts(),
            occupations_like=form.occupations_like(),
            is_part=form.is_part.data,
            actor=current_actor(),
            moment=clock.now(),
        )
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _form_page(form, 422)
    db.session.commit()
    return see_other(url_for("jobs.progress", job_id=job.id))


def _form_page(form: ImportForm, status: int) -> Response:
    names = tuple(each.name for each in sources())
    return page("library/import.html", status, page=ImportPage(form, names))


@library.get("/import/template.<kind>")
@opens_to(Door.ADMINISTRATOR)
def template(kind: str) -> Response:
    """Download the table to fill in."""
    if kind not in ("csv", "xlsx"):
        abort(404)
    answer = csv_answer if kind == "csv" else xlsx_answer
    return answer(f"library-template.{kind}", TEMPLATE, EXAMPLES)


@library.get("/imports/<uuid:job_id>")
@opens_to(Door.ADMINISTRATOR)
def report(job_id: uuid.UUID) -> Response:
    """Show what an import did."""
    job = import_job_or_404(job_id, asking.KIND)
    context = report_page(job, COUNTS, result_href=url_for("library.index"))
    return page("library/report.html", page=context)


@library.get("/imports/<uuid:job_id>/problems.csv")
@opens_to(Door.ADMINISTRATOR)
def problems(job_id: uuid.UUID) -> Response:
    """Download the problems of an import."""
    return problems_answer(import_job_or_404(job_id, asking.KIND))


@library.post("/imports/<uuid:job_id>/good-rows")
@opens_to(Door.ADMINISTRATOR)
def good_rows(job_id: uuid.UUID) -> BaseResponse:
    """Import the good rows of a file that was refused."""
    refused = import_job_or_404(job_id, asking.KIND)
    job = asking.ask_for_good_rows(refused=refused, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return see_other(url_for("jobs.progress", job_id=job.id))
