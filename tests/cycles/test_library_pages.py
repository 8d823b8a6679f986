"""The pages of the library and of the classification."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from cycles.classification.commands import import_classification
from cycles.core.audit import SYSTEM
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.library.commands import SourceFacts, import_library
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, make_area


@pytest.fixture(autouse=True)
def _no_model(word_encoder: WordEncoder) -> None:
    """An import asks for encoding: here by words, so that no model is loaded."""


LINES = "statement,kind,function,domain,area,reference\n"


def fill(content: str, source: str = "Ours") -> None:
    import_library(
        io.BytesIO(content.encode()),
        "library.csv",
        source=SourceFacts(source, licence="Free", attribution="By us."),
        actor=SYSTEM,
        moment=NOW,
    )
    db.session.commit()


def send(client: ParsingClient, content: bytes, filename: str, **fields: Any) -> Any:
    return client.submit("/library/import", file=(io.BytesIO(content), filename), **fields)


def last_job() -> Job:
    job = db.session.scalars(
        select(Job).where(Job.kind == "library.import").order_by(Job.asked_at.desc()).limit(1)
    ).one()
    db.session.refresh(job)
    return job


def test_anyone_signed_in_searches_the_library(cast: Cast, client: ParsingClient) -> None:
    make_area()
    fill(
        f"{LINES}Test & tune ovens,,Implement,Quality Control,Test Equipment,R1\n"
        "Yeast,knowledge,,,,R2"
    )
    client.sign_in(cast.tom)
    page = client.get("/library/").text
    assert "1 to 2 of 2 records" in page
    assert "By us." in page
    assert "Import into the library" not in page
    some = client.get("/library/?q=ovens&function=Implement&domain=Quality+Control").text
    assert "1 to 1 of 1 records" in some
    assert "Test &amp; tune ovens" in some
    assert "Nothing fits" in client.get("/library/?kind=skill").text
    for query in ("kind=x", "source=x", "page=x", "function=x", "q=%00"):
        assert client.get(f"/library/?{query}").status_code == 200


def test_an_empty_library_says_what_to_do(cast: Cast, client: ParsingClient) -> None:
    assert "An administrator imports" in client.sign_in(cast.tom).get("/library/").text
    assert "/library/import" in client.sign_in(cast.alan).get("/library/").text


def test_a_file_is_imported_with_its_report(
    cast: Cast, client: ParsingClient, run_jobs: Callable[[], int]
) -> None:
    client.sign_in(cast.alan)
    tasks = b"O*NET-SOC Code\tTask ID\tTask\n17-1\t1\tDesign ovens.\n11-1\t2\tLead.\n"
    send(client, tasks, "Task Statements.txt", occupations="17-, 18-")
    run_jobs()
    job = last_job()
    report = client.get(f"/library/imports/{job.id}").text
    assert "1 rows are of other occupations" in report
    assert job.finding["counts"]["added"] == 1


def test_the_good_rows_of_a_refused_file_can_be_taken(
    cast: Cast, client: ParsingClient, run_jobs: Callable[[], int]
) -> None:
    client.sign_in(cast.alan)
    send(client, f"{LINES}Bake,,,,,R1\n,,,,,R2\n".encode(), "l.csv", source="Ours")
    run_jobs()
    page = f"/library/imports/{last_job().id}"
    assert "The text is missing." in client.get(page).text
    assert "Row 3" in client.get(f"{page}/problems.csv").text
    client.submit(f"{page}/good-rows", page=page)
    run_jobs()
    assert last_job().finding["counts"]["added"] == 1


def test_the_template_can_be_imported_as_it_is(
    cast: Cast, client: ParsingClient, run_jobs: Callable[[], int]
) -> None:
    client.sign_in(cast.alan)
    for kind in ("csv", "xlsx"):
        content = client.get(f"/library/import/template.{kind}").data
        send(client, content, f"template.{kind}")
        run_jobs()
        assert last_job().finding["counts"]["records"] == 2


@pytest.mark.parametrize(
    ("filename", "sentence"), [("l.pdf", "Choose one of: CSV, TXT"), ("", "Choose a file.")]
)
def test_a_file_that_cannot_be_taken_is_refused(
    cast: Cast, client: ParsingClient, filename: str, sentence: str
) -> None:
    answer = send(client.sign_in(cast.alan), b"x", filename)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_only_administrators_import_into_the_library(cast: Cast, client: ParsingClient) -> None:
    assert client.sign_in(cast.ada).get("/library/import").status_code == 403


def test_the_classification_is_shown_as_a_tree_and_downloaded(
    cast: Cast, client: ParsingClient
) -> None:
    client.sign_in(cast.tom)
    assert "No classification yet" in client.get("/classification/").text
    import_classification(actor=SYSTEM, moment=NOW)
    db.session.commit()
    page = client.get("/classification/").text
    for words in ("Design", "Enterprise", "Survey &amp; Assess Sites"):
        assert words in page
    table = client.get("/classification/areas.csv").text
    assert table.lstrip("\ufeff").splitlines()[0] == "function,domain,area,definition"
    assert len(table.splitlines()) > 130
    assert client.get("/classification/areas.xlsx").status_code == 200
    assert client.get("/classification/areas.pdf").status_code == 404
