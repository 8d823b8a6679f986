"""What is done about a statement that a library record says already: take its wording, or not.

The author's wording stays in the trail, and can be given back. Comparing lives in ``likeness``.
"""

from datetime import datetime

from sqlalchemy import select

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Conflict, Missing
from cycles.core.extensions import db
from cycles.library.models import LibraryStatement
from cycles.statements import rules
from cycles.statements.models import CapabilityStatement, LibraryLikeness, StatementRevision
from cycles.statements.trail import Happening, leave_trail
from cycles.statements.wording import tidy

ADOPTED = EventType("statement.adopted", "code", "source", "reference")
GIVEN_BACK = EventType("statement.given_back", "code")
IGNORED = EventType("statement.likeness_ignored", "code", "source", "reference")
NOTICED = EventType("statement.likeness_noticed", "code", "source", "reference")


def adopt_wording(
    *,
    statement: CapabilityStatement,
    record: LibraryStatement,
    version: int | None = None,
    actor: Actor,
    moment: datetime,
) -> None:
    """Give the statement the record's wording and, lacking one, its area; link the two."""
    rules.check_open(statement.cycle_id)
    rules.check_live(statement)
    rules.check_version(statement, version)
    wording = tidy(record.text)
    rules.check_rewording(statement, wording)
    statement.text, statement.library_statement_id = wording, record.id
    statement.area = statement.area or record.area
    told = f"the wording of {record.source.name}, {record.reference}"
    leave_trail(statement, Happening.ADOPTED, actor=actor, moment=moment, reason=told)
    _record(ADOPTED, statement, record, actor, moment)


def give_wording_back(*, statement: CapabilityStatement, actor: Actor, moment: datetime) -> None:
    """Undo an adoption: the wording before it, and no link. An area that came with it stays."""
    rules.check_open(statement.cycle_id)
    rules.check_live(statement)
    before = wording_before(statement)
    if before is None:
        raise Conflict(f"{statement.code} was changed since, or took no wording of the library.")
    rules.check_rewording(statement, before)
    statement.text, statement.library_statement_id = before, None
    told = "the author's wording again"
    leave_trail(statement, Happening.GIVEN_BACK, actor=actor, moment=moment, reason=told)
    GIVEN_BACK.record(
        actor=actor,
        moment=moment,
        cycle_id=statement.cycle_id,
        subject_id=statement.id,
        code=statement.code,
    )


def wording_before(statement: CapabilityStatement) -> str | None:
    """Return the wording before the adoption, or None unless that is the last rewording."""
    trail = db.session.execute(
        select(StatementRevision.kind, StatementRevision.text)
        .where(StatementRevision.statement_id == statement.id)
        .order_by(StatementRevision.number.desc())
    ).all()
    worded = [place for place, row in enumerate(trail) if row.text != statement.text]
    last = worded[0] if worded else 0
    # The newest revision with another text came right before the adoption, or it was no adoption.
    if not last or trail[last - 1].kind != Happening.ADOPTED:
        return None
    return str(trail[last].text)


def ignore_likeness(
    *,
    statement: CapabilityStatement,
    record: LibraryStatement,
    actor: Actor,
    moment: datetime,
) -> None:
    """Say that the two are not the same; the pair is shown no more."""
    row = _likeness(statement, record)
    if row.ignored_at is None:
        row.ignored_at, row.ignored_by_id = moment, actor.account_id
        _record(IGNORED, statement, record, actor, moment)


def notice_likeness(
    *,
    statement: CapabilityStatement,
    record: LibraryStatement,
    actor: Actor,
    moment: datetime,
) -> None:
    """Take back that the pair was ignored."""
    row = _likeness(statement, record)
    if row.ignored_at is not None:
        row.ignored_at = row.ignored_by_id = None
        _record(NOTICED, statement, record, actor, moment)


def _likeness(statement: CapabilityStatement, record: LibraryStatement) -> LibraryLikeness:
    rules.check_open(statement.cycle_id)
    row = db.session.get(LibraryLikeness, (statement.id, record.id))
    if row is None:
        raise Missing("These two were not found to be alike.")
    return row


def _record(
    event: EventType,
    statement: CapabilityStatement,
    record: LibraryStatement,
    actor: Actor,
    moment: datetime,
) -> None:
    event.record(
        actor=actor,
        moment=moment,
        cycle_id=statement.cycle_id,
        subject_id=statement.id,
        code=statement.code,
        source=record.source.name,
        reference=record.reference,
    )
