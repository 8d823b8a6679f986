"""The pages outside any cycle, and what every answer carries."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from cycles.core import clock, settings
from cycles.core.extensions import db
from cycles.core.jobs.worker import heartbeat_file
from cycles.home import health, views
from cycles.home.glossary import TERMS
from tests.client import ParsingClient
from tests.factories import Cast, make_cycle, make_participant
from wsgi import create_app

PAGES = ("/", "/accessibility", "/privacy", "/glossary", "/sign-in", "/sign-in/sent")


@pytest.mark.parametrize("path", PAGES)
def test_public_pages_carry_the_headers_and_a_nonce_of_their_own(
    client: ParsingClient, path: str
) -> None:
    policies = set()
    for _ in range(2):
        answer = client.get(path)
        assert answer.status_code == 200
        policy = answer.headers["Content-Security-Policy"]
        nonce = re.search(r"script-src 'nonce-([^']+)'", policy)
        assert nonce
        assert "default-src 'none'" in policy
        assert set(re.findall(r'nonce="([^"]*)"', answer.text)) == {nonce[1]}
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        policies.add(policy)
    assert len(policies) == 2


def test_an_error_page_tells_what_to_do_and_the_request_s_number(client: ParsingClient) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert answer.headers["X-Request-Id"] in answer.text
    assert "'none'" in answer.headers["Content-Security-Policy"]


def test_a_refused_post_carries_the_marks_of_its_own_request(client: ParsingClient) -> None:
    before = client.get("/sign-in").headers["X-Request-Id"]
    refused = client.post("/sign-in")
    assert refused.status_code == 400
    assert refused.headers["X-Request-Id"] not in ("", before)
    assert refused.headers["X-Request-Id"] in refused.text


def test_an_error_of_the_database_holds_nothing_that_was_typed(session: object) -> None:
    with pytest.raises(DBAPIError) as broken:
        db.session.execute(text("SELECT :typed FROM nowhere"), {"typed": "a secret of ours"})
    assert "nowhere" in str(broken.value)
    assert "a secret of ours" not in str(broken.value), "the log prints what the error says"


def test_pages_of_people_signed_in_are_kept_nowhere(client: ParsingClient, cast: Cast) -> None:
    assert client.sign_in(cast.tom).get("/glossary").headers["Cache-Control"] == "no-store"


def test_a_stranger_is_told_what_this_is(client: ParsingClient) -> None:
    page = client.get("/").text
    assert "workforce-foresighting" in page
    assert 'href="/sign-in"' in page


def test_people_see_their_own_cycles_and_their_place(client: ParsingClient, cast: Cast) -> None:
    page = client.sign_in(cast.pia).get("/").text
    assert cast.cycle.title in page
    assert "employer, on the panel" in page
    assert cast.other_cycle.title not in page
    assert "Start a cycle" not in page


def test_conveners_are_offered_a_new_cycle(client: ParsingClient, cast: Cast) -> None:
    assert "Start a cycle" in client.sign_in(cast.ada).get("/").text


def test_somebody_without_a_cycle_is_told_what_to_do(client: ParsingClient, cast: Cast) -> None:
    assert "A convener invites you" in client.sign_in(make_nobody()).get("/").text


def make_nobody() -> object:
    from tests.factories import make_account

    return make_account("Nobody Yet")


def test_archived_cycles_are_folded_away(client: ParsingClient, cast: Cast) -> None:
    old = make_cycle("Steam in bakeries", archived_at=clock.now())
    make_participant(old, cast.tom, cast.technologist.group)
    db.session.commit()
    page = client.sign_in(cast.tom).get("/").text
    assert page.index("Archived cycles (1)") < page.index("Steam in bakeries")


def test_one_person_is_never_shown_as_the_next(app: Flask, cast: Cast) -> None:
    first, second = app.test_client(), app.test_client()
    first.sign_in(cast.tom)  # type: ignore[attr-defined]  # the parsing client
    assert "Tom Okafor" in first.get("/").text
    assert "Tom Okafor" not in second.get("/").text


def test_the_glossary_explains_each_word_once_in_order(client: ParsingClient) -> None:
    words = [term.word for term in TERMS]
    assert words == sorted(words)
    assert len({term.anchor for term in TERMS}) == len(TERMS)
    page = client.get("/glossary").text
    for word in ("Rule card", "Surplus", "Unsupported", "KSB", "Role level"):
        assert word in page


def test_alive_is_answered_without_the_database(client: ParsingClient) -> None:
    assert client.get("/healthz").get_json() == {"alive": True}


@pytest.fixture
def migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests make tables from the models, so the migrations are held to their own tests."""
    monkeypatch.setattr(health, "_migrations", lambda _folder: "ok")


def beat(app: Flask, ago: timedelta) -> None:
    moment = clock.now() - ago
    heartbeat_file(app.extensions["pythia_settings"]).write_text(moment.isoformat())


def test_ready_means_database_migrations_worker_and_disk(
    app: Flask, client: ParsingClient, migrated: None
) -> None:
    beat(app, timedelta(seconds=50))
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert set(answer.get_json()["checks"]) == {"database", "migrations", "worker", "disk"}
    beat(app, timedelta(minutes=5))
    late = client.get("/readyz")
    assert late.status_code == 503
    assert "last seen" in late.get_json()["checks"]["worker"]


def test_a_database_behind_its_migrations_is_not_ready(
    app: Flask, session: object, tmp_path: Path
) -> None:
    given = replace(app.extensions["pythia_settings"], instance=tmp_path)
    checks = health.readiness(given, clock.now())
    assert checks["migrations"] != "ok"
    assert checks["worker"] == "no worker has run here"


def test_a_database_that_does_not_answer_is_said(
    client: ParsingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    def fail(*_given: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(views, "readiness", fail)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["checks"] == {"database": "does not answer"}


@pytest.fixture
def lost_app(tmp_path: Path) -> Flask:
    """An application whose database cannot be reached."""
    return create_app(
        settings.read(
            {
                "PYTHIA_INSTANCE": str(tmp_path),
                "DATABASE_URL": f"sqlite:///{tmp_path}/no/such/folder/pythia.db",
                "SECRET_KEY": "a secret for tests, long enough to be one",
                "LINK_KEY": "another secret for tests, long enough too",
            }
        )
    )


def test_without_its_database_the_process_still_answers(lost_app: Flask) -> None:
    client = lost_app.test_client()
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.get_json()["checks"] == {"database": "does not answer"}
    page = client.get("/")
    assert page.status_code == 500
    assert "Something went wrong on our side" in page.text
    assert page.headers["X-Request-Id"] in page.text
