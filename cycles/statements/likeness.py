"""Near duplicates against the library: the job that compares, and the pairs that it found.

What is done about a pair lives in ``adopting``. Pairs within a cycle live in ``comparing``.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import joinedload, selectinload

from consensus.neighbours import Neighbours
from cycles.core import clock
from cycles.core.audit import Actor
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun, ask_for, handles, under_way
from cycles.core.jobs.models import Job, JobState
from cycles.library.models import LibraryKind, LibraryStatement
from cycles.semantics.nearest import Method
from cycles.semantics.vectors import text_hash
from cycles.statements import rules
from cycles.statements.models import CapabilityStatement, LibraryLikeness
from cycles.statements.prepared import Compared, compare
from cycles.statements.queries import IN_ORDER, live_statements
from cycles.statements.rules import LIVE
from cycles.statements.wording import key

KIND = "statements.compare_library"
FLOORS = {Method.MEANING: 0.65, Method.WORDS: 0.65}
MOST_EACH = 3
MOST_PAIRS = 60


@dataclass(frozen=True)
class LibraryPair:
    """A statement and a library record that look alike, and how that was judged."""

    statement: CapabilityStatement
    record: LibraryStatement
    score: float
    method: Method
    is_ignored: bool


def ask_to_compare_library(*, cycle_id: uuid.UUID, actor: Actor, moment: datetime) -> Job:
    """Queue the comparison with the library, or return the job that is under way already."""
    rules.check_open(cycle_id)
    found = under_way(kind=KIND, cycle_id=cycle_id)
    return found or ask_for(kind=KIND, actor=actor, moment=moment, cycle_id=cycle_id)


@handles(KIND)
def compare_library(run: JobRun) -> dict[str, Any]:
    """Find the library records nearest to each live statement of the cycle."""
    if run.cycle_id is None:
        raise Invalid("A comparison needs its cycle.")
    wanted = [(each.id, each.text) for each in live_statements(run.cycle_id)]
    records = _records()
    db.session.commit()
    texts = [text for _, text in wanted]
    found = compare(run, texts, list(records), most=MOST_EACH, floors=FLOORS)
    rows = _rows(wanted, list(records.values()), found)
    kept = _replace(run.cycle_id, rows)
    return {
        "statements": len(wanted),
        "library": len(records),
        "pairs": kept,
        "method": found.method.value,
    }


def library_pairs(
    cycle_id: uuid.UUID, *, from_percent: int = 0, are_ignored: bool = False
) -> list[LibraryPair]:
    """Return the pairs that still hold, most alike first; ``are_ignored`` those set aside.

    What was found for another wording, or already says what its record says, is left out.
    """
    rows = db.session.execute(
        select(LibraryLikeness, CapabilityStatement, LibraryStatement)
        .join(CapabilityStatement, CapabilityStatement.id == LibraryLikeness.statement_id)
        .join(LibraryStatement, LibraryStatement.id == LibraryLikeness.record_id)
        .where(
            CapabilityStatement.cycle_id == cycle_id,
            CapabilityStatement.status.in_(LIVE),
            LibraryStatement.retired_at.is_(None),
            LibraryLikeness.ignored_at.is_not(None)
            if are_ignored
            else LibraryLikeness.ignored_at.is_(None),
        )
        .options(
            selectinload(CapabilityStatement.area),
            selectinload(CapabilityStatement.partners),
            joinedload(LibraryStatement.source),
            joinedload(LibraryStatement.area),
        )
        .order_by(LibraryLikeness.score.desc(), *IN_ORDER, LibraryLikeness.record_id)
    )
    return [
        LibraryPair(statement, record, row.score, Method(row.method), are_ignored)
        for row, statement, record in rows
        if round(100 * row.score) >= from_percent and _holds(row, statement, record)
    ]


def last_compared(cycle_id: uuid.UUID) -> Job | None:
    """Return the newest comparison of this cycle with the library that came to its end."""
    return db.session.scalar(
        select(Job)
        .where(Job.kind == KIND, Job.cycle_id == cycle_id, Job.state == JobState.DONE)
        .order_by(Job.asked_at.desc(), Job.id)
        .limit(1)
    )


def _holds(row: LibraryLikeness, statement: CapabilityStatement, record: LibraryStatement) -> bool:
    if row.text_hash != text_hash(statement.text):
        return False
    return statement.library_statement_id != record.id or key(statement.text) != key(record.text)


def _records() -> dict[str, uuid.UUID]:
    """Return the library's live capability records by text: of equal ones, the first."""
    rows = db.session.execute(
        select(LibraryStatement.text, LibraryStatement.id)
        .where(
            LibraryStatement.kind == LibraryKind.CAPABILITY, LibraryStatement.retired_at.is_(None)
        )
        .order_by(LibraryStatement.source_id, LibraryStatement.position, LibraryStatement.id)
    )
    found: dict[str, uuid.UUID] = {}
    for text, identifier in rows:
        found.setdefault(text, identifier)
    return found


def _rows(
    wanted: Sequence[tuple[uuid.UUID, str]], records: Sequence[uuid.UUID], compared: Compared
) -> list[dict[str, Any]]:
    found: Neighbours = compared.found
    now = clock.now()
    return [
        {
            "statement_id": wanted[row][0],
            "record_id": records[other],
            "score": float(score),
            "method": compared.method.value,
            "text_hash": text_hash(wanted[row][1]),
            "compared_at": now,
        }
        for row, other, score in zip(found.row, found.other, found.score, strict=True)
    ]


def _replace(cycle_id: uuid.UUID, rows: Sequence[dict[str, Any]]) -> int:
    """Put the pairs in place of those found before; what was ignored stays ignored."""
    own = select(CapabilityStatement.id).where(CapabilityStatement.cycle_id == cycle_id)
    mine = LibraryLikeness.statement_id.in_(own)
    db.session.execute(delete(LibraryLikeness).where(mine, LibraryLikeness.ignored_at.is_(None)))
    ignored = {
        (row.statement_id, row.record_id)
        for row in db.session.execute(
            select(LibraryLikeness.statement_id, LibraryLikeness.record_id).where(mine)
        )
    }
    there = set(db.session.scalars(own))
    kept = [
        row
        for row in rows
        if row["statement_id"] in there and (row["statement_id"], row["record_id"]) not in ignored
    ]
    if kept:
        db.session.execute(insert(LibraryLikeness), kept)
    return len(kept)
