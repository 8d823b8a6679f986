"""What the commands on statements ask first: is the cycle open to it, is the wording new, is the
version the one the person saw. Each raises a refusal; none changes anything but a lock.
"""

import uuid
from collections.abc import Sequence

from sqlalchemy import Integer, cast, func, select

from cycles.core.errors import Closed, Conflict, Invalid
from cycles.core.extensions import db
from cycles.setup.models import Cycle, Partner
from cycles.stages.words import Stage
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.wording import key

OPEN_STAGES = (Stage.PREPARING, Stage.CARRYING_OUT)
LIVE = (StatementStatus.SUBMITTED, StatementStatus.KEPT)


def closed_because(cycle: Cycle) -> str:
    """Return why the cycle takes no change of its statements, or an empty text when it does."""
    if cycle.sealed_at or cycle.archived_at:
        return "The cycle is closed; its statements can be read but not changed."
    if cycle.stage not in OPEN_STAGES:
        return (
            "Statements are captured while a cycle is preparing or carrying out. "
            f"This cycle is {cycle.stage.value} now."
        )
    return ""


def check_open(cycle_id: uuid.UUID) -> None:
    """Hold the cycle's row until the transaction ends; raise ``Closed`` when it takes no change.

    The lock also makes the next code and the search for duplicates safe: SQLite has one writer
    already, PostgreSQL lets others wait here.
    """
    cycle = db.session.scalars(select(Cycle).where(Cycle.id == cycle_id).with_for_update()).one()
    why = closed_because(cycle)
    if why:
        raise Closed(why)


def check_version(statement: CapabilityStatement, version: int | None) -> None:
    """Raise ``Conflict`` when somebody changed the statement after the person opened it."""
    if version is not None and version != statement.version:
        raise Conflict(
            f"Somebody else changed {statement.code} while you had it open. "
            f"It now says: “{statement.text}”. Your change was not saved; make it again if it "
            "is still wanted."
        )


def check_live(statement: CapabilityStatement) -> None:
    """Raise ``Conflict`` for a statement that was rejected or merged away."""
    if statement.status not in LIVE:
        raise Conflict(
            f"{statement.code} is {statement.status.value} by now. Restore it before you change it."
        )


def check_new(cycle_id: uuid.UUID, text: str, *, but: CapabilityStatement | None = None) -> None:
    """Raise ``Invalid`` naming the statement of the cycle that says the same already.

    Rejected statements do not count: somebody may have withdrawn theirs by mistake.
    """
    wanted = key(text)
    rows = db.session.execute(
        select(CapabilityStatement.id, CapabilityStatement.code, CapabilityStatement.text)
        .where(
            CapabilityStatement.cycle_id == cycle_id,
            CapabilityStatement.status != StatementStatus.REJECTED,
        )
        .order_by(CapabilityStatement.created_at, CapabilityStatement.code)
    )
    for row in rows:
        if key(row.text) == wanted and (but is None or row.id != but.id):
            sentence = f"{row.code} says the same already."
            raise Invalid(sentence, text=sentence)


def next_code(cycle_id: uuid.UUID) -> str:
    """Return the next code of the cycle; call it only after ``check_open`` in this transaction."""
    last = db.session.scalar(
        select(func.max(cast(func.substr(CapabilityStatement.code, 3), Integer))).where(
            CapabilityStatement.cycle_id == cycle_id
        )
    )
    return f"C-{(last or 0) + 1:03d}"


def check_own_partners(cycle_id: uuid.UUID, partners: Sequence[Partner]) -> None:
    """Raise ``Invalid`` for a partner of another cycle."""
    if any(partner.cycle_id != cycle_id for partner in partners):
        raise Invalid("Choose partners of this cycle.", partners="Choose partners of this cycle.")
