"""Reading snapshots and reports, and what they tell the gates."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, undefer

from cycles.accounts.models import Account
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.stages.gates import provides
from reports.document.facts import Document
from reports.document.models import Report, ReportState, Snapshot
from reports.document.packing import restore


def reports_of(cycle_id: uuid.UUID, *, published_only: bool = False) -> list[Report]:
    """Return the cycle's reports with their snapshots, newest first."""
    wanted = (
        select(Report)
        .join(Report.snapshot)
        .where(Report.cycle_id == cycle_id)
        .options(joinedload(Report.snapshot))
        .order_by(Snapshot.number.desc(), Report.created_at.desc(), Report.id)
    )
    if published_only:
        wanted = wanted.where(Report.state == ReportState.PUBLISHED)
    return list(db.session.scalars(wanted))


def snapshots_of(cycle_id: uuid.UUID) -> list[Snapshot]:
    """Return all snapshots of a cycle, newest first."""
    wanted = select(Snapshot).where(Snapshot.cycle_id == cycle_id)
    return list(db.session.scalars(wanted.order_by(Snapshot.number.desc())))


def document_of(snapshot_id: uuid.UUID) -> Document:
    """Return what a snapshot froze."""
    return restore(Document, raw_document(snapshot_id))


def raw_document(snapshot_id: uuid.UUID) -> dict[str, object]:
    """Return what a snapshot froze, as the JSON it is kept as."""
    row = db.session.get_one(
        Snapshot, snapshot_id, options=[undefer(Snapshot.document)], populate_existing=True
    )
    return row.document


def pdf_of(report_id: uuid.UUID) -> bytes | None:
    """Return the PDF of a report, or None before it is rendered."""
    return db.session.scalar(select(Report.pdf).where(Report.id == report_id))


def next_number(cycle_id: uuid.UUID) -> int:
    """Return the number of the cycle's next snapshot."""
    last = db.session.scalar(select(func.max(Snapshot.number)).where(Snapshot.cycle_id == cycle_id))
    return (last or 0) + 1


def jobs_of(reports: Sequence[Report]) -> dict[uuid.UUID, Job]:
    """Return the newest job of each report, by the report."""
    wanted = {each.job_id: each.id for each in reports if each.job_id is not None}
    jobs = db.session.scalars(
        select(Job).where(Job.id.in_(wanted)).execution_options(populate_existing=True)
    )
    return {wanted[job.id]: job for job in jobs}


def names_of(account_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the names of the accounts, by id."""
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(account_ids)))
    return {account_id: name for account_id, name in rows}  # noqa: C416 - rows are not tuples


@provides("reports_published")
def reports_published(cycle_id: uuid.UUID) -> int:
    """Return how many reports of the cycle are published."""
    return _count(cycle_id, signed=False)


@provides("reports_signed_off")
def reports_signed_off(cycle_id: uuid.UUID) -> int:
    """Return how many published reports a sponsor has signed off."""
    return _count(cycle_id, signed=True)


def _count(cycle_id: uuid.UUID, *, signed: bool) -> int:
    wanted = (
        select(func.count())
        .select_from(Report)
        .where(Report.cycle_id == cycle_id, Report.state == ReportState.PUBLISHED)
    )
    if signed:
        wanted = wanted.where(Report.signed_off_at.is_not(None))
    return db.session.scalar(wanted) or 0
