"""What the commands on statements ask first: is the cycle open to it, is the wording new, is the
version the one the person saw. Each raises a refusal; none changes anything but a lock.
"""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from cycles.core.errors import Closed, Conflict, Invalid
from cycles.core.extensions import db
from cycles.setup.holding import hold_cycle
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
    why = closed_because(hold_cycle(cycle_id, alone=True))
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


class Register:
    """The wordings and codes of a cycle, read once; call it only after ``check_open``.

    Rejected statements hold no wording: somebody may have withdrawn theirs by mistake.
    """

    def __init__(self, cycle_id: uuid.UUID) -> None:
        rows = db.session.execute(
            select(CapabilityStatement.code, CapabilityStatement.text, CapabilityStatement.status)
            .where(CapabilityStatement.cycle_id == cycle_id)
            .order_by(CapabilityStatement.created_at, CapabilityStatement.code)
        ).all()
        self._last = max((int(row.code.removeprefix("C-")) for row in rows), default=0)
        self._codes: dict[str, list[str]] = {}
        for row in rows:
            if row.status != StatementStatus.REJECTED:
                self._codes.setdefault(key(row.text), []).append(row.code)

    def check_new(self, text: str, *, but: str = "") -> None:
        """Raise ``Invalid`` naming the statement, other than ``but``, that says the same."""
        others = [code for code in self._codes.get(key(text), ()) if code != but]
        if others:
            sentence = f"{others[0]} says the same already."
            raise Invalid(sentence, text=sentence)

    def take(self, text: str) -> str:
        """Return the next code and enter the wording under it; refuse a wording that is there."""
        self.check_new(text)
        self._last += 1
        code = f"C-{self._last:03d}"
        self._codes[key(text)] = [code]
        return code


def check_rewording(statement: CapabilityStatement, text: str) -> None:
    """Raise ``Invalid`` when another statement of the cycle says the same as ``text``."""
    Register(statement.cycle_id).check_new(text, but=statement.code)


def check_own_partners(cycle_id: uuid.UUID, partners: Sequence[Partner]) -> None:
    """Raise ``Invalid`` for a partner of another cycle."""
    if any(partner.cycle_id != cycle_id for partner in partners):
        raise Invalid("Choose partners of this cycle.", partners="Choose partners of this cycle.")
