"""Taking a snapshot, having it drawn up as a report, publishing that, and signing it off."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.core.jobs.commands import ask_for
from cycles.core.jobs.models import Job
from cycles.people.models import Group, Participant
from cycles.setup.models import Cycle
from cycles.setup.queries import open_cycle
from reports.document.models import Report, ReportState, Snapshot
from reports.document.packing import digest_of, plain
from reports.document.queries import document_of, next_number
from reports.narrative.checklist import Checklist, checklist_of
from reports.narrative.queries import sections_of
from reports.results.gathering import results_of
from reports.results.models import SnapshotDetail
from reports.results.packing import pack
from reports.results.records import Detail

JOB_KIND = "report.render"

TAKEN = EventType("snapshot.taken", "number", "digest")
AGAIN = EventType("report.asked_for_again", "snapshot")
PUBLISHING = EventType("report.publishing_asked_for", "snapshot", "digest")
SIGNED = EventType("report.signed_off", "snapshot", "digest", "sha256")


def take_snapshot(*, cycle: Cycle, actor: Actor, moment: datetime) -> Snapshot:
    """Freeze everything a report says of the cycle at this moment."""
    open_cycle(cycle.id)
    # Two conveners at once would take the same number; the cycle's row makes one wait.
    db.session.execute(select(Cycle.id).where(Cycle.id == cycle.id).with_for_update())
    number = next_number(cycle.id)
    document, detail = results_of(cycle.id, number=number, moment=moment)
    whole = plain(replace(document, narrative=sections_of(cycle.id, document)))
    snapshot = Snapshot(
        cycle_id=cycle.id,
        number=number,
        document=whole,
        digest=digest_of(whole),
        created_at=moment,
    )
    db.session.add(snapshot)
    db.session.flush()
    _keep_detail(snapshot, detail)
    TAKEN.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        subject_id=snapshot.id,
        number=number,
        digest=snapshot.digest,
    )
    return snapshot


def _keep_detail(snapshot: Snapshot, detail: Detail) -> None:
    packed, digest = pack(detail)
    db.session.add(SnapshotDetail(snapshot_id=snapshot.id, packed=packed, digest=digest))
    db.session.flush()


def ask_for_report(*, snapshot: Snapshot, actor: Actor, moment: datetime) -> Report:
    """Ask the worker to draw up a snapshot as a draft. Taking the snapshot was the event."""
    open_cycle(snapshot.cycle_id)
    report = Report(
        cycle_id=snapshot.cycle_id,
        snapshot_id=snapshot.id,
        state=ReportState.RENDERING,
        created_at=moment,
    )
    db.session.add(report)
    db.session.flush()
    _queue(report, actor, moment, is_final=False)
    return report


def ask_again(*, report: Report, actor: Actor, moment: datetime) -> None:
    """Draw up a report again whose rendering failed. It is a draft, whatever it was to become."""
    open_cycle(report.cycle_id)
    _lock(report)
    if report.state not in (ReportState.RENDERING, ReportState.FAILED) or _is_under_way(report):
        raise Closed("Only a report whose rendering failed is drawn up again.")
    report.state = ReportState.RENDERING
    _queue(report, actor, moment, is_final=False)
    AGAIN.record(
        actor=actor,
        moment=moment,
        cycle_id=report.cycle_id,
        subject_id=report.id,
        snapshot=report.snapshot.number,
    )


def publish(
    *,
    report: Report,
    actor: Actor,
    moment: datetime,
    accepts_drafts: bool = False,
    accepts_differences: bool = False,
) -> None:
    """Ask the worker for the final edition. The report is published when that is drawn up.

    Raises ``Closed`` when it is not a draft, ``Invalid`` where its prose names what it does not
    have; where sections are still drafted, or say what its snapshot does not, unless a person
    has said that they may stand. Once published nothing of it changes.
    """
    open_cycle(report.cycle_id)
    _lock(report)
    if report.state == ReportState.PUBLISHED:
        raise Closed("This report is published already.")
    if report.state != ReportState.DRAFT:
        raise Closed("Only a draft can be published. Wait until it is drawn up.")
    _check_prose(checklist_of(document_of(report.snapshot_id)), accepts_drafts, accepts_differences)
    report.state = ReportState.RENDERING
    _queue(report, actor, moment, is_final=True)
    PUBLISHING.record(
        actor=actor,
        moment=moment,
        cycle_id=report.cycle_id,
        subject_id=report.id,
        snapshot=report.snapshot.number,
        digest=report.snapshot.digest,
    )


def _check_prose(found: Checklist, accepts_drafts: bool, accepts_differences: bool) -> None:
    if found.broken:
        raise Invalid(
            "The prose names numbers, figures or tables that this report does not have, or has a "
            "section without a word. Mend that and take another snapshot."
        )
    problems = {}
    if found.differing and not accepts_differences:
        problems["accepts_differences"] = "Say that what differs may stand, or mend it first."
    if found.drafted and not accepts_drafts:
        problems["accepts_drafts"] = "Say that the drafts may stand, or accept them first."
    if problems:
        raise Invalid(" ".join(problems.values()), **problems)


def sign_off(*, report: Report, participant: Participant, actor: Actor, moment: datetime) -> None:
    """Sign off a published report as a sponsor of its cycle."""
    open_cycle(report.cycle_id)
    _lock(report)
    if participant.cycle_id != report.cycle_id or participant.group != Group.SPONSOR:
        raise Invalid("Only a sponsor of this cycle signs off its report.")
    if report.state != ReportState.PUBLISHED:
        raise Closed("Only a published report can be signed off.")
    if report.signed_off_at is not None:
        raise Closed("This report is signed off already.")
    report.signed_off_at, report.signed_off_by_id = moment, participant.account_id
    db.session.flush()
    SIGNED.record(
        actor=actor,
        moment=moment,
        cycle_id=report.cycle_id,
        subject_id=report.id,
        snapshot=report.snapshot.number,
        digest=report.snapshot.digest,
        sha256=report.pdf_sha256,
    )


def _lock(report: Report) -> None:
    db.session.refresh(report, with_for_update=True, attribute_names=["state", "job_id"])


def _is_under_way(report: Report) -> bool:
    job = db.session.get(Job, report.job_id) if report.job_id else None
    return job is not None and not job.is_over


def _queue(report: Report, actor: Actor, moment: datetime, *, is_final: bool) -> None:
    job = ask_for(
        kind=JOB_KIND,
        actor=actor,
        moment=moment,
        cycle_id=report.cycle_id,
        report_id=str(report.id),
        is_final=is_final,
    )
    report.job_id = job.id
    db.session.flush()
