"""A library record as a kept statement of the cycle: the one that says the same, or a new one."""

import uuid
from datetime import datetime

from sqlalchemy import select

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.library.models import LibraryStatement
from cycles.statements.adding import Draft, write_statement
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.queries import IN_ORDER, merged_into
from cycles.statements.rules import Register, check_open
from cycles.statements.trail import Happening, leave_trail
from cycles.statements.wording import key


def statement_of(
    record: LibraryStatement, *, cycle_id: uuid.UUID, actor: Actor, moment: datetime
) -> CapabilityStatement:
    """Return a kept statement with the record's text, made here where the cycle has none.

    One that waits to be kept is kept by this; one that was merged away stands for what it was
    merged into. A rejected one does not count. Records no event: the command that adds the
    capability does.
    """
    check_open(cycle_id)
    held = _saying(record.text, cycle_id)
    if held is None:
        return write_statement(
            cycle_id=cycle_id,
            register=Register(cycle_id),
            draft=Draft(record.text, record.area, (), StatementStatus.KEPT),
            actor=actor,
            moment=moment,
            library_statement=record,
        )
    if held.status == StatementStatus.SUBMITTED:
        held.status = StatementStatus.KEPT
        leave_trail(held, Happening.KEPT, actor=actor, moment=moment)
    return held


def _saying(text: str, cycle_id: uuid.UUID) -> CapabilityStatement | None:
    rows = db.session.scalars(
        select(CapabilityStatement)
        .where(
            CapabilityStatement.cycle_id == cycle_id,
            CapabilityStatement.status != StatementStatus.REJECTED,
        )
        .order_by(*IN_ORDER)
    )
    same = [one for one in rows if key(one.text) == key(text)]
    live = [one for one in same if one.status != StatementStatus.MERGED]
    if live:
        return live[0]
    ends = [chain[-1] for one in same if (chain := merged_into(one))]
    return next((one for one in ends if one.status != StatementStatus.REJECTED), None)
