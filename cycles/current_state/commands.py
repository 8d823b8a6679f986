"""What people record of the current state: a form, the rest of an area, an uploaded table, undo.

One event for each. Who recorded a cell stays with it; nobody's opinion is counted.
"""

import hashlib
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Conflict, Invalid
from cycles.core.extensions import db
from cycles.current_state.models import PresentCapability, Strength
from cycles.current_state.queries import is_asked
from cycles.current_state.rules import check_note, check_open
from cycles.setup.models import Cycle, Partner
from cycles.statements.models import CapabilityStatement
from cycles.statements.rules import LIVE

RECORDED = EventType("present.recorded", "partner", "changed", "marked")
UNMARKED = EventType("present.unmarked", "partner", "taken_back")
IMPORTED = EventType("present.imported", "changed")


@dataclass(frozen=True)
class Answer:
    """What somebody says of one capability at a partner; None takes back what was said.

    ``seen`` is what ``seen_of`` made of the cell when the form was shown; empty asks for no check.
    """

    statement: CapabilityStatement
    partner: Partner
    strength: Strength | None
    note: str = ""
    seen: str = ""


class Clashed(Conflict):
    """Somebody else recorded some of the same cells meanwhile; ``statement_ids`` are theirs."""

    def __init__(self, codes: Sequence[str], statement_ids: frozenset[uuid.UUID]) -> None:
        many = ", ".join(codes)
        super().__init__(
            f"Somebody else recorded {many} since you opened this page. Nothing of your form was "
            "saved. Both answers stand below: choose, then save again."
        )
        self.statement_ids = statement_ids


def seen_of(record: PresentCapability | None) -> str:
    """Return what a form carries of a cell: its version, and a mark of what it says."""
    if record is None:
        return f"0.{_mark(None, '')}"
    return f"{record.version}.{_mark(record.strength, record.note)}"


def record(
    *,
    cycle: Cycle,
    partner: Partner,
    answers: Sequence[Answer],
    participant_id: uuid.UUID,
    actor: Actor,
    moment: datetime,
    rest: Collection[CapabilityStatement] = (),
) -> int:
    """Record a form of one partner, all of it or nothing; return how many cells changed.

    ``rest`` are capabilities to mark as "none" where nothing is captured. Raises ``Clashed`` where
    somebody else recorded a cell after the form was shown and this form says otherwise.
    """
    check_open(cycle.id)
    hand = _Hand(cycle.id, participant_id, moment)
    changed = hand.write(answers)
    marks = [Answer(each, partner, Strength.NONE) for each in rest]
    marked = hand.write([each for each in marks if hand.held(each) is None])
    if changed or marked:
        RECORDED.record(
            actor=actor,
            moment=moment,
            cycle_id=cycle.id,
            partner=partner.name,
            changed=changed,
            marked=marked,
        )
    return changed + marked


def take_back_marks(
    *,
    cycle: Cycle,
    partner: Partner,
    statements: Collection[CapabilityStatement],
    marked_at: datetime,
    participant_id: uuid.UUID,
    actor: Actor,
    moment: datetime,
) -> int:
    """Undo what this person marked as "none" at ``marked_at`` and nobody changed since."""
    check_open(cycle.id)
    wanted = {each.id for each in statements}
    marks = marks_of(partner, participant_id, marked_at)
    gone = [each for each in marks if each.statement_id in wanted]
    for each in gone:
        db.session.delete(each)
    db.session.flush()
    if not gone:
        raise Conflict("There is nothing left to take back here.")
    UNMARKED.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        partner=partner.name,
        taken_back=len(gone),
    )
    return len(gone)


def marks_of(
    partner: Partner, participant_id: uuid.UUID, marked_at: datetime
) -> list[PresentCapability]:
    """Return the cells this person marked as "none" at that moment, as long as they stand so."""
    return list(
        db.session.scalars(
            select(PresentCapability)
            .where(
                PresentCapability.partner_id == partner.id,
                PresentCapability.captured_by_id == participant_id,
                PresentCapability.captured_at == marked_at,
                PresentCapability.strength == Strength.NONE,
                PresentCapability.note == "",
                PresentCapability.version == 1,
            )
            .order_by(PresentCapability.id)
        )
    )


def import_answers(
    *,
    cycle: Cycle,
    answers: Sequence[Answer],
    participant_id: uuid.UUID,
    actor: Actor,
    moment: datetime,
) -> int:
    """Record the rows of an uploaded table over what is there; return how many cells changed."""
    check_open(cycle.id)
    changed = _Hand(cycle.id, participant_id, moment).write(answers)
    if changed:
        IMPORTED.record(actor=actor, moment=moment, cycle_id=cycle.id, changed=changed)
    return changed


class _Hand:
    """Somebody's hand at the cycle's cells: reads what is held, and writes answers over it."""

    def __init__(self, cycle_id: uuid.UUID, participant_id: uuid.UUID, moment: datetime) -> None:
        self.cycle_id, self.participant_id, self.moment = cycle_id, participant_id, moment
        rows = db.session.scalars(
            select(PresentCapability)
            .where(PresentCapability.cycle_id == cycle_id)
            .order_by(PresentCapability.id)
            .execution_options(populate_existing=True)
        )
        self.rows = {(row.statement_id, row.partner_id): row for row in rows}

    def held(self, answer: Answer) -> PresentCapability | None:
        """Return what is recorded of the answer's cell."""
        return self.rows.get((answer.statement.id, answer.partner.id))

    def write(self, answers: Sequence[Answer]) -> int:
        """Write every answer that says something new; raise ``Clashed`` before writing any."""
        for answer in answers:
            _check(self.cycle_id, answer)
        fresh = [each for each in answers if self._is_new(each)]
        clashes = [each for each in fresh if self._clashes(each)]
        if clashes:
            codes = [each.statement.code for each in clashes]
            raise Clashed(codes, frozenset(each.statement.id for each in clashes))
        for answer in fresh:
            self._put(answer)
        db.session.flush()
        return len(fresh)

    def _is_new(self, answer: Answer) -> bool:
        row = self.held(answer)
        says = _mark(answer.strength, answer.note)
        if says == _mark(row.strength if row else None, row.note if row else ""):
            return False
        # What the reader left as it was shown is no answer to what somebody else said since.
        return not (self._is_stale(answer) and answer.seen.endswith(f".{says}"))

    def _is_stale(self, answer: Answer) -> bool:
        return bool(answer.seen) and answer.seen != seen_of(self.held(answer))

    def _clashes(self, answer: Answer) -> bool:
        row = self.held(answer)
        # One person's quick second answer may be on its way before the first came back.
        is_theirs = row is not None and row.captured_by_id != self.participant_id
        return is_theirs and self._is_stale(answer)

    def _put(self, answer: Answer) -> None:
        row = self.held(answer)
        if answer.strength is None:
            if row is not None:
                db.session.delete(self.rows.pop((answer.statement.id, answer.partner.id)))
            return
        if row is None:
            row = PresentCapability(
                cycle_id=self.cycle_id,
                statement_id=answer.statement.id,
                partner_id=answer.partner.id,
            )
            db.session.add(row)
            self.rows[answer.statement.id, answer.partner.id] = row
        row.strength, row.note = answer.strength, answer.note
        row.captured_by_id, row.captured_at = self.participant_id, self.moment


def _check(cycle_id: uuid.UUID, answer: Answer) -> None:
    statement, partner = answer.statement, answer.partner
    is_ours = statement.cycle_id == partner.cycle_id == cycle_id
    if not is_ours or statement.status not in LIVE or not is_asked(statement, partner):
        raise Invalid(f"{partner.name} is not asked about {statement.code}. Reload the page.")
    check_note(statement.code, answer.strength, answer.note)


def _mark(strength: Strength | None, note: str) -> str:
    said = f"{strength.value if strength else ''}\n{note}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]
