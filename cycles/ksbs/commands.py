"""What educators decide of KSBs: accept, edit, reject, add, and back again. One or many at once."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid, Missing
from cycles.core.extensions import db
from cycles.ksbs.checks import require_review_stage, tidy
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.ksbs.queries import ksbs_of
from cycles.semantics.vectors import normalise
from cycles.standards.models import KsbKind
from cycles.statements.models import CapabilityStatement, StatementStatus

DECIDED = EventType("ksbs.decided", "decision", "count", "capability")
EDITED = EventType("ksb.edited", "capability")
ADDED = EventType("ksb.added", "capability", "kind")
OWN_SOURCE = "Written by an educator"


def accept(
    *,
    ksbs: Sequence[CapabilityKsb],
    participant_id: uuid.UUID,
    actor: Actor,
    moment: datetime,
) -> int:
    """Accept as worded; return how many were not accepted before."""
    return _decide(ksbs, KsbStatus.ACCEPTED, participant_id, actor, moment)


def reject(
    *,
    ksbs: Sequence[CapabilityKsb],
    participant_id: uuid.UUID,
    actor: Actor,
    moment: datetime,
) -> int:
    """Reject; return how many were not rejected before. A rejected KSB is not suggested again."""
    return _decide(ksbs, KsbStatus.REJECTED, participant_id, actor, moment)


def set_back(*, ksbs: Sequence[CapabilityKsb], actor: Actor, moment: datetime) -> int:
    """Undo: back to suggested with the suggested wording; what a person wrote anew goes away."""
    decided = [one for one in ksbs if one.status != KsbStatus.SUGGESTED]
    _check_open(ksbs)
    for one in decided:
        if one.suggested_text:
            one.status, one.text = KsbStatus.SUGGESTED, one.suggested_text
            one.decided_by_id = one.decided_at = None
        else:
            db.session.delete(one)
    _record_decision(decided, "set back", actor, moment)
    return len(decided)


def edit(
    *,
    ksb: CapabilityKsb,
    kind: KsbKind,
    text: str,
    participant_id: uuid.UUID,
    actor: Actor,
    moment: datetime,
) -> bool:
    """Reword and accept; the suggested wording is kept. Return whether anything changed."""
    _check_open([ksb])
    wording = tidy(text)
    _check_not_there(ksb.cycle_id, ksb.statement_id, wording, but=ksb.id)
    if (ksb.text, ksb.kind, ksb.status) == (wording, kind, KsbStatus.ACCEPTED):
        return False
    ksb.text, ksb.kind, ksb.status = wording, kind, KsbStatus.ACCEPTED
    ksb.decided_by_id, ksb.decided_at = participant_id, moment
    db.session.flush()
    EDITED.record(
        actor=actor,
        moment=moment,
        cycle_id=ksb.cycle_id,
        subject_id=ksb.id,
        capability=ksb.statement.code,
    )
    return True


def add(
    *,
    statement: CapabilityStatement,
    kind: KsbKind,
    text: str,
    participant_id: uuid.UUID,
    actor: Actor,
    moment: datetime,
) -> CapabilityKsb:
    """Add one of one's own, accepted from the start."""
    wording = _check_new(statement, text)
    ksb = CapabilityKsb(
        cycle_id=statement.cycle_id,
        statement_id=statement.id,
        kind=kind,
        text=wording,
        status=KsbStatus.ACCEPTED,
        source=OWN_SOURCE,
        decided_by_id=participant_id,
        decided_at=moment,
        created_at=moment,
    )
    db.session.add(ksb)
    db.session.flush()
    ADDED.record(
        actor=actor,
        moment=moment,
        cycle_id=statement.cycle_id,
        subject_id=ksb.id,
        capability=statement.code,
        kind=kind.value,
    )
    return ksb


def _decide(
    ksbs: Sequence[CapabilityKsb],
    status: KsbStatus,
    participant_id: uuid.UUID,
    actor: Actor,
    moment: datetime,
) -> int:
    _check_open(ksbs)
    changed = [one for one in ksbs if one.status != status]
    for one in changed:
        one.status, one.decided_by_id, one.decided_at = status, participant_id, moment
    _record_decision(changed, status.value, actor, moment)
    return len(changed)


def _record_decision(
    changed: Sequence[CapabilityKsb], decision: str, actor: Actor, moment: datetime
) -> None:
    if not changed:
        return
    codes = sorted({one.statement.code for one in changed})
    cycle_id = changed[0].cycle_id
    db.session.flush()
    DECIDED.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle_id,
        decision=decision,
        count=len(changed),
        capability=", ".join(codes),
    )


def _check_open(ksbs: Sequence[CapabilityKsb]) -> None:
    for cycle_id in {one.cycle_id for one in ksbs}:
        require_review_stage(cycle_id)


def _check_new(statement: CapabilityStatement, text: str) -> str:
    """Return the tidied wording of a KSB that may be added, or refuse it."""
    require_review_stage(statement.cycle_id)
    if statement.status != StatementStatus.KEPT:
        raise Missing("That is not a kept capability of this cycle.")
    wording = tidy(text)
    _check_not_there(statement.cycle_id, statement.id, wording)
    return wording


def _check_not_there(
    cycle_id: uuid.UUID, statement_id: uuid.UUID, text: str, but: uuid.UUID | None = None
) -> None:
    key = normalise(text).casefold()
    for one in ksbs_of(cycle_id, statement_id):
        if one.id != but and normalise(one.text).casefold() == key:
            sentence = f"This capability has that one already ({one.status.value})."
            raise Invalid(sentence, text=sentence)
