"""Wordings of KSBs: reword one, add one's own, swap it for a near duplicate, unfold that.

Who rewords accepts. What others had said of the wording before is set aside, and kept.
"""

import uuid
from datetime import datetime
from typing import Any

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Missing
from cycles.core.extensions import db
from cycles.ksbs.checks import (
    folded_at,
    locked,
    require_folds_seen,
    require_not_there,
    require_review_stage,
    require_seen,
    tidy,
)
from cycles.ksbs.commands import review
from cycles.ksbs.deriving import derive, record
from cycles.ksbs.models import (
    CapabilityKsb,
    KsbAnswer,
    KsbReview,
    KsbSetAside,
    KsbStatus,
    KsbWording,
)
from cycles.ksbs.standing import reviews_of
from cycles.standards.models import KsbKind
from cycles.statements.models import CapabilityStatement, StatementStatus

EDITED = EventType("ksb.edited", "capability", "set_aside")
ADDED = EventType("ksb.added", "capability", "kind")
SWAPPED = EventType("ksb.wording_swapped", "capability", "set_aside")
UNFOLDED = EventType("ksb.unfolded", "capability")
OWN_SOURCE = "Written by an educator"


def edit(
    *,
    ksb: CapabilityKsb,
    kind: KsbKind,
    text: str,
    participant_id: uuid.UUID,
    actor: Actor,
    moment: datetime,
    seen: str | None = None,
) -> bool:
    """Reword and accept; the wording before is kept. Return whether anything changed.

    Raises ``Conflict`` where somebody reworded it since it was ``seen``.
    """
    (ksb,) = locked([ksb])
    require_seen([ksb], None if seen is None else {ksb.id: seen})
    wording = tidy(text)
    require_not_there(ksb.cycle_id, ksb.statement_id, wording, but=ksb.id)
    if (ksb.text, ksb.kind) == (wording, kind):
        by: dict[str, Any] = {"participant_id": participant_id, "actor": actor, "moment": moment}
        return review(ksbs=[ksb], answer=KsbAnswer.ACCEPT, **by) > 0
    count = _set_aside(ksb, participant_id, moment)
    ksb.text, ksb.kind = wording, kind
    _accept(ksb, participant_id, moment)
    record(EDITED, [ksb], actor, moment, set_aside=count)
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
    """Add one of one's own, which counts as accepting it."""
    wording = _check_new(statement, text)
    ksb = _made(statement, kind, wording, OWN_SOURCE, moment)
    _accept(ksb, participant_id, moment)
    record(ADDED, [ksb], actor, moment, kind=kind.value)
    return ksb


def swap(
    *,
    ksb: CapabilityKsb,
    number: int,
    participant_id: uuid.UUID,
    actor: Actor,
    moment: datetime,
    seen: str | None = None,
) -> None:
    """Take the wording of a near duplicate folded here, and accept; the two change places.

    ``number`` counts what is folded, from 1; ``seen`` is the mark of what stood folded there.
    """
    (ksb,) = locked([ksb])
    require_folds_seen(ksb, seen)
    place = folded_at(ksb, number)
    chosen = ksb.folded[place]
    require_not_there(ksb.cycle_id, ksb.statement_id, chosen["text"], but=ksb.id)
    count = _set_aside(ksb, participant_id, moment)
    given = {"kind": ksb.kind.value, "text": ksb.text, "source": ksb.source, "score": ksb.score}
    ksb.folded = [*ksb.folded[:place], given, *ksb.folded[place + 1 :]]
    ksb.kind, ksb.text = KsbKind(chosen["kind"]), chosen["text"]
    ksb.suggested_text, ksb.source, ksb.score = chosen["text"], chosen["source"], chosen["score"]
    _accept(ksb, participant_id, moment)
    record(SWAPPED, [ksb], actor, moment, set_aside=count)


def unfold(
    *, ksb: CapabilityKsb, number: int, actor: Actor, moment: datetime, seen: str | None = None
) -> CapabilityKsb:
    """Let a near duplicate stand by itself, to be reviewed; as ``swap`` names it."""
    (ksb,) = locked([ksb])
    require_folds_seen(ksb, seen)
    place = folded_at(ksb, number)
    chosen = ksb.folded[place]
    require_not_there(ksb.cycle_id, ksb.statement_id, chosen["text"])
    ksb.folded = [*ksb.folded[:place], *ksb.folded[place + 1 :]]
    kind = KsbKind(chosen["kind"])
    fresh = _made(ksb.statement, kind, chosen["text"], chosen["source"], moment)
    fresh.suggested_text, fresh.score = chosen["text"], chosen["score"]
    db.session.flush()
    record(UNFOLDED, [fresh], actor, moment)
    return fresh


def _made(
    statement: CapabilityStatement, kind: KsbKind, text: str, source: str, moment: datetime
) -> CapabilityKsb:
    ksb = CapabilityKsb(
        cycle_id=statement.cycle_id,
        statement_id=statement.id,
        kind=kind,
        text=text,
        status=KsbStatus.SUGGESTED,
        source=source,
        created_at=moment,
    )
    db.session.add(ksb)
    db.session.flush()
    return ksb


def _set_aside(ksb: CapabilityKsb, participant_id: uuid.UUID, moment: datetime) -> int:
    """Keep the wording with all that was said of it; return how many reviews that were."""
    if ksb.decision_reason:
        raise Closed("The convener has decided this KSB. It can be reworded once that is set back.")
    wording = KsbWording(
        cycle_id=ksb.cycle_id,
        ksb_id=ksb.id,
        replaced_at=moment,
        replaced_by_id=participant_id,
        **_worded(ksb),
    )
    db.session.add(wording)
    db.session.flush()
    said = reviews_of([ksb.id])[ksb.id]
    for one in said:
        _keep(wording, one)
        db.session.delete(one)
    # Before the editor's own review is added: a person has one a KSB.
    db.session.flush()
    return len(said)


def _worded(ksb: CapabilityKsb) -> dict[str, Any]:
    names = ("kind", "text", "suggested_text", "source", "score", "folded")
    return {name: getattr(ksb, name) for name in names}


def _keep(wording: KsbWording, one: KsbReview) -> None:
    db.session.add(
        KsbSetAside(
            cycle_id=wording.cycle_id,
            wording_id=wording.id,
            participant_id=one.participant_id,
            answer=one.answer,
            reviewed_at=one.reviewed_at,
        )
    )


def _accept(ksb: CapabilityKsb, participant_id: uuid.UUID, moment: datetime) -> None:
    db.session.add(
        KsbReview(
            cycle_id=ksb.cycle_id,
            ksb_id=ksb.id,
            participant_id=participant_id,
            answer=KsbAnswer.ACCEPT,
            reviewed_at=moment,
        )
    )
    derive([ksb], moment)


def _check_new(statement: CapabilityStatement, text: str) -> str:
    """Return the tidied wording of a KSB that may be added, or refuse it."""
    require_review_stage(statement.cycle_id)
    if statement.status != StatementStatus.KEPT:
        raise Missing("That is not a kept capability of this cycle.")
    wording = tidy(text)
    require_not_there(statement.cycle_id, statement.id, wording)
    return wording
