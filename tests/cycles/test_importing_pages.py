"""Checking and importing in the browser: differences shown, the very file imported, lists."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from cycles.core.audit import AuditEvent
from cycles.core.extensions import db
from cycles.core.jobs.models import Job, JobFile, JobState
from cycles.library.models import LibraryStatement
from cycles.standards.models import Duty, Framework
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import Cast

OLD = "statement,reference\nMix dough,R1\nBake bread,R2\nSell bread,R3\n"
NEW = "statement,reference\nMix dough,R1\nBake all bread & rolls,R2\nWash up,R4\n"


@pytest.fixture(autouse=True)
def _no_model(word_encoder: WordEncoder) -> None:
    """An import asks for encoding: here by words, so that no model is loaded."""


def send(client: ParsingClient, content: str, action: str, **fields: Any) -> Any:
    file = (io.BytesIO(content.encode()), "l.csv")
    data = {"source": "Ours", "file": file, "action": action, **fields}
    return client.submit("/library/import", **data)


def last_job(kind: str) -> Job:
    job = db.session.scalars(
        select(Job).where(Job.kind == kind).order_by(Job.asked_at.desc()).limit(1)
    ).one()
    db.session.refresh(job)
    return job


def statements() -> int:
    return db.session.scalar(select(func.count()).select_from(LibraryStatement)) or 0


def test_a_file_is_checked_and_the_very_file_imported_with_one_button(
    cast: Cast, client: ParsingClient, run_jobs: Callable[[], int]
) -> None:
    client.sign_in(cast.alan)
    send(client, OLD, "import")
    run_jobs()
    send(client, NEW, "check")
    run_jobs()
    checked = last_job("library.check")
    assert (checked.state, statements()) == (JobState.DONE, 3)
    page = client.get(f"/library/imports/{checked.id}").text
    assert "Nothing has been written yet" in page
    for words in ("Bake bread", "Bake all bread &amp; rolls", "Wash up", "Sell bread"):
        assert words in page
    path = f"/library/imports/{checked.id}"
    changes = client.get(f"{path}/changes.csv").text.splitlines()
    assert "changed,Statement,R2,text,Bake bread,Bake all bread & rolls" in changes
    assert client.get(f"{path}/changes.xlsx").status_code == 200
    assert client.get(f"{path}/changes.pdf").status_code == 404
    assert client.submit(f"{path}/import", page=path).status_code == 303
    run_jobs()
    done = last_job("library.import")
    assert done.finding["digest"] == checked.finding["digest"]
    assert done.finding["changes"] == checked.finding["changes"]
    assert statements() == 4
    assert "Import this file" not in client.get(path).text
    # The file went with the import, so the button works once.
    assert client.submit(f"{path}/import", page="/library/import").status_code == 404


def test_a_file_that_differs_from_the_checked_one_is_not_imported(
    cast: Cast, client: ParsingClient, run_jobs: Callable[[], int]
) -> None:
    client.sign_in(cast.alan)
    send(client, NEW, "check")
    run_jobs()
    path = f"/library/imports/{last_job('library.check').id}"
    client.submit(f"{path}/import", page=path)
    job = last_job("library.import")
    part = db.session.get_one(JobFile, (job.id, 1, 0))
    part.content = OLD.encode()
    run_jobs()
    job = last_job("library.import")
    assert (job.state, statements()) == (JobState.FAILED, 0)
    assert "not the file that was checked" in job.problem


def test_a_check_is_no_import_in_the_audit_log(
    cast: Cast, client: ParsingClient, run_jobs: Callable[[], int]
) -> None:
    client.sign_in(cast.alan)
    send(client, OLD, "check")
    run_jobs()
    actions = set(db.session.scalars(select(AuditEvent.action)))
    assert not [action for action in actions if action.startswith("library")]
    kinds = set(db.session.scalars(select(Job.kind)))
    assert kinds == {"library.check"}


def test_a_check_of_what_stands_there_says_that_nothing_would_change(
    cast: Cast, client: ParsingClient, run_jobs: Callable[[], int]
) -> None:
    client.sign_in(cast.alan)
    for action in ("import", "check"):
        send(client, OLD, action)
        run_jobs()
    page = client.get(f"/library/imports/{last_job('library.check').id}").text
    assert "Nothing would change" in page


def test_a_check_that_finds_problems_offers_the_good_rows_and_not_the_file(
    cast: Cast, client: ParsingClient, run_jobs: Callable[[], int]
) -> None:
    client.sign_in(cast.alan)
    send(client, f"{OLD},R9\n", "check")
    run_jobs()
    path = f"/library/imports/{last_job('library.check').id}"
    page = client.get(path).text
    assert "Import the good rows" in page
    assert "Import this file" not in page
    assert "Write the text, or take the row out of the file." in page
    assert client.submit(f"{path}/import", page=path).status_code == 422
    client.submit(f"{path}/good-rows", page=path)
    run_jobs()
    assert statements() == 3


def test_several_tables_are_one_framework_of_a_day(
    cast: Cast, client: ParsingClient, run_jobs: Callable[[], int]
) -> None:
    client.sign_in(cast.alan)
    tables = {
        "duties.csv": "lars_code,title,level,duty_id,duty\n9,Baker,3,u1,Mix\n",
        "ksbs.csv": "lars_code,title,level,type,ksb_id,text\n9,Baker,3,K,k1,Flour\n",
        "links.csv": "lars_code,duty_id,ksb_type,ksb_id\n9,u1,K,k1\n",
    }
    sent = [(io.BytesIO(text.encode()), name) for name, text in tables.items()]
    fields = {"framework": "Baking", "snapshot_on": "2021-05-03", "file": sent}
    assert client.submit("/standards/import", **fields).status_code == 303
    run_jobs()
    framework = db.session.scalars(select(Framework)).one()
    assert framework.snapshot_on.isoformat() == "2021-05-03"
    duty = db.session.scalars(select(Duty)).one()
    assert [ksb.text for ksb in duty.ksbs] == ["Flour"]


@pytest.mark.parametrize("section", ["library", "standards"])
def test_the_form_says_how_large_a_file_may_be(
    cast: Cast, client: ParsingClient, section: str
) -> None:
    assert "at most 100 MB" in client.sign_in(cast.alan).get(f"/{section}/import").text


def test_the_template_of_courses_can_be_imported_as_it_is(
    cast: Cast, client: ParsingClient, run_jobs: Callable[[], int]
) -> None:
    client.sign_in(cast.alan)
    for kind in ("csv", "xlsx"):
        content = io.BytesIO(client.get(f"/standards/import/courses.{kind}").data)
        client.submit("/standards/import", framework="Ours", file=(content, f"c.{kind}"))
        run_jobs()
        finding = last_job("standards.import").finding
        assert (finding["counts"]["standards"], finding["counts"]["duties"]) == (2, 3)
    assert client.get("/standards/import/other.csv").status_code == 404
