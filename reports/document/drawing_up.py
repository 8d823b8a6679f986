"""The job that draws up a report: from its frozen snapshot to a stored PDF.

A draft carries a watermark, the final edition does not. A published report is never touched: a
job that runs twice finds it published and leaves it.
"""

import hashlib
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy.orm import joinedload

from cycles.core import clock
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun, handles
from reports.document.commands import JOB_KIND
from reports.document.edition import Edition, make_edition
from reports.document.models import Report, ReportState
from reports.document.packing import digest_of
from reports.document.queries import document_of, raw_document
from reports.document.rendering import Pdf, render_pdf

PUBLISHED = EventType("report.published", "snapshot", "digest", "sha256", "pages")


@handles(JOB_KIND)
def draw_up(run: JobRun) -> dict[str, Any]:
    """Render the job's report and store it as a draft, or as published when it is final."""
    report_id, is_final = uuid.UUID(run.facts["report_id"]), bool(run.facts["is_final"])
    try:
        edition = _edition(report_id, is_final)
        db.session.rollback()
        pdf = render_pdf(edition, run)
    except Exception:
        db.session.rollback()
        _fail(report_id)
        raise
    return _store(report_id, pdf, is_final, run)


def _edition(report_id: uuid.UUID, is_final: bool) -> Edition:
    report = db.session.get_one(Report, report_id, options=[joinedload(Report.snapshot)])
    snapshot = report.snapshot
    if digest_of(raw_document(snapshot.id)) != snapshot.digest:
        raise Invalid("The snapshot is not what was frozen: its digest differs. Take another one.")
    return make_edition(document_of(snapshot.id), digest=snapshot.digest, is_draft=not is_final)


def _store(report_id: uuid.UUID, pdf: Pdf, is_final: bool, run: JobRun) -> dict[str, Any]:
    report = db.session.get_one(Report, report_id, with_for_update=True)
    digest = hashlib.sha256(pdf.content).hexdigest()
    finding = {"pages": pdf.pages, "sha256": digest}
    if report.state == ReportState.PUBLISHED:
        return finding
    report.pdf, report.pages, report.pdf_sha256 = pdf.content, pdf.pages, digest
    report.state = ReportState.PUBLISHED if is_final else ReportState.DRAFT
    if is_final:
        _publish(report, run, clock.now())
    db.session.flush()
    return finding


def _publish(report: Report, run: JobRun, moment: datetime) -> None:
    report.published_at = moment
    PUBLISHED.record(
        actor=Actor(run.asked_by_id, ""),
        moment=moment,
        cycle_id=report.cycle_id,
        subject_id=report.id,
        snapshot=report.snapshot.number,
        digest=report.snapshot.digest,
        sha256=report.pdf_sha256,
        pages=report.pages,
    )


def _fail(report_id: uuid.UUID) -> None:
    """Leave the report failed; one that has its draft goes back to being that draft."""
    report = db.session.get(Report, report_id, with_for_update=True)
    if report is not None and report.state == ReportState.RENDERING:
        report.state = ReportState.DRAFT if report.pages else ReportState.FAILED
    db.session.commit()
