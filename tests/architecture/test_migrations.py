"""Migrations: one head, up and down, and the tables they make are the tables of the models."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from cycles.core import audit, settings
from cycles.core.audit import SYSTEM, EventType
from cycles.core.base import Base
from cycles.core.extensions import db
from cycles.library.searching.tables import is_of_full_text
from tests.conftest import database_url
from tests.factories import NOW
from wsgi import create_app

TRIED = EventType("migration.tried")


@pytest.fixture
def empty_app(tmp_path: Path) -> Iterator[Flask]:
    """An application on an empty database of its own."""
    made = create_app(
        settings.read(
            {"PYTHIA_INSTANCE": str(tmp_path), "DATABASE_URL": database_url(tmp_path, "migrations")}
        )
    )
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory("migrations").get_heads()) == 1


def test_migrations_make_the_models_tables_and_take_them_away(empty_app: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        options = {
            "compare_type": True,
            "include_name": lambda name, kind, _: not is_of_full_text(name, kind),
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
    db.session.remove()
    downgrade(revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]


def test_a_migrated_database_refuses_to_change_the_audit_log(empty_app: Flask) -> None:
    upgrade()
    TRIED.record(actor=SYSTEM, moment=NOW)
    db.session.commit()
    for statement in ("UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event"):
        with pytest.raises(Exception, match="append-only"):
            db.session.execute(text(statement))
        db.session.rollback()
    assert list(audit.broken_links()) == []


def test_a_table_made_anew_keeps_what_refers_to_it(empty_app: Flask) -> None:
    upgrade(revision="0006")
    framework, standard, cycle = "f" * 32, "5" * 32, "c" * 32
    for line in (
        "INSERT INTO framework (id, name, version, licence, attribution, is_illustrative, "
        f"imported_at) VALUES ('{framework}', 'Ours', '', '', '', false, '2026-03-02 10:00:00')",
        "INSERT INTO occupational_standard (id, framework_id, reference, version, title, level, "
        "route, status, overview, job_titles) VALUES "
        f"('{standard}', '{framework}', 'ST0001', '', 'Baker', 3, '', '', '', '[]')",
        "INSERT INTO cycle (id, title, challenge, challenge_when, impact_domain, "
        "case_for_foresighting, scenario, sponsor, convener_organisation, stage, framework_id, "
        "threshold_percent, is_demonstration, created_at, version) VALUES "
        f"('{cycle}', 'Ours', '', '', '', '', '', '', '', 'preparing', '{framework}', "
        "30, false, '2026-03-02 10:00:00', 1)",
    ):
        db.session.execute(text(line))
    db.session.commit()
    upgrade()
    kept = db.session.execute(text("SELECT title FROM occupational_standard")).scalars().all()
    assert kept == ["Baker"]
    day = db.session.execute(text("SELECT snapshot_on FROM framework")).scalar()
    assert str(day) == "2026-03-02"
    assert db.session.execute(text("SELECT threshold_percent FROM cycle")).scalar() == 40
    db.session.commit()
    downgrade(revision="0011")
    chosen = db.session.execute(text("SELECT framework_id FROM cycle")).scalar()
    assert str(chosen).replace("-", "") == framework
