"""A report in print: its numbers, its tags, that it fetches nothing, and what stays frozen."""

import hashlib
import io
import json
import re
from collections.abc import Callable

import pikepdf
import pypdf
import pytest
from sqlalchemy import text

from cycles.core.audit import Actor, AuditEvent
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.core.jobs.models import Job, JobState
from cycles.people.models import Group, Participant
from cycles.stages.evidence import provided
from reports.document.commands import ask_again, publish, sign_off
from reports.document.models import Report, ReportState
from reports.document.queries import raw_document
from tests.factories import NOW, Cast
from tests.reports.report_cases import LATER, draw_up

Run = Callable[[], int]
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def ada(cast: Cast) -> Actor:
    return Actor(cast.ada.id, cast.ada.name)


def printed(report: Report) -> str:
    """Return the text of the PDF, its lines joined."""
    assert report.pdf is not None
    pages = pypdf.PdfReader(io.BytesIO(report.pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def published(cast: Cast, run_jobs: Run) -> Report:
    report = draw_up(cast.cycle, ada(cast), run_jobs)
    publish(report=report, actor=ada(cast), moment=LATER, accepts_drafts=True)
    run_jobs()
    db.session.refresh(report)
    return report


def sponsor(cast: Cast) -> Participant:
    return (
        db.session.query(Participant).filter_by(cycle_id=cast.cycle.id, group=Group.SPONSOR).one()
    )


def test_an_empty_cycle_gives_a_report_that_says_what_is_missing(cast: Cast, run_jobs: Run) -> None:
    cycle = cast.other_cycle
    report = draw_up(cycle, Actor(cast.eve.id, cast.eve.name), run_jobs)
    said = printed(report)
    assert report.state == ReportState.DRAFT
    for sentence in (
        "No profile has been ratified.",
        "No capability has been kept yet.",
        "No round has been held, so there are no verdicts.",
        "The challenge has not been recorded.",
        "Map and gap has not been run",
        "not recorded",
    ):
        assert sentence in said


def test_the_pdf_is_tagged_titled_and_in_british_english(cast: Cast, run_jobs: Run) -> None:
    report = draw_up(cast.cycle, ada(cast), run_jobs)
    assert report.pdf is not None
    with pikepdf.open(io.BytesIO(report.pdf)) as pdf:
        assert str(pdf.Root.Lang).lower() == "en-gb"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.docinfo["/Title"]) == cast.cycle.title
        with pdf.open_outline() as outline:
            titles = [each.title for each in outline.root]
        fonts = {
            str(font.BaseFont).split("+")[-1]
            for page in pdf.pages
            for font in page.Resources.get("/Font", {}).values()
        }
    assert "1 Executive summary" in titles
    assert "4 Appendices" in titles
    assert all("Source-Sans" in each or "SourceSans" in each for each in fonts), fonts
    assert report.pages == len(pypdf.PdfReader(io.BytesIO(report.pdf)).pages)
    assert report.pdf_sha256 == hashlib.sha256(report.pdf).hexdigest()


def test_a_draft_says_so_and_the_published_edition_does_not(cast: Cast, run_jobs: Run) -> None:
    report = draw_up(cast.cycle, ada(cast), run_jobs)
    assert "Draft, not for publication" in printed(report)
    publish(report=report, actor=ada(cast), moment=LATER, accepts_drafts=True)
    assert report.state == ReportState.RENDERING
    run_jobs()
    db.session.refresh(report)
    assert report.state == ReportState.PUBLISHED
    assert report.published_at is not None
    assert "Draft, not for publication" not in printed(report)
    assert "DRAFT" not in printed(report)
    assert provided(cast.cycle.id)["reports_published"] == 1
    events = [each.action for each in db.session.query(AuditEvent).order_by(AuditEvent.id)]
    assert events == ["snapshot.taken", "report.publishing_asked_for", "report.published"]


def test_a_published_report_never_changes(cast: Cast, run_jobs: Run) -> None:
    report = published(cast, run_jobs)
    for change in (
        {"pdf": b"other"},
        {"state": ReportState.DRAFT},
        {"pdf_sha256": "0" * 64},
        {"published_at": NOW},
    ):
        for name, value in change.items():
            setattr(report, name, value)
        with pytest.raises(Closed, match="frozen"):
            db.session.flush()
        db.session.rollback()
    with pytest.raises(Closed):
        publish(report=report, actor=ada(cast), moment=NOW, accepts_drafts=True)
    with pytest.raises(Closed):
        ask_again(report=report, actor=ada(cast), moment=NOW)


def test_a_job_that_runs_twice_leaves_the_published_report(cast: Cast, run_jobs: Run) -> None:
    report = published(cast, run_jobs)
    before = (report.pdf_sha256, report.published_at)
    db.session.query(Job).filter(Job.id == report.job_id).update(
        {"state": JobState.QUEUED}, synchronize_session=False
    )
    run_jobs()
    db.session.refresh(report)
    assert (report.pdf_sha256, report.published_at) == before


def test_only_a_sponsor_of_the_cycle_signs_off_once_and_only_what_is_published(
    cast: Cast, run_jobs: Run
) -> None:
    report = draw_up(cast.cycle, ada(cast), run_jobs)
    who = Actor(cast.sol.id, cast.sol.name)
    with pytest.raises(Closed, match="published"):
        sign_off(report=report, participant=sponsor(cast), actor=who, moment=NOW)
    publish(report=report, actor=ada(cast), moment=NOW, accepts_drafts=True)
    run_jobs()
    db.session.refresh(report)
    with pytest.raises(Invalid, match="sponsor"):
        sign_off(report=report, participant=cast.employer, actor=who, moment=NOW)
    sign_off(report=report, participant=sponsor(cast), actor=who, moment=NOW)
    db.session.commit()
    assert report.signed_off_by_id == cast.sol.id
    assert provided(cast.cycle.id)["reports_signed_off"] == 1
    with pytest.raises(Closed, match="already"):
        sign_off(report=report, participant=sponsor(cast), actor=who, moment=NOW)


def test_a_rendering_that_fails_says_so_and_can_be_tried_again(
    cast: Cast, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise Invalid("The printer is out of ink.")

    monkeypatch.setattr("reports.document.drawing_up.render_pdf", broken)
    report = draw_up(cast.cycle, ada(cast), run_jobs)
    assert report.state == ReportState.FAILED
    monkeypatch.undo()
    ask_again(report=report, actor=ada(cast), moment=LATER)
    run_jobs()
    db.session.refresh(report)
    assert report.state == ReportState.DRAFT


def test_a_final_rendering_that_fails_leaves_the_draft(
    cast: Cast, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = draw_up(cast.cycle, ada(cast), run_jobs)
    before = report.pdf_sha256

    def broken(*args: object) -> None:
        raise Invalid("The printer is out of ink.")

    monkeypatch.setattr("reports.document.drawing_up.render_pdf", broken)
    publish(report=report, actor=ada(cast), moment=LATER, accepts_drafts=True)
    run_jobs()
    db.session.refresh(report)
    assert (report.state, report.pdf_sha256) == (ReportState.DRAFT, before)


def test_a_snapshot_that_was_tampered_with_is_not_printed(cast: Cast, run_jobs: Run) -> None:
    report = draw_up(cast.cycle, ada(cast), run_jobs)
    changed = {**raw_document(report.snapshot_id), "number": 99}
    db.session.execute(
        text("UPDATE snapshot SET document = :document"), {"document": json.dumps(changed)}
    )
    publish(report=report, actor=ada(cast), moment=LATER, accepts_drafts=True)
    run_jobs()
    db.session.refresh(report)
    job = db.session.get(Job, report.job_id)
    assert report.state == ReportState.DRAFT
    assert job is not None
    assert "digest differs" in job.problem


def test_progress_is_told_page_by_page(
    cast: Cast, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    from cycles.core.jobs.commands import JobRun

    told = JobRun.progress

    def note(self: JobRun, done: int, total: int, message: str) -> None:
        said.append(message)
        told(self, done, total, message)

    monkeypatch.setattr(JobRun, "progress", note)
    draw_up(cast.cycle, ada(cast), run_jobs)
    assert said[0] == "Drawing the figures"
    assert "Setting page 6" in said
    assert any(each.startswith("Writing ") for each in said)
    assert said[-1] == "Drawing up: All tables (XLSX)"
