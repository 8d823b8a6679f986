"""Importing standards: the form, its template file, the report, and the good rows."""

import uuid

from flask import Response, abort, request, url_for
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
from cycles.standards import asking
from cycles.standards.forms import ImportForm
from cycles.standards.importing.table_files import TEMPLATE
from cycles.standards.pages import ImportPage
from cycles.standards.queries import frameworks
from cycles.standards.views import standards

EXAMPLES = (
    ("X0001", "Baker", 3, "Catering", "Mix dough to a recipe", "yes", "K1; S1", "K1", "Flours"),
    ("X0001", "Baker", 3, "Catering", "Bake bread", "yes", "S1", "S1", "Shape loaves"),
    ("X0002", "Miller", 2, "Catering", "", "", "", "", ""),
)
COUNTS = {
    "Standards": ("standards", "added", "changed", "retired"),
    "Duties": ("duties", "duties_added", "duties_changed", "duties_retired"),
    "Knowledge, skills and behaviours": ("ksbs", "ksbs_added", "ksbs_changed", "ksbs_removed"),
}


@leads_to(asking.KIND, "Importing standards", "See the report")
def _report_of(job: Job) -> str:
    return url_for("standards.report", job_id=job.id)


@standards.get("/import")
@opens_to(Door.ADMINISTRATOR)
def import_form() -> Response:
    """Show the form."""
    form = ImportForm(framework=request.args.get("framework", "")[:200])
    return _form_page(form, 200)


@standards.post("/import")
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
            framework=form.facts(),
            with_unapproved=form.with_unapproved.data,
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
    names = tuple(each.name for each in frameworks())
    return page("standards/import.html", status, page=ImportPage(form, names))


@standards.get("/import/template.<kind>")
@opens_to(Door.ADMINISTRATOR)
def template(kind: str) -> Response:
    """Download the table to fill in."""
    if kind not in ("csv", "xlsx"):
        abort(404)
    answer = csv_answer if kind == "csv" else xlsx_answer
    return answer(f"standards-template.{kind}", TEMPLATE, EXAMPLES)


@standards.get("/imports/<uuid:job_id>")
@opens_to(Door.ADMINISTRATOR)
def report(job_id: uuid.UUID) -> Response:
    """Show what an import did."""
    job = import_job_or_404(job_id, asking.KIND)
    framework_id = job.finding.get("framework_id")
    href = url_for("standards.framework", framework_id=framework_id) if framework_id else ""
    return page("standards/report.html", page=report_page(job, COUNTS, result_href=href))


@standards.get("/imports/<uuid:job_id>/problems.csv")
@opens_to(Door.ADMINISTRATOR)
def problems(job_id: uuid.UUID) -> Response:
    """Download the problems of an import."""
    return problems_answer(import_job_or_404(job_id, asking.KIND))


@standards.post("/imports/<uuid:job_id>/good-rows")
@opens_to(Door.ADMINISTRATOR)
def good_rows(job_id: uuid.UUID) -> BaseResponse:
    """Import the good rows of a file that was refused."""
    refused = import_job_or_404(job_id, asking.KIND)
    job = asking.ask_for_good_rows(refused=refused, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return see_other(url_for("jobs.progress", job_id=job.id))
