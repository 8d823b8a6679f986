"""Keeping the files beside a report's PDF, and asking for those that failed."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.core.jobs.commands import ask_for
from cycles.core.jobs.models import Job
from cycles.setup.queries import open_cycle
from reports.document.files.drawing import Drawn
from reports.document.files.models import ReportFile
from reports.document.files.queries import files_of, missing_kinds
from reports.document.models import Report, ReportState

JOB_KIND = "report.files"
READY = (ReportState.DRAFT, ReportState.PUBLISHED)

ASKED = EventType("report.files_asked_for", "snapshot")


def ask_for_files(*, report: Report, actor: Actor, moment: datetime) -> None:
    """Have the worker draw the files that a draft or a published report lacks.

    They are added to what is there; nothing that is there changes. Raises ``Closed`` where none is
    missing, or the worker is at it.
    """
    open_cycle(report.cycle_id)
    db.session.refresh(report, with_for_update=True, attribute_names=["state", "job_id"])
    job = db.session.get(Job, report.job_id) if report.job_id else None
    if report.state not in READY or (job is not None and not job.is_over):
        raise Closed("The report is being drawn up. Wait until that is done.")
    if not missing_kinds(files_of([report.id]).get(report.id, ())):
        raise Closed("Every file of this report is there.")
    report.job_id = ask_for(
        kind=JOB_KIND,
        actor=actor,
        moment=moment,
        cycle_id=report.cycle_id,
        report_id=str(report.id),
        state=report.state.value,
    ).id
    db.session.flush()
    ASKED.record(
        actor=actor,
        moment=moment,
        cycle_id=report.cycle_id,
        subject_id=report.id,
        snapshot=report.snapshot.number,
    )


def keep_files(*, report: Report, drawn: Iterable[Drawn]) -> None:
    """Keep what was drawn in place of what the report had, before it may be published."""
    kept = {each.kind: each for each in _rows(report.id)}
    for each in drawn:
        row = kept.get(each.kind)
        if row is None:
            row = ReportFile(cycle_id=report.cycle_id, report_id=report.id, kind=each.kind)
            db.session.add(row)
        rendered = each.rendered
        row.content = rendered.content if rendered else None
        row.size = len(rendered.content) if rendered else 0
        row.pages = rendered.pages if rendered else None
        row.sha256, row.problem = each.sha256, each.problem
    db.session.flush()


def _rows(report_id: uuid.UUID) -> list[ReportFile]:
    return list(db.session.scalars(select(ReportFile).where(ReportFile.report_id == report_id)))
