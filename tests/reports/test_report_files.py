"""The files beside a report's PDF: kept, given out, frozen, and what becomes of one that fails."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from cycles.core import clock
from cycles.core.audit import Actor, AuditEvent
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.core.jobs.commands import run_due
from cycles.core.jobs.models import Job, JobState
from reports.document import drawing_up
from reports.document.commands import publish
from reports.document.files import drawing
from reports.document.files.commands import ask_for_files
from reports.document.files.drawing import DRAWERS, Rendered
from reports.document.files.failing import failing_words
from reports.document.files.kinds import KINDS, size_words
from reports.document.files.models import FileKind, ReportFile
from reports.document.files.queries import files_of
from reports.document.models import Report, ReportState
from reports.document.rendering import Pdf
from tests.client import ParsingClient
from tests.factories import NOW, Cast
from tests.reports.report_cases import LATER, draw_up

Run = Callable[[], int]
Drawers = dict[FileKind, drawing.Drawer]


@pytest.fixture
def drawers(monkeypatch: pytest.MonkeyPatch) -> Drawers:
    """Draw nothing in earnest: what is kept of it is what these tests are about."""
    quick: Drawers = {
        kind: lambda edition, kind=kind: Rendered(f"{kind} {edition.is_draft}".encode(), 1)
        for kind in DRAWERS
    }
    monkeypatch.setattr(drawing, "DRAWERS", quick)
    monkeypatch.setattr(drawing_up, "DRAWERS", quick)
    monkeypatch.setattr(drawing_up, "render_pdf", lambda *_, **__: Pdf(b"%PDF-1.7", 3))
    return quick


def ada(cast: Cast) -> Actor:
    return Actor(cast.ada.id, cast.ada.name)


def broken(_edition: object) -> Rendered:
    raise RuntimeError("the ink has run out")


def kept(report: Report) -> dict[FileKind, ReportFile]:
    db.session.expire_all()
    return {each.kind: each for each in files_of([report.id]).get(report.id, ())}


def home(report: Report) -> str:
    return f"/cycles/{report.cycle_id}/report"


def final(report: Report, cast: Cast, run_jobs: Run) -> None:
    publish(report=report, actor=ada(cast), moment=LATER, accepts_drafts=True)
    run_jobs()
    db.session.refresh(report)
    assert report.state == ReportState.PUBLISHED


def test_every_kind_has_its_words_and_whoever_draws_it() -> None:
    assert set(KINDS) == set(FileKind)
    assert list(DRAWERS) == list(KINDS)


def test_a_draft_has_its_files_with_their_digests(
    cast: Cast, client: ParsingClient, run_jobs: Run, drawers: Drawers
) -> None:
    report = draw_up(cast.cycle, ada(cast), run_jobs)
    client.sign_in(cast.ada)
    for kind, file in kept(report).items():
        answer = client.get(f"{home(report)}/{report.id}/files/{kind.value}")
        assert answer.data == f"{kind} True".encode()
        assert hashlib.sha256(answer.data).hexdigest() == file.sha256
        assert answer.content_type == KINDS[kind].mimetype
        name = f'attachment; filename="draft-1{KINDS[kind].ending}"'
        assert answer.headers["Content-Disposition"] == name
    assert client.get(f"{home(report)}/{report.id}/files/poem").status_code == 404
    page = client.get(home(report)).text
    assert "Download the PDF (3 pages, 1 kB)" in page
    assert "Executive brief</a>" in page
    assert "(PDF, 1 page, 1 kB): the findings on one page" in page
    assert "Draw up the missing files" not in page


def test_files_of_a_draft_are_the_conveners_alone(
    cast: Cast, client: ParsingClient, run_jobs: Run, drawers: Drawers
) -> None:
    report = draw_up(cast.cycle, ada(cast), run_jobs)
    paths = [f"{home(report)}/{report.id}/files/{kind.value}" for kind in FileKind]
    client.sign_in(cast.sol)
    assert {client.get(path).status_code for path in paths} == {404}
    final(report, cast, run_jobs)
    answer = client.get(paths[0])
    assert answer.data == b"brief False"
    assert 'filename="report-1-brief.pdf"' in answer.headers["Content-Disposition"]
    client.sign_in(cast.eve)
    assert {client.get(path).status_code for path in paths} == {404}


def test_the_files_of_a_published_report_are_frozen(
    cast: Cast, run_jobs: Run, drawers: Drawers
) -> None:
    report = draw_up(cast.cycle, ada(cast), run_jobs)
    final(report, cast, run_jobs)
    for change in (
        lambda file: setattr(file, "content", b"other"),
        lambda file: setattr(file, "problem", "none"),
        db.session.delete,
    ):
        change(kept(report)[FileKind.WORD])
        with pytest.raises(Closed, match="frozen"):
            db.session.flush()
        db.session.rollback()
    with pytest.raises(Closed, match="is there"):
        ask_for_files(report=report, actor=ada(cast), moment=NOW)


def test_one_file_that_fails_takes_no_other_with_it_and_can_be_added_later(
    cast: Cast, client: ParsingClient, run_jobs: Run, drawers: Drawers
) -> None:
    sound, drawers[FileKind.WORD] = drawers[FileKind.WORD], broken
    report = draw_up(cast.cycle, ada(cast), run_jobs)
    final(report, cast, run_jobs)
    before = {kind: file.sha256 for kind, file in kept(report).items()}
    assert before.pop(FileKind.WORD) is None
    assert all(before.values())
    client.sign_in(cast.ada)
    page = client.get(home(report)).text
    assert "The report for Word (DOCX) could not be drawn up: something went wrong" in page
    client.sign_in(cast.sol)
    assert "could not be drawn up" not in client.get(home(report)).text
    client.sign_in(cast.ada)
    path = f"{home(report)}/{report.id}/files"
    assert client.submit(path, page=home(report)).status_code == 303
    with pytest.raises(Closed, match="Wait"):
        ask_for_files(report=report, actor=ada(cast), moment=NOW)
    drawers[FileKind.WORD] = sound
    run_jobs()
    after = {kind: file.sha256 for kind, file in kept(report).items()}
    assert client.get(f"{path}/word").data == b"word False"
    assert {**after, **before} == after
    trail = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id))
    assert list(trail)[-1] == "report.files_asked_for"


def test_a_report_from_before_there_were_files_can_have_them(
    cast: Cast, run_jobs: Run, drawers: Drawers
) -> None:
    report = draw_up(cast.cycle, ada(cast), run_jobs)
    final(report, cast, run_jobs)
    db.session.execute(delete(ReportFile))
    digest = report.pdf_sha256
    ask_for_files(report=report, actor=ada(cast), moment=LATER)
    run_jobs()
    assert set(kept(report)) == set(FileKind)
    assert report.pdf_sha256 == digest


def test_files_drawn_for_a_draft_are_not_added_to_what_was_published_meanwhile(
    cast: Cast, run_jobs: Run, drawers: Drawers
) -> None:
    drawers[FileKind.WORD] = broken
    report = draw_up(cast.cycle, ada(cast), run_jobs)
    ask_for_files(report=report, actor=ada(cast), moment=NOW)
    report.state = ReportState.PUBLISHED
    run_jobs()
    assert kept(report)[FileKind.WORD].sha256 is None
    job = db.session.get_one(Job, report.job_id)
    assert (job.state, job.problem) == (JobState.FAILED, drawing_up.MOVED_ON)


def test_a_killed_worker_leaves_nothing_half_done_and_another_one_starts_anew(
    cast: Cast, run_jobs: Run, drawers: Drawers
) -> None:
    sound = drawers[FileKind.TABLES]

    def killed(_edition: object) -> Rendered:
        raise SystemExit

    drawers[FileKind.TABLES] = killed
    with pytest.raises(SystemExit):
        draw_up(cast.cycle, ada(cast), run_jobs)
    db.session.rollback()
    report = db.session.query(Report).one()
    job = db.session.get_one(Job, report.job_id)
    assert (report.state, report.pdf_sha256, job.state) == (
        ReportState.RENDERING,
        None,
        JobState.RUNNING,
    )
    assert db.session.scalar(select(func.count()).select_from(ReportFile)) == 0
    assert run_due() == 0
    job.leased_until = clock.now() - timedelta(seconds=1)
    drawers[FileKind.TABLES] = sound
    run_jobs()
    db.session.refresh(report)
    assert (report.state, job.attempts) == (ReportState.DRAFT, 2)
    assert set(kept(report)) == set(FileKind)


def test_a_pdf_that_fails_says_where_it_stopped_and_what_to_do(
    cast: Cast, run_jobs: Run, drawers: Drawers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops(_edition: object, run: drawing.JobRun, **_: object) -> Pdf:
        run.progress(1, 7, "Setting page 36")
        raise RuntimeError("no such glyph")

    monkeypatch.setattr(drawing_up, "render_pdf", stops)
    report = draw_up(cast.cycle, ada(cast), run_jobs)
    problem = db.session.get_one(Job, report.job_id).problem
    assert report.state == ReportState.FAILED
    assert problem.startswith("The PDF could not be drawn up: something went wrong on our side.")
    assert f"tell the administrator the number {report.job_id}" in problem
    assert "It stopped at: Setting page 36. The snapshot is safe." in problem
    assert "glyph" not in problem


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "the memory of the server did not suffice"),
        (FileNotFoundError("print.css"), "Ask the administrator to make the assets"),
        (Invalid("The snapshot is gone."), "The PDF could not be drawn up. The snapshot is gone."),
    ],
)
def test_a_failure_is_told_in_plain_words(error: Exception, words: str, cast: Cast) -> None:
    assert words in failing_words("The PDF", error, cast.ada.id)


def test_sizes_are_said_as_people_say_them() -> None:
    assert [size_words(each) for each in (1, 1499, 840_000, 3_240_000)] == [
        "1 kB",
        "1 kB",
        "840 kB",
        "3.2 MB",
    ]
