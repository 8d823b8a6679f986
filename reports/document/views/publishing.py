"""Publishing a report: the checklist of its prose, and the final edition once somebody says so."""

import uuid
from dataclasses import dataclass

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from reports.document.commands import publish as publish_report
from reports.document.forms import PublishForm
from reports.document.models import Report
from reports.document.pages import ReportCard
from reports.document.queries import document_of
from reports.document.views import report
from reports.document.views.reading import card_of
from reports.narrative.checklist import Checklist, checklist_of


@dataclass(frozen=True)
class PublishPage:
    """A report that is about to be published, with what there is to look at in its prose."""

    card: ReportCard
    checklist: Checklist
    form: PublishForm


@report.get("/<uuid:report_id>/publish")
@opens_to(Door.CONVENER)
def publishing(cycle_id: uuid.UUID, report_id: uuid.UUID) -> Response:
    """Show what there is to look at before a report is published."""
    return _answer(load(Report, cycle_id, report_id), PublishForm(formdata=None))


@report.post("/<uuid:report_id>/publish")
@opens_to(Door.CONVENER)
def publish(cycle_id: uuid.UUID, report_id: uuid.UUID) -> BaseResponse:
    """Have the final edition drawn up; with it the report is published."""
    row, form = load(Report, cycle_id, report_id), PublishForm()
    try:
        publish_report(
            report=row,
            actor=current_actor(),
            moment=clock.now(),
            accepts_drafts=form.accepts_drafts.data,
            accepts_differences=form.accepts_differences.data,
        )
    except (Closed, Invalid) as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _answer(row, form, 422)
    flash(
        "The final edition is being drawn up. The report is published when it is ready.", "success"
    )
    db.session.commit()
    return see_other(url_for("report.index", cycle_id=cycle_id))


def _answer(row: Report, form: PublishForm, status: int = 200) -> Response:
    found = checklist_of(document_of(row.snapshot_id))
    context = PublishPage(card_of(row), found, form)
    return page("report/publish.html", status, page=context)
