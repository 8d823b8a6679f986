"""Adding statements: the one place that writes a new row, and the additions of several at once.

From the library or from a table that somebody uploaded. Reading that table lives in
``importing``.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cycles.classification.models import Area
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.library.models import LibraryStatement
from cycles.setup.models import Cycle, Partner
from cycles.statements import rules
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.trail import Happening, leave_trail
from cycles.statements.wording import tidy

SEEDED = EventType("statements.seeded", "codes")
IMPORTED = EventType("statements.imported", "codes")


@dataclass(frozen=True)
class Draft:
    """A statement as an uploaded table gives it, its area and partners already found."""

    text: str
    area: Area | None
    partners: tuple[Partner, ...]
    status: StatementStatus = StatementStatus.SUBMITTED


def write_statement(
    *,
    cycle_id: uuid.UUID,
    register: rules.Register,
    draft: Draft,
    actor: Actor,
    moment: datetime,
    participant_id: uuid.UUID | None = None,
    library_statement: LibraryStatement | None = None,
    reason: str = "",
) -> CapabilityStatement:
    """Write one statement and its first revision; the caller has checked that the cycle is open.

    Records no event: the command that calls it does, once for all it adds.
    """
    tidied = tidy(draft.text)
    rules.check_own_partners(cycle_id, draft.partners)
    statement = CapabilityStatement(
        cycle_id=cycle_id,
        code=register.take(tidied),
        text=tidied,
        area=draft.area,
        partners=list(draft.partners),
        status=draft.status,
        submitted_by_id=participant_id,
        library_statement_id=library_statement.id if library_statement else None,
        created_at=moment,
    )
    db.session.add(statement)
    db.session.flush()
    leave_trail(statement, Happening.SUBMITTED, actor=actor, moment=moment, reason=reason)
    if draft.status == StatementStatus.KEPT:
        leave_trail(statement, Happening.KEPT, actor=actor, moment=moment)
    return statement


def seed_from_library(
    *,
    cycle: Cycle,
    library_statements: Sequence[LibraryStatement],
    actor: Actor,
    moment: datetime,
) -> tuple[list[CapabilityStatement], list[LibraryStatement]]:
    """Submit several library statements; return those added and those refused as duplicates."""
    rules.check_open(cycle.id)
    register = rules.Register(cycle.id)
    added: list[CapabilityStatement] = []
    left: list[LibraryStatement] = []
    for source in library_statements:
        draft = Draft(source.text, source.area, ())
        try:
            added.append(
                write_statement(
                    cycle_id=cycle.id,
                    register=register,
                    draft=draft,
                    actor=actor,
                    moment=moment,
                    library_statement=source,
                )
            )
        except Invalid:
            left.append(source)
    if not added:
        raise Invalid("Choose at least one library statement that the cycle does not have yet.")
    codes = [statement.code for statement in added]
    SEEDED.record(actor=actor, moment=moment, cycle_id=cycle.id, codes=codes)
    return added, left


def import_statements(
    *, cycle: Cycle, drafts: Sequence[Draft], actor: Actor, moment: datetime
) -> list[CapabilityStatement]:
    """Add all drafts, in order; any refusal stops the whole import."""
    rules.check_open(cycle.id)
    register = rules.Register(cycle.id)
    added = [
        write_statement(
            cycle_id=cycle.id, register=register, draft=draft, actor=actor, moment=moment
        )
        for draft in drafts
    ]
    codes = [statement.code for statement in added]
    IMPORTED.record(actor=actor, moment=moment, cycle_id=cycle.id, codes=codes)
    return added
