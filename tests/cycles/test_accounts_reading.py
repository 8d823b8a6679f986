"""Requests that only read, against a database file of their own: they never wait for a writer."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from cycles.accounts.commands import open_session
from cycles.accounts.models import WebSession
from cycles.core import clock, settings
from cycles.core.extensions import db
from tests.factories import make_account
from wsgi import create_app


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "reading.db"


@pytest.fixture
def own_app(tmp_path: Path, file: Path) -> Iterator[Flask]:
    made = create_app(
        settings.read(
            {
                "PYTHIA_INSTANCE": str(tmp_path),
                "DATABASE_URL": f"sqlite:///{file}",
                "SECRET_KEY": "a secret for tests, long enough to be one",
                "LINK_KEY": "another secret for tests, long enough too",
            }
        )
    )
    made.config["PROPAGATE_EXCEPTIONS"] = True
    with made.app_context():
        db.create_all()
    yield made
    with made.app_context():
        db.engine.dispose()


def signed_in(app: Flask) -> str:
    with app.app_context():
        account = make_account()
        token = open_session(account=account, moment=clock.now())
        db.session.commit()
    return token


def test_pages_are_read_while_somebody_writes(own_app: Flask, file: Path) -> None:
    client = own_app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = signed_in(own_app)
    writer = sqlite3.connect(file, timeout=0, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        for path in ("/", "/sign-in/never-made", "/nowhere"):
            assert "Sign out" in client.get(path).text
    finally:
        writer.execute("ROLLBACK")
        writer.close()


def test_last_seen_is_committed_although_the_page_only_reads(own_app: Flask) -> None:
    client = own_app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = signed_in(own_app)
    later = clock.now() + timedelta(minutes=2)
    with clock.stopped_at(later):
        assert "Sign out" in client.get("/").text
    with own_app.app_context():
        assert db.session.query(WebSession).one().last_seen_at == later
