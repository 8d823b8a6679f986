"""Bad input over HTTP: broken and hostile files, links that ended, ballots that come too late."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from cycles.core.audit import broken_links
from cycles.core.clock import now, stopped_at
from cycles.core.extensions import db
from cycles.core.jobs.models import Job, JobState
from cycles.current_state.models import PresentCapability
from cycles.importing import views as importing
from cycles.people.models import Invitation, Participant
from cycles.standards.importing.columns import TEMPLATE
from cycles.standards.models import OccupationalStandard
from cycles.statements.models import CapabilityStatement
from tests.architecture.browsing import Browser
from tests.architecture.world import World

UPLOADS = {
    "people": ("ada", "/cycles/{cycle_id}/people/upload", {}),
    "statements": ("ada", "/cycles/{cycle_id}/capabilities/upload", {}),
    "current state": ("tom", "/cycles/{cycle_id}/current-state/upload", {}),
    "standards": ("alan", "/standards/import", {"framework": "Baking"}),
    "library": ("alan", "/library/import", {"source": "Baking"}),
}
HEADINGS = {
    "people": ("name", "email", "group"),
    "statements": ("Statement", "Function", "Domain"),
    "current state": ("Partner", "Today", "Code"),
    "standards": TEMPLATE,
    "library": ("reference", "kind", "text"),
}
KEPT = (Invitation, CapabilityStatement, OccupationalStandard, PresentCapability)
MEGABYTE = 1024 * 1024


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def bomb() -> bytes:
    """Return a workbook of some kilobytes whose sheet unpacks to 200 MB."""
    content = io.BytesIO(workbook(("name",)))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/worksheets/sheet9.xml", bytes(200 * MEGABYTE))
    return content.getvalue()


def bad_files(headings: tuple[str, ...]) -> dict[str, tuple[str, bytes]]:
    cells = ("=cmd|' /C calc'!A0", *("x" for _ in headings[1:]))
    lines = [",".join(headings), ",".join(cells)]
    return {
        "nothing in it": ("a.csv", b""),
        "only headings": ("a.csv", lines[0].encode()),
        "other headings": ("a.csv", b"colour,size\nred,4\n"),
        "a formula in CSV": ("a.csv", "\n".join(lines).encode()),
        "a formula in XLSX": ("a.xlsx", workbook(headings, ("=1+1", *cells[1:]))),
        "a quotation never closed": ("a.csv", lines[0].encode() + b'\n"never closed,x\n'),
        "UTF-16": ("a.csv", lines[0].encode("utf-16")),
        "not a workbook": ("a.xlsx", b"PK\x03\x04 and then nothing of the kind"),
        "a workbook cut short": ("a.xlsx", workbook(headings, cells)[:-200]),
        "a program": ("a.exe", b"MZ\x90\x00"),
        "no ending": ("a", lines[0].encode()),
        "a path for a name": ("../../etc/passwd", lines[0].encode()),
    }


BAD = sorted(bad_files(("a",)))


def send(browser: Browser, path: str, name: str, content: bytes, **fields: str) -> Any:
    file = FileStorage(io.BytesIO(content), name)
    # Encoded here: the client would leave a large body's temporary file open.
    boundary, body = encode_multipart({**fields, **browser.signed(), "file": file})
    kind = f"multipart/form-data; boundary={boundary}"
    return browser.client.post(path, data=body, content_type=kind)


def rows_kept() -> list[int]:
    return [db.session.scalar(select(func.count(each.id))) or 0 for each in KEPT]


def uploader(app: Flask, world: World, kind: str) -> tuple[Browser, str, dict[str, str]]:
    person, path, fields = UPLOADS[kind]
    return Browser(app, world, person), path.format(**world.values), fields


@pytest.mark.parametrize("kind", UPLOADS)
@pytest.mark.parametrize("bad", BAD)
def test_a_bad_file_is_refused_in_words_and_nothing_is_kept(
    app: Flask, ours: World, run_due: Callable[[], int], kind: str, bad: str
) -> None:
    before = rows_kept()
    browser, path, fields = uploader(app, ours, kind)
    name, content = bad_files(HEADINGS[kind])[bad]
    answer = send(browser, path, name, content, **fields)
    told = what_was_told(browser, answer, run_due)
    assert "went wrong on our side" not in told
    assert "Traceback" not in told
    if "formula" in bad:
        assert "formula" in told
    assert rows_kept() == before


@pytest.mark.parametrize("kind", UPLOADS)
def test_a_small_file_that_unpacks_to_much_is_refused(
    app: Flask, ours: World, run_due: Callable[[], int], kind: str
) -> None:
    content = bomb()
    assert len(content) < MEGABYTE
    browser, path, fields = uploader(app, ours, kind)
    told = what_was_told(browser, send(browser, path, "a.xlsx", content, **fields), run_due)
    assert "unpacks to too much" in told


def what_was_told(browser: Browser, answer: Any, run_due: Callable[[], int]) -> str:
    """Return the page that refuses the file: the form again, or what came of the job."""
    if answer.status_code == 422:
        return str(answer.text)
    assert answer.status_code == 303, answer.status
    run_due()
    job = db.session.scalars(select(Job).order_by(Job.asked_at.desc()).limit(1)).one()
    assert f"/jobs/{job.id}" == answer.location
    db.session.refresh(job)
    if job.state == JobState.FAILED:
        return str(browser.client.get(f"/jobs/{job.id}").text)
    assert job.finding["is_refused"], job.finding
    page = job.kind.split(".")[0]
    return str(browser.client.get(f"/{page}/imports/{job.id}").text)


@pytest.mark.parametrize("kind", ["people", "statements", "current state"])
def test_a_file_too_large_is_refused(app: Flask, ours: World, kind: str) -> None:
    browser, path, fields = uploader(app, ours, kind)
    limit = int(app.config["MAX_CONTENT_LENGTH"])
    answer = send(browser, path, "a.csv", b"x" * (limit + 1), **fields)
    assert answer.status_code == 413
    assert "too large" in answer.text


@pytest.mark.parametrize("kind", ["standards", "library"])
def test_only_an_administrator_may_import_a_file_larger_than_any_other_page_takes(
    app: Flask, ours: World, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    browser, path, fields = uploader(app, ours, kind)
    large = b"x" * (int(app.config["MAX_CONTENT_LENGTH"]) + 1)
    assert send(browser, path, "a.csv", large, **fields).status_code == 303
    assert send(Browser(app, ours, "ada"), path, "a.csv", large, **fields).status_code == 413
    assert send(Browser(app, ours, None), path, "a.csv", large, **fields).status_code == 413
    monkeypatch.setattr(importing, "MOST_BYTES", MEGABYTE)
    answer = send(browser, path, "a.csv", large, **fields)
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_a_standards_file_without_a_level_names_its_row_and_imports_nothing(
    app: Flask, ours: World, run_due: Callable[[], int]
) -> None:
    before = rows_kept()
    browser = Browser(app, ours, "alan")
    template = browser.client.get("/standards/import/template.csv").text
    headings, first, *_rest = template.lstrip("\ufeff").splitlines()
    level = headings.split(",").index("level")
    spoilt = first.split(",")
    spoilt[0], spoilt[level] = "X0009", ""
    table = "\n".join((headings, first, ",".join(spoilt)))
    answer = send(browser, "/standards/import", "s.csv", table.encode(), framework="Baking")
    told = what_was_told(browser, answer, run_due)
    assert "Nothing was imported" in told
    assert "Row 3" in told
    assert "level is missing" in told
    assert rows_kept() == before


def test_a_link_that_ended_says_so_and_signs_nobody_in(app: Flask, ours: World) -> None:
    browser = Browser(app, ours, None)
    path = f"/sign-in/{ours.values['token']}"
    assert "Sign in" in browser.client.get(path).text
    with stopped_at(now() + timedelta(days=400)):
        for answer in (browser.client.get(path), browser.client.post(path, data=browser.signed())):
            assert answer.status_code == 410
            assert "This link has ended" in answer.text
        assert browser.client.get("/cycles/new").location.startswith("/sign-in")


def test_an_invitation_that_ended_gives_no_place(app: Flask, ours: World) -> None:
    browser = Browser(app, ours, None)
    before = db.session.query(Participant).count()
    path = f"/invitations/{ours.value('people.accept', 'token')}"
    with stopped_at(now() + timedelta(days=400)):
        answer = browser.client.post(path, data=browser.signed())
    assert answer.status_code == 410
    assert db.session.query(Participant).count() == before


def test_a_ballot_that_comes_after_the_close_is_given_back_in_words(
    app: Flask, ours: World
) -> None:
    ema, ada = Browser(app, ours, "ema"), Browser(app, ours, "ada")
    values = ours.values
    rounds = f"/cycles/{values['cycle_id']}/workshops/rounds/{values['round_id']}"
    ballot = f"/cycles/{values['cycle_id']}/ballot/rounds/{values['round_id']}"
    item = values["item_id"].hex
    answers = {f"cell-{item}": "E", f"comment-{item}": "Only we do this.", "shown": "...."}
    assert ada.client.post(f"{rounds}/close", data=ada.signed()).status_code == 303
    late = ema.client.post(f"{ballot}/areas/1", data={**answers, **ema.signed()})
    assert late.status_code == 409
    assert "was not saved" in late.text
    assert "Expert" in late.text
    assert "Only we do this." in late.text
    script = ema.client.post(
        f"{ballot}/answers", data={"item": item, "value": "E", "seq": "9", **ema.signed()}
    )
    assert script.status_code == 409
    assert "has closed" in script.json["problem"]
    assert list(broken_links()) == []


def test_text_that_no_database_keeps_is_refused_at_the_door(app: Flask, ours: World) -> None:
    ada = Browser(app, ours, "ada")
    path = f"/cycles/{ours.values['cycle_id']}/set-up/partners/add"
    answer = ada.client.post(path, data={"name": "Bak\x00er", **ada.signed()})
    assert answer.status_code == 400
    assert "That request could not be read" in answer.text
    assert ada.client.get("/sign-in/a%00b").status_code == 400
