"""The pages of standards: reading them, and importing a file as an administrator does."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from cycles.core.audit import AuditEvent
from cycles.core.extensions import db
from cycles.core.jobs.files import OWN
from cycles.core.jobs.models import Job, JobFile, JobState
from cycles.profiles.naming import titles_for
from cycles.standards.models import (
    UNKNOWN_LEVEL,
    Duty,
    Framework,
    KsbKind,
    OccupationalStandard,
    StandardKsb,
)
from tests.architecture.test_query_counts import asked
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, add, compare_with, make_framework, make_standard
from tests.workshop.ballots import text_of


@pytest.fixture(autouse=True)
def _no_model(word_encoder: WordEncoder) -> None:
    """An import asks for encoding: here by words, so that no model is loaded."""


GOOD = {
    "referenceNumber": "ST0001",
    "level": 3,
    "title": "Baker",
    "route": "Catering",
    "duties": [{"dutyID": "D1", "dutyDetail": "Bake <b>bread</b>", "mappedKnowledge": ["K1"]}],
    "knowledges": [{"knowledgeId": "K1", "detail": "Ovens"}],
}


def send(client: ParsingClient, content: Any, filename: str = "s.json", **fields: Any) -> Any:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    data = {"framework": "Baking", "file": (io.BytesIO(raw), filename), **fields}
    return client.submit("/standards/import", **data)


def last_job() -> Job:
    job = db.session.scalars(
        select(Job).where(Job.kind == "standards.import").order_by(Job.asked_at.desc()).limit(1)
    ).one()
    db.session.refresh(job)
    return job


def test_anyone_signed_in_reads_frameworks_and_standards(cast: Cast, client: ParsingClient) -> None:
    framework = make_framework("Baking")
    standard = make_standard(framework)
    db.session.commit()
    client.sign_in(cast.tom)
    index = client.get("/standards/").text
    assert "Baking" in index
    assert "Import standards" not in index
    listed = client.get(f"/standards/{framework.id}?level=3&q=bak").text
    assert f"/standards/{framework.id}/{standard.id}" in listed
    page = client.get(f"/standards/{framework.id}/{standard.id}").text
    for words in ("Mix dough to a recipe", 'href="#ksb-K1"', "How the work of a baker"):
        assert words in page


def test_a_retired_standard_says_so_and_is_found_when_asked_for(
    cast: Cast, client: ParsingClient
) -> None:
    framework = make_framework("Baking")
    standard = make_standard(framework)
    standard.retired_at = NOW
    standard.duties[0].retired_at = NOW
    db.session.commit()
    client.sign_in(cast.tom)
    assert "Baker" not in client.get(f"/standards/{framework.id}").text
    assert "Baker" in client.get(f"/standards/{framework.id}?retired=yes").text
    page = client.get(f"/standards/{framework.id}/{standard.id}").text
    assert "retired on 2 March 2026" in page
    assert "Retired duties (1)" in page


def test_long_lists_are_paged_and_odd_addresses_do_no_harm(
    cast: Cast, client: ParsingClient
) -> None:
    framework = make_framework("Baking")
    for number in range(60):
        make_standard(framework, f"T{number:04}", f"Baker {number:02}", duties=())
    db.session.commit()
    client.sign_in(cast.tom)
    second = client.get(f"/standards/{framework.id}?page=2&sort=-title").text
    assert "26 to 50 of 60 standards" in second
    assert "Baker 34" in second
    for query in ("page=999", "page=-4", "page=x", "level=x", "sort=drop", "q=%25%00"):
        assert client.get(f"/standards/{framework.id}?{query}").status_code == 200


def test_a_level_that_the_source_does_not_state_is_said_to_be_unknown(
    cast: Cast, client: ParsingClient
) -> None:
    framework = make_framework("Baking")
    make_standard(framework, "T0001", "Weaver", 8)
    make_standard(framework, "T0002", "Tanner", 1)
    unstated = make_standard(framework, "T0003", "Miller", UNKNOWN_LEVEL)
    compare_with(cast.cycle, framework)
    db.session.commit()
    client.sign_in(cast.ada)
    home = f"/standards/{framework.id}"
    for sort, order in (("level", "TWM"), ("-level", "WTM")):
        listed = text_of(client.get(f"{home}?sort={sort}"))
        found = sorted((listed.rindex(name), name[0]) for name in ("Tanner", "Weaver", "Miller"))
        assert "".join(letter for _, letter in found) == order
    asked = client.get(f"{home}?level=unknown").text
    assert '<option value="unknown" selected>Level unknown</option>' in asked
    assert f"{home}/standards.csv?level=unknown" in asked
    text = client.get(f"{home}/standards.csv?level=unknown").get_data().decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert {(each["Standard"], each["Level"]) for each in lines} == {("Miller", "unknown")}
    assert "Level unknown" in text_of(client.get(f"{home}/{unstated.id}"))
    listed = text_of(client.get(f"/cycles/{cast.cycle.id}/set-up/current-state?q=miller"))
    assert "T0003, level unknown, Baking" in listed
    titles = {each.text: each.level for each in titles_for(cast.cycle.id)}
    assert titles == {"Weaver": 8, "Tanner": 1, "Miller": None}


def test_a_standard_of_another_framework_is_not_found(cast: Cast, client: ParsingClient) -> None:
    standard = make_standard(make_framework("One"))
    other = make_framework("Two")
    db.session.commit()
    client.sign_in(cast.tom)
    assert client.get(f"/standards/{other.id}/{standard.id}").status_code == 404


@pytest.mark.parametrize("who", ["ada", "tom"])
def test_only_administrators_import(cast: Cast, client: ParsingClient, who: str) -> None:
    client.sign_in(getattr(cast, who))
    assert client.get("/standards/import").status_code == 403
    assert client.get("/standards/import/template.csv").status_code == 403


def test_a_file_is_imported_with_its_progress_and_report(
    cast: Cast, client: ParsingClient, run_jobs: Callable[[], int]
) -> None:
    client.sign_in(cast.alan)
    sent = send(client, [GOOD, {**GOOD, "referenceNumber": "ST0002", "status": "Retired"}])
    job = last_job()
    assert sent.headers["Location"] == f"/jobs/{job.id}"
    assert run_jobs() == 1
    assert last_job().state == JobState.DONE
    progress = client.get(f"/jobs/{job.id}").text
    assert f"/standards/imports/{job.id}" in progress
    report = client.get(f"/standards/imports/{job.id}").text
    assert "1 left out because of their status: retired." in report
    assert db.session.scalars(select(Duty.text)).one() == "Bake bread"
    assert set(db.session.scalars(select(JobFile.number))) == {OWN}
    kinds = set(db.session.scalars(select(Job.kind)))
    assert kinds == {"standards.import", "semantics.encode"}
    events = db.session.execute(select(AuditEvent.action, AuditEvent.account_id)).all()
    assert ("standards.import_asked", cast.alan.id) in events
    assert ("standards.imported", cast.alan.id) in events


def test_a_refused_file_lists_its_problems_and_its_good_rows_can_be_taken(
    cast: Cast, client: ParsingClient, run_jobs: Callable[[], int]
) -> None:
    client.sign_in(cast.alan)
    send(client, [GOOD, {**GOOD, "referenceNumber": "ST0002", "title": "=Miller", "level": ""}])
    run_jobs()
    refused = last_job()
    page = client.get(f"/standards/imports/{refused.id}").text
    assert "Nothing was imported." in page
    assert "The level is missing." in page
    listed = client.get(f"/standards/imports/{refused.id}/problems.csv")
    assert ",Record 2 (ST0002 =Miller),level,,The level is missing.,Write a" in (
        listed.text.replace('"', "")
    )
    assert db.session.scalar(select(func.count()).select_from(OccupationalStandard)) == 0
    path = f"/standards/imports/{refused.id}/good-rows"
    again = client.submit(path, page=f"/standards/imports/{refused.id}")
    assert again.status_code == 303
    run_jobs()
    assert last_job().finding["counts"]["added"] == 1
    assert "Left out" in client.get(f"/standards/imports/{last_job().id}").text
    assert client.submit(path, page="/standards/import").status_code == 404


@pytest.mark.parametrize(
    ("content", "fields", "sentence"),
    [
        (b"", {}, "The file is empty."),
        (b"x", {"filename": "s.exe"}, "Choose one of: JSON, CSV, XLSX"),
        (b"[]", {"framework": " "}, "Name the framework."),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_at_its_field(
    cast: Cast,
    client: ParsingClient,
    content: bytes,
    fields: dict[str, str],
    sentence: str,
) -> None:
    answer = send(client.sign_in(cast.alan), content, **fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.scalar(select(func.count()).select_from(Job)) == 0


def test_a_form_without_a_file_is_refused(cast: Cast, client: ParsingClient) -> None:
    answer = client.sign_in(cast.alan).submit("/standards/import", framework="Baking")
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_a_damaged_file_fails_with_a_plain_reason(
    cast: Cast, client: ParsingClient, run_jobs: Callable[[], int]
) -> None:
    client.sign_in(cast.alan)
    send(client, b'[{"title": "Ba')
    run_jobs()
    job = last_job()
    assert job.state == JobState.FAILED
    assert "not whole JSON" in client.get(f"/jobs/{job.id}").text
    assert client.get(f"/standards/imports/{job.id}").status_code == 404


def test_the_template_can_be_imported_as_it_is(
    cast: Cast, client: ParsingClient, run_jobs: Callable[[], int]
) -> None:
    client.sign_in(cast.alan)
    for kind in ("csv", "xlsx"):
        content = client.get(f"/standards/import/template.{kind}").data
        send(client, content, f"template.{kind}")
        run_jobs()
        assert last_job().finding["counts"]["standards"] == 2
        assert last_job().finding["counts"]["duties"] == 2
    assert client.get("/standards/import/template.pdf").status_code == 404


def make_bare(framework: Framework, reference: str, title: str, *skills: str) -> None:
    """Make a standard without duties, with these skills."""
    bare = make_standard(framework, reference, title, duties=())
    for number, text in enumerate(skills, 1):
        code = {"reference": f"{reference}-S{number}", "code": f"S{number}", "position": number + 1}
        add(StandardKsb(standard_id=bare.id, kind=KsbKind.SKILL, text=text, **code))


def test_standards_without_duties_are_counted_flagged_and_filtered(
    cast: Cast, client: ParsingClient
) -> None:
    framework = make_framework("Baking")
    make_standard(framework)
    make_bare(framework, "T0002", "Weaver", "Weave cloth")
    make_bare(framework, "T0003", "Poet")
    db.session.commit()
    client.sign_in(cast.tom)
    home = f"/standards/{framework.id}"
    page = client.get(home).text
    assert "Baking, snapshot of 2 March 2026; imported 2 March 2026" in page
    assert (page.count("Skills only</strong>"), page.count("No duties</strong>")) == (1, 1)
    assert "1 of them with skills" in page
    for wanted, titles in (
        ("with", ["Baker"]),
        ("without", ["Poet", "Weaver"]),
        ("skills", ["Weaver"]),
        ("odd", ["Baker", "Poet", "Weaver"]),
    ):
        listed = client.get(f"{home}?duties={wanted}").text
        found = [each for each in ("Baker", "Poet", "Weaver") if f">{each}</a>" in listed]
        assert found == titles, wanted
    assert "?duties=without" in client.get("/standards/").text


def test_a_framework_is_downloaded_with_its_duties_as_it_is_filtered(
    cast: Cast, client: ParsingClient
) -> None:
    framework = make_framework("Baking")
    make_standard(framework)
    make_bare(framework, "T0002", "Weaver", "Weave cloth")
    db.session.commit()
    client.sign_in(cast.tom)
    home = f"/standards/{framework.id}"
    assert f"{home}/standards.csv?q=bak" in client.get(f"{home}?q=bak").text
    text = client.get(f"{home}/standards.csv").get_data().decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [(each["Standard"], each["Duty number"], each["Kind of duty"]) for each in lines] == [
        ("Baker", "1", "Core"),
        ("Baker", "2", "Core"),
        ("Weaver", "", "Skills only"),
    ]
    assert lines[0]["Knowledge, skills and behaviours"] == "K1"
    assert lines[0]["Source"] == "Baking, snapshot of 2 March 2026"
    only = client.get(f"{home}/standards.csv?q=weav").get_data(as_text=True)
    assert "Baker" not in only
    assert client.get(f"{home}/standards.xlsx").status_code == 200


def test_a_long_framework_asks_no_more_of_the_database_than_a_short_one(
    cast: Cast, client: ParsingClient
) -> None:
    short, long = make_framework("Short"), make_framework("Long")
    make_standard(short)
    for number in range(20):
        make_standard(long, f"T{number:04}", f"Baker {number:02}")
    db.session.commit()
    client.sign_in(cast.tom)
    for kind in ("", "/standards.csv"):
        counts = []
        for framework in (short, long):
            with asked() as statements:
                assert client.get(f"/standards/{framework.id}{kind}").status_code == 200
            counts.append(len(statements))
        assert counts[0] == counts[1] <= 16, (kind, counts)
