"""The chain of the audit log: a row changed or removed, even in the database, is found out."""

import pytest
from flask import Flask
from sqlalchemy import text

from cycles.core.audit import Actor, AuditEvent, EventType, broken_links
from cycles.core.extensions import db
from tests.factories import NOW, Cast

NOTED = EventType("test.noted", "number")


def noted(number: int) -> AuditEvent:
    return NOTED.record(actor=Actor(None, "Test"), moment=NOW, number=number)


def let_rows_be_changed() -> None:
    """Take away what makes the database refuse, as somebody with its password could."""
    if db.session.connection().dialect.name == "sqlite":
        db.session.execute(text("DROP TRIGGER audit_event_no_update"))
        db.session.execute(text("DROP TRIGGER audit_event_no_delete"))
    else:
        db.session.execute(text("DROP TRIGGER audit_event_no_change ON audit_event"))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_event SET action = 'test.other' WHERE id = :id",
        "UPDATE audit_event SET account_id = NULL, facts = '{\"number\": 9}' WHERE id = :id",
        "UPDATE audit_event SET moment = '2025-01-01 00:00:00' WHERE id = :id",
    ],
)
def test_a_row_that_was_changed_is_found(app: Flask, cast: Cast, change: str) -> None:
    rows = [noted(number) for number in range(3)]
    tampered = rows[1].id
    assert list(broken_links()) == []
    let_rows_be_changed()
    db.session.execute(text(change), {"id": tampered})
    db.session.expire_all()
    assert list(broken_links()) == [tampered]
    told = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert told.exit_code == 1
    assert f"Event {tampered} does not fit" in told.output


def test_a_row_that_was_taken_out_is_found(cast: Cast) -> None:
    rows = [noted(number) for number in range(3)]
    let_rows_be_changed()
    db.session.execute(text("DELETE FROM audit_event WHERE id = :id"), {"id": rows[1].id})
    db.session.expire_all()
    assert list(broken_links()) == [rows[2].id]


def test_the_database_refuses_to_change_or_delete_a_row(cast: Cast) -> None:
    row = noted(1)
    for change in ("UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event"):
        with pytest.raises(Exception, match="append-only"), db.session.begin_nested():
            db.session.execute(text(f"{change} WHERE id = :id"), {"id": row.id})
    assert list(broken_links()) == []
