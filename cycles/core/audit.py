"""The audit log: append-only, chained by hash, fixed keys per kind of event.

Never a rating's value, never a participant's answer: what changed, by whom, when.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import DDL, BigInteger, Integer, String, event, func, select
from sqlalchemy.orm import Mapped, mapped_column

from cycles.core.base import Base
from cycles.core.extensions import db

CHAIN_LOCK = 7_215_001  # any number, the same in every process: PostgreSQL's advisory lock


@dataclass(frozen=True)
class Actor:
    """Who acts: an account, or the system itself (``account_id`` is None)."""

    account_id: uuid.UUID | None
    name: str


SYSTEM = Actor(None, "Pythia")


class AuditEvent(Base):
    """One thing that changed. The database refuses to update or delete a row."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True
    )
    moment: Mapped[datetime]
    cycle_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    account_id: Mapped[uuid.UUID | None]
    action: Mapped[str] = mapped_column(String(80), index=True)
    subject_id: Mapped[uuid.UUID | None]
    facts: Mapped[dict[str, Any]]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


def refusal_statements(dialect: str) -> list[str]:
    """Return the statements that make the audit table append-only on ``dialect``."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER audit_event_no_{verb} BEFORE {verb.upper()} ON audit_event "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
            for verb in ("update", "delete")
        ]
    return [
        "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger AS "
        "'BEGIN RAISE EXCEPTION ''the audit log is append-only''; END' LANGUAGE plpgsql",
        "CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event "
        "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()",
    ]


for _dialect in ("sqlite", "postgresql"):
    for _statement in refusal_statements(_dialect):
        event.listen(
            AuditEvent.__table__,
            "after_create",
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]  # no types there
        )


class EventType:
    """One kind of event, ``subject.action``, and the only keys its facts may have."""

    declared: ClassVar[dict[str, "EventType"]] = {}

    def __init__(self, action: str, *keys: str) -> None:
        if action in self.declared:
            raise ValueError(f"the event {action} is declared twice")
        self.action = action
        self.keys = frozenset(keys)
        self.declared[action] = self

    def record(
        self,
        *,
        actor: Actor,
        moment: datetime,
        cycle_id: uuid.UUID | None = None,
        subject_id: uuid.UUID | None = None,
        **facts: Any,
    ) -> AuditEvent:
        """Append the event to the chain within the current transaction.

        Raises ``ValueError`` when a fact's key was not declared for this kind of event.
        """
        if not self.keys.issuperset(facts):
            raise ValueError(f"{self.action} has no facts called {sorted(set(facts) - self.keys)}")
        entry = AuditEvent(
            moment=moment,
            cycle_id=cycle_id,
            account_id=actor.account_id,
            action=self.action,
            subject_id=subject_id,
            facts=facts,
        )
        entry.previous_hash = _last_hash()
        entry.hash = _hash(entry)
        db.session.add(entry)
        db.session.flush()
        return entry


def _last_hash() -> str:
    session = db.session
    if session.connection().dialect.name == "postgresql":
        # SQLite has one writer at a time already; here two could read the same last link.
        session.execute(select(func.pg_advisory_xact_lock(CHAIN_LOCK)))
    last = session.scalar(select(AuditEvent.hash).order_by(AuditEvent.id.desc()).limit(1))
    return last or "0" * 64


def _hash(entry: AuditEvent) -> str:
    fields = [
        entry.previous_hash,
        entry.moment.isoformat(timespec="seconds"),
        str(entry.cycle_id),
        str(entry.account_id),
        entry.action,
        str(entry.subject_id),
        json.dumps(entry.facts, sort_keys=True, ensure_ascii=False),
    ]
    return hashlib.sha256("\n".join(fields).encode()).hexdigest()


def broken_links() -> Iterator[int]:
    """Yield the id of every row whose hash or link does not hold, oldest first."""
    previous = "0" * 64
    rows = db.session.scalars(
        select(AuditEvent).order_by(AuditEvent.id).execution_options(yield_per=500)
    )
    for row in rows:
        if row.previous_hash != previous or row.hash != _hash(row):
            yield row.id
        previous = row.hash


def events_of(cycle_id: uuid.UUID, limit: int = 200) -> list[AuditEvent]:
    """Return the newest events of a cycle, newest first."""
    return list(
        db.session.scalars(
            select(AuditEvent)
            .where(AuditEvent.cycle_id == cycle_id)
            .order_by(AuditEvent.id.desc())
            .limit(limit)
        )
    )
