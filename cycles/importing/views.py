"""The pages of any import: form, templates, report, lists, and the file that was checked.

Each blueprint that imports has them once, under its own addresses and for administrators alone.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, opens_to
from cycles.core.downloads import Cell, csv_answer, xlsx_answer
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.jobs.files import MEGABYTE, MOST_BYTES
from cycles.core.jobs.models import Job
from cycles.core.jobs.outcomes import leads_to
from cycles.core.pages import page, see_other
from cycles.core.reading import begin_reading, begin_writing, reads_first
from cycles.importing import asking
from cycles.importing.changes import HEADINGS
from cycles.importing.forms import ImportForm
from cycles.importing.importers import Importer
from cycles.importing.outcomes import changes_of, import_job_or_404, problems_of, report_page
from cycles.importing.reports import PROBLEM_HEADINGS

ANSWERS = {"csv": csv_answer, "xlsx": xlsx_answer}
SEE = "See the report"
LIMIT = f"{MOST_BYTES // MEGABYTE} MB"


@dataclass(frozen=True)
class Template:
    """A table to fill in: its headings, and rows that show how."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class ImportPage:
    """The form that imports. ``what`` is the part of the page that says what can be given."""

    section: str
    label: str
    title: str
    what: str
    form: ImportForm
    names: tuple[str, ...]
    limit: str = LIMIT


@dataclass(frozen=True)
class ImportPages:
    """What differs between the pages of one importer and another's."""

    importer: Importer
    label: str
    title: str
    form: Callable[[], ImportForm]
    templates: Mapping[str, Template]
    names: Callable[[], tuple[str, ...]]
    result_href: Callable[[Job], str]

    def add_to(self, blueprint: Blueprint) -> None:
        """Give the blueprint its pages of imports, and let its large files in."""
        routes = (
            ("/import", self.import_form, "GET"),
            ("/import", self.import_file, "POST"),
            ("/import/<name>.<kind>", self.template, "GET"),
            ("/imports/<uuid:job_id>", self.report, "GET"),
            ("/imports/<uuid:job_id>/problems.csv", self.problems, "GET"),
            ("/imports/<uuid:job_id>/changes.<kind>", self.changes, "GET"),
            ("/imports/<uuid:job_id>/good-rows", self.good_rows, "POST"),
            ("/imports/<uuid:job_id>/import", self.import_checked, "POST"),
        )
        for rule, view, method in routes:
            guarded = opens_to(Door.ADMINISTRATOR)(view)
            if method == "POST":
                guarded = reads_first(guarded)
            blueprint.add_url_rule(rule, view.__name__, guarded, methods=[method])
        blueprint.record_once(self._let_files_in)
        leads_to(self.importer.kind, self.importer.doing, SEE)(self._report_href)
        leads_to(self.importer.check_kind, "Checking a file", SEE)(self._report_href)

    def _let_files_in(self, state: BlueprintSetupState) -> None:
        # Second in line: behind what marks the request, before whatever reads the form.
        state.app.before_request_funcs.setdefault(None, []).insert(1, self._raise_limit)

    def _raise_limit(self) -> None:
        """Let an administrator send a large file to this one address, and nobody else."""
        if request.method != "POST" or request.endpoint != f"{self.importer.section}.import_file":
            return
        begin_reading()  # nothing is locked while the file comes in
        if current_user.is_authenticated and current_user.is_administrator:
            request.max_content_length = MOST_BYTES + MEGABYTE

    def _report_href(self, job: Job) -> str:
        return url_for(f"{self.importer.section}.report", job_id=job.id)

    def import_form(self) -> Response:
        """Show the form."""
        return self._form_page(self.form(), 200)

    def import_file(self) -> BaseResponse:
        """Ask the worker to check or to import what was sent."""
        form = self.form()
        if not form.validate():
            return self._form_page(form, 422)
        begin_writing()
        try:
            job = asking.ask(
                self.importer,
                uploads=form.uploads(),
                name=form.name,
                options=form.options(),
                is_check=form.is_check,
                actor=current_actor(),
                moment=clock.now(),
            )
        except Invalid as refusal:
            db.session.rollback()
            form.refuse(refusal)
            return self._form_page(form, 422)
        db.session.commit()
        return see_other(url_for("jobs.progress", job_id=job.id))

    def _form_page(self, form: ImportForm, status: int) -> Response:
        section = self.importer.section
        what = f"{section}/import_what.html"
        context = ImportPage(section, self.label, self.title, what, form, self.names())
        return page("importing/import.html", status, page=context)

    def template(self, name: str, kind: str) -> Response:
        """Download a table to fill in."""
        if name not in self.templates or kind not in ANSWERS:
            abort(404)
        table = self.templates[name]
        filename = f"{self.importer.section}-{name}.{kind}"
        return ANSWERS[kind](filename, table.headings, table.rows)

    def report(self, job_id: uuid.UUID) -> Response:
        """Show what a check found or an import did."""
        job = import_job_or_404(self.importer, job_id)
        href = self.result_href(job)
        context = report_page(self.importer, job, label=self.label, result_href=href)
        return page("importing/report.html", page=context)

    def problems(self, job_id: uuid.UUID) -> Response:
        """Download the problems of a file, row by row."""
        found = problems_of(import_job_or_404(self.importer, job_id))
        rows = (problem.cells for problem in found)
        return csv_answer("import-problems.csv", PROBLEM_HEADINGS, rows)

    def changes(self, job_id: uuid.UUID, kind: str) -> Response:
        """Download every change, with what stands now and what the file says."""
        if kind not in ANSWERS:
            abort(404)
        found = changes_of(import_job_or_404(self.importer, job_id))
        return ANSWERS[kind](f"import-changes.{kind}", HEADINGS, found)

    def good_rows(self, job_id: uuid.UUID) -> BaseResponse:
        """Import the good rows of a file that was refused."""
        return self._again(asking.ask_for_good_rows, refused=self._kept(job_id))

    def import_checked(self, job_id: uuid.UUID) -> BaseResponse:
        """Import the very file that was checked."""
        return self._again(asking.ask_for_checked, checked=self._kept(job_id))

    def _kept(self, job_id: uuid.UUID) -> Job:
        begin_writing()
        return import_job_or_404(self.importer, job_id)

    def _again(self, ask: Callable[..., Job], **which: Job) -> BaseResponse:
        job = ask(self.importer, **which, actor=current_actor(), moment=clock.now())
        db.session.commit()
        return see_other(url_for("jobs.progress", job_id=job.id))
