"""The job that draws up a report: from its frozen snapshot to a stored PDF and the files beside it.

A draft carries a mark, the final edition does not. A published report is never touched: a job that
runs twice finds it published and leaves it. Everything is kept in one transaction at the end, so
that a worker that dies leaves nothing half done and another one starts anew.
"""

import hashlib
import logging
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cycles.core import clock
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, DomainError, Invalid
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun, handles
from cycles.core.jobs.models import Job
from reports.document.commands import JOB_KIND
from reports.document.edition import Edition, make_edition
from reports.document.files.commands import JOB_KIND as FILES_KIND
from reports.document.files.commands import keep_files
from reports.document.files.drawing import DRAWERS, Drawn, draw_files
from reports.document.files.failing import failing_words
from reports.document.files.queries import files_of, missing_kinds
from reports.document.models import Report, ReportState
from reports.document.packing import digest_of
from reports.document.queries import document_of, raw_document
from reports.document.rendering import STEPS, Pdf, render_pdf

PUBLISHED = EventType("report.published", "snapshot", "digest", "sha256", "pages")
MOVED_ON = "The report was drawn up anew in the meantime. Ask for its files again."

log = logging.getLogger(__name__)


@handles(JOB_KIND)
def draw_up(run: JobRun) -> dict[str, Any]:
    """Render the job's report and store it as a draft, or as published when it is final."""
    report_id, is_final = uuid.UUID(run.facts["report_id"]), bool(run.facts["is_final"])
    try:
        edition = _edition(report_id, is_draft=not is_final)
        db.session.rollback()
        pdf = render_pdf(edition, run, after=len(DRAWERS))
        files = draw_files(edition, run, tuple(DRAWERS), before=STEPS)
    except Exception as error:
        db.session.rollback()
        _fail(report_id)
        if isinstance(error, DomainError):
            raise
        log.exception("the PDF of a report failed in job %s", run.job_id)
        raise Invalid(_stopped(run, error)) from error
    return _store(report_id, pdf, files, is_final, run)


@handles(FILES_KIND)
def draw_missing(run: JobRun) -> dict[str, Any]:
    """Render the files that the job's report lacks, and add them to it."""
    report_id, state = uuid.UUID(run.facts["report_id"]), ReportState(run.facts["state"])
    missing = missing_kinds(files_of([report_id]).get(report_id, ()))
    edition = _edition(report_id, is_draft=state != ReportState.PUBLISHED)
    db.session.rollback()
    drawn = draw_files(edition, run, [kind for kind in DRAWERS if kind in missing])
    report = db.session.get_one(Report, report_id, with_for_update=True)
    if report.state != state:
        raise Closed(MOVED_ON)
    still = missing_kinds(files_of([report_id]).get(report_id, ()))
    keep_files(report=report, drawn=[each for each in drawn if each.kind in still])
    return {"files": sum(each.rendered is not None for each in drawn)}


def _edition(report_id: uuid.UUID, *, is_draft: bool) -> Edition:
    report = db.session.get_one(Report, report_id, options=[joinedload(Report.snapshot)])
    snapshot = report.snapshot
    if digest_of(raw_document(snapshot.id)) != snapshot.digest:
        raise Invalid("The snapshot is not what was frozen: its digest differs. Take another one.")
    return make_edition(document_of(snapshot.id), digest=snapshot.digest, is_draft=is_draft)


def _store(
    report_id: uuid.UUID, pdf: Pdf, files: Sequence[Drawn], is_final: bool, run: JobRun
) -> dict[str, Any]:
    report = db.session.get_one(Report, report_id, with_for_update=True)
    digest = hashlib.sha256(pdf.content).hexdigest()
    finding = {"pages": pdf.pages, "sha256": digest}
    if report.state == ReportState.PUBLISHED:
        return finding
    # Before the report says that it is published: from then on its files are frozen too.
    keep_files(report=report, drawn=files)
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


def _stopped(run: JobRun, error: Exception) -> str:
    """Say what failed, how far it had come, and what is lost: nothing."""
    reached = db.session.scalar(select(Job.message).where(Job.id == run.job_id)) or ""
    db.session.rollback()
    words = failing_words("The PDF", error, run.job_id)
    stopped = f" It stopped at: {reached}." if reached else ""
    return f"{words}{stopped} The snapshot is safe."
