"""The report's pages: who sees which report, what they can do to it, and what the files are."""

import hashlib
from collections.abc import Callable

import pytest

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.core.jobs.models import Job, JobState
from reports.document.commands import ask_for_report, publish, take_snapshot
from reports.document.models import Report, ReportState
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast
from tests.reports.report_cases import bake, draw_up

Run = Callable[[], int]


def home(cast: Cast) -> str:
    return f"/cycles/{cast.cycle.id}/report"


def words(answer: object) -> str:
    return answer.get_data(as_text=True)  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def draft(cast: Cast, run_jobs: Run) -> Report:
    return draw_up(cast.cycle, Actor(cast.ada.id, cast.ada.name), run_jobs)


def make_public(report: Report, cast: Cast, run_jobs: Run) -> Report:
    actor = Actor(cast.ada.id, cast.ada.name)
    publish(report=report, actor=actor, moment=NOW, accepts_drafts=True)
    run_jobs()
    db.session.refresh(report)
    return report


def test_a_convener_takes_a_snapshot_and_gets_a_draft(
    cast: Cast, client: ParsingClient, run_jobs: Run
) -> None:
    client.sign_in(cast.ada)
    assert "No report yet" in words(client.get(home(cast)))
    assert client.submit(home(cast)).status_code == 303
    page = words(client.get(home(cast)))
    assert "Being drawn up" in page
    assert "data-pulse-url" in page
    run_jobs()
    page = words(client.get(home(cast)))
    assert "data-pulse-url" not in page
    assert "Download the PDF" in page
    assert "17 of 17 sections are still drafted" in page


def test_the_card_answers_whether_anything_moved(cast: Cast, client: ParsingClient) -> None:
    actor = Actor(cast.ada.id, cast.ada.name)
    snapshot = take_snapshot(cycle=cast.cycle, actor=actor, moment=NOW)
    report = ask_for_report(snapshot=snapshot, actor=actor, moment=NOW)
    db.session.commit()
    client.sign_in(cast.ada)
    path = f"{home(cast)}/{report.id}/card"
    text = words(client.get(path))
    seen = text.split('data-pulse-seen="')[1].split('"')[0]
    assert client.get(f"{path}?seen={seen}").status_code == 204
    db.session.query(Job).update({"message": "Setting page 6"})
    db.session.commit()
    assert "Setting page 6" in words(client.get(f"{path}?seen={seen}"))
    db.session.query(Job).update({"state": JobState.FAILED, "problem": "Out of ink."})
    db.session.commit()
    answer = client.get(f"{path}?seen={seen}")
    assert answer.status_code == 286
    assert "Out of ink." in words(answer)
    assert "Draw it up again" in words(answer)


def test_a_dead_job_can_be_tried_again(cast: Cast, client: ParsingClient, run_jobs: Run) -> None:
    actor = Actor(cast.ada.id, cast.ada.name)
    snapshot = take_snapshot(cycle=cast.cycle, actor=actor, moment=NOW)
    report = ask_for_report(snapshot=snapshot, actor=actor, moment=NOW)
    db.session.query(Job).update({"state": JobState.FAILED})
    db.session.commit()
    client.sign_in(cast.ada)
    assert client.submit(f"{home(cast)}/{report.id}/again", page=home(cast)).status_code == 303
    run_jobs()
    db.session.refresh(report)
    assert report.state == ReportState.DRAFT


def test_drafts_are_the_conveners_alone(
    cast: Cast, client: ParsingClient, draft: Report, run_jobs: Run
) -> None:
    paths = [f"{home(cast)}/{draft.id}{tail}" for tail in ("", "/report.pdf", "/snapshot.json")]
    client.sign_in(cast.sol)
    assert "No report is published yet" in words(client.get(home(cast)))
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
    client.sign_in(cast.ada)
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]
    make_public(draft, cast, run_jobs)
    client.sign_in(cast.tom)
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]
    client.sign_in(cast.eve)
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
    other = f"/cycles/{cast.other_cycle.id}/report/{draft.id}"
    assert client.get(other).status_code == 404


def test_the_files_are_what_their_digests_say(
    cast: Cast, client: ParsingClient, draft: Report
) -> None:
    client.sign_in(cast.ada)
    pdf = client.get(f"{home(cast)}/{draft.id}/report.pdf")
    snapshot = client.get(f"{home(cast)}/{draft.id}/snapshot.json")
    assert pdf.mimetype == "application/pdf"
    assert hashlib.sha256(pdf.data).hexdigest() == draft.pdf_sha256
    assert hashlib.sha256(snapshot.data).hexdigest() == draft.snapshot.digest
    assert "attachment" in pdf.headers["Content-Disposition"]


def test_a_convener_publishes_and_a_sponsor_signs(
    cast: Cast, client: ParsingClient, draft: Report, run_jobs: Run
) -> None:
    path = f"{home(cast)}/{draft.id}"
    client.sign_in(cast.ada)
    asked = client.submit(f"{path}/publish")
    assert asked.status_code == 422
    assert "Say that the drafts may stand" in words(asked)
    assert client.submit(f"{path}/publish", accepts_drafts="y").status_code == 303
    run_jobs()
    assert "Published" in words(client.get(home(cast)))
    assert client.post(f"{path}/sign-off").status_code in (400, 403)
    client.sign_in(cast.sol)
    page = words(client.get(home(cast)))
    assert "Sign report 1 off" in page
    assert client.submit(f"{path}/sign-off", page=home(cast)).status_code == 303
    page = words(client.get(home(cast)))
    assert "Signed off" in page
    assert "by Sol Hart" in page
    assert "Sign report 1 off" not in page


def test_a_refusal_is_said_on_the_list(cast: Cast, client: ParsingClient, draft: Report) -> None:
    client.sign_in(cast.ada)
    again = client.submit(f"{home(cast)}/{draft.id}/again", page=home(cast))
    assert again.status_code == 303
    assert "Only a report whose rendering failed" in words(client.get(home(cast)))


def test_an_archived_cycle_offers_nothing_but_reading(
    cast: Cast, client: ParsingClient, draft: Report
) -> None:
    cast.cycle.archived_at = NOW
    db.session.commit()
    client.sign_in(cast.ada)
    page = words(client.get(home(cast)))
    assert "archived" in page
    assert "Take a snapshot" not in page
    assert "Publish report" not in page
    assert "Read report 1" in page


def test_the_page_reads_the_snapshot_and_not_the_cycle(
    cast: Cast, client: ParsingClient, word_encoder: WordEncoder, run_jobs: Run
) -> None:
    baked = bake(cast, run_jobs)
    report = draw_up(cast.cycle, baked.actor, run_jobs)
    baked.bakery.mix.text = "Knead by hand"
    db.session.commit()
    client.sign_in(cast.ada)
    page = words(client.get(f"{home(cast)}/{report.id}"))
    assert "Mix dough to a recipe" in page
    assert "Knead by hand" not in page
    assert 'data-picture-href="' in page
    assert "This is a draft" in page


def test_an_empty_cycle_reads_well_as_a_page(
    cast: Cast, client: ParsingClient, draft: Report
) -> None:
    client.sign_in(cast.ada)
    page = words(client.get(f"{home(cast)}/{draft.id}"))
    assert "No profile has been ratified." in page
    assert "There is no figure" in page
