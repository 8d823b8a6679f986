"""Fixtures: one application and one database per worker; each test in a transaction of its own."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, event

from cycles.core import mail, settings
from cycles.core.extensions import db
from cycles.core.jobs import commands as jobs
from cycles.core.jobs import worker
from cycles.core.mail import Letter
from cycles.semantics import encoder
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import Cast, make_cast
from tests.postgres import fresh_database
from wsgi import create_app

# What does not depend on which database it is runs on SQLite alone.
ONE_DATABASE = (
    "tests/consensus/",
    "tests/architecture/test_house.py",
    "tests/architecture/test_readme.py",
    "tests/architecture/test_access.py::test_who_has_not_signed_in",
    "tests/architecture/test_access.py::test_every_answer_carries",
    "tests/architecture/test_access.py::test_a_post_without_its_token",
    "tests/architecture/test_access.py::test_a_cycle_does_not_exist",
    "tests/architecture/test_access.py::test_what_belongs_to_another",
    "tests/architecture/test_confined.py",
    "tests/browser/test_screens.py",
    "tests/browser/test_ballot.py",
    "tests/browser/test_ksbs.py",
    "tests/browser/test_panel.py",
    "tests/browser/test_explorer.py",
    "tests/browser/test_joining.py",
    "tests/browser/test_board.py",
    "tests/browser/test_review.py",
    "tests/journeys/test_closed_cycles.py",
    "tests/journeys/test_foreign_ids.py",
    "tests/journeys/test_hostile_forms.py",
    "tests/journeys/test_real_input.py",
    "tests/journeys/test_stored_markup.py",
    "tests/cycles/test_library_sources.py::test_the_tasks_of_onet",
    "tests/cycles/test_library_sources.py::test_other_sources",
    "tests/cycles/test_semantics_model.py",
    "tests/cycles/test_standards_reading.py",
    "tests/cycles/test_standards_tables.py",
    "tests/cycles/test_tables.py",
    "tests/cycles/test_wording_guide.py",
    "tests/cycles/test_downloads.py",
    "tests/browser/test_charts.py",
    "tests/reports/test_vega.py",
    "tests/reports/test_pdf_tags.py",
    "tests/reports/test_printed_numbers.py",
    # Pages of the findings ask nothing: what they read is gathered in test_results, on both.
    "tests/reports/test_explorer_actions.py",
    "tests/reports/test_explorer_capabilities.py",
    "tests/reports/test_explorer_charts.py",
    "tests/reports/test_explorer_consensus.py",
    "tests/reports/test_explorer_ksbs.py",
    "tests/reports/test_explorer_listing.py",
    "tests/reports/test_explorer_matrix.py",
    "tests/reports/test_explorer_overview.py",
    "tests/reports/test_explorer_priorities.py",
    "tests/reports/test_explorer_profiles.py",
    "tests/reports/test_explorer_recount.py",
    "tests/reports/test_explorer_supply_chain.py",
    "tests/reports/test_open_door_crawl.py",
    "tests/reports/test_api.py::test_the_api_keeps",
    "tests/reports/test_package.py",
    "tests/reports/test_bench",
    "tests/reports/test_report_pages.py",
    "tests/reports/test_report.py::test_the_pdf",
    "tests/browser/test_narrative.py",
    "tests/reports/test_body_findings.py",
    "tests/reports/test_figures.py",
    "tests/reports/test_lean.py",
    "tests/reports/test_narrative_checking.py",
    "tests/reports/test_narrative_hostile.py",
    "tests/reports/test_said_truly.py",
    "tests/reports/test_brief.py",
    "tests/reports/test_page_and_tables.py",
    "tests/reports/test_report_canary.py",
    "tests/reports/test_word.py",
    "tests/reports/test_report.py::test_a_draft_says_so",
    "tests/reports/test_report.py::test_progress_is_told",
    "tests/reports/test_report.py::test_an_empty_cycle",
    "tests/workshop/test_bench",
    "tests/workshop/test_recompute.py",
)

# Long journeys over every stage: make test takes them on the database that production runs on.
POSTGRESQL_ALONE = ("tests/browser/test_journey.py",)


@event.listens_for(Engine, "connect")
def _in_no_order(connection: object, _record: object) -> None:
    """Turn round what a query did not order, so that nobody comes to rely on SQLite's order."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA reverse_unordered_selects = ON")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(ONE_DATABASE):
            item.add_marker(pytest.mark.one_database)
        if item.nodeid.startswith(POSTGRESQL_ALONE):
            item.add_marker(pytest.mark.postgresql_alone)


class Outbox:
    """A mailer that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> None:
        self.letters.append(letter)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("instance")
    given = settings.read(
        {
            "PYTHIA_INSTANCE": str(folder),
            "DATABASE_URL": database_url(folder, "tests"),
            "SECRET_KEY": "a secret for tests, long enough to be one",
            "LINK_KEY": "another secret for tests, long enough too",
        }
    )
    made = create_app(replace(given, base_url="http://localhost"))
    made.config["TESTING"] = True
    made.config["PROPAGATE_EXCEPTIONS"] = True
    made.extensions.pop(worker.EXTENSION)
    made.test_client_class = ParsingClient
    with made.app_context():
        db.create_all()
        yield made
        db.session.remove()
        db.drop_all()
        db.engine.dispose()


def database_url(folder: Path, name: str) -> str:
    """Return a database of this worker's own, on the server of TEST_DATABASE_URL if that is set."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        return f"sqlite:///{folder / name}.db"
    return fresh_database(server, f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")


@pytest.fixture
def session(app: Flask) -> Iterator[object]:
    """Everything a test commits stays inside one outer transaction, undone at the end."""
    engine = db.engine
    connection: Connection = engine.connect()
    outer = connection.begin()
    db.engines[None] = connection  # type: ignore[assignment]  # the documented way to isolate
    db.session.configure(join_transaction_mode="create_savepoint")
    db.session.remove()
    yield db.session
    db.session.remove()
    db.engines[None] = engine
    outer.rollback()
    connection.close()


@pytest.fixture
def cast(session: object) -> Cast:
    """Ada convenes, Tom is a technologist, Ema an employer, Eddy an educator, Sol sponsors."""
    return make_cast()


@pytest.fixture
def outbox(app: Flask) -> Iterator[Outbox]:
    before = app.extensions[mail.EXTENSION]
    app.extensions[mail.EXTENSION] = box = Outbox()
    yield box
    app.extensions[mail.EXTENSION] = before


@pytest.fixture
def client(app: Flask, session: object) -> ParsingClient:
    return app.test_client()  # type: ignore[return-value]  # test_client_class is set above


@pytest.fixture
def run_jobs(session: object) -> Callable[[], int]:
    """Run what the test has queued, in this process."""

    def run() -> int:
        db.session.commit()
        return jobs.run_due()

    return run


@pytest.fixture
def word_encoder(app: Flask) -> Iterator[WordEncoder]:
    """Encode by hashed words instead of the model, and see what was encoded."""
    before = app.extensions.get(encoder.EXTENSION)
    app.extensions[encoder.EXTENSION] = made = WordEncoder()
    yield made
    app.extensions.pop(encoder.EXTENSION)
    if before is not None:
        app.extensions[encoder.EXTENSION] = before
