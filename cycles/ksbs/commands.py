"""What educators say of KSBs: accept, reject, unsure, and back again. One or many at once.

Wordings are changed in ``rewording``, differences settled in ``settling``.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.ksbs.checks import locked, require_not_there, require_seen
from cycles.ksbs.deriving import as_facts, codes_of, derive, newest, record
from cycles.ksbs.models import CapabilityKsb, KsbAnswer, KsbReview, KsbSetAside, KsbWording
from cycles.ksbs.standing import latest_wording, reviews_of, set_aside_of

REVIEWED = EventType("ksbs.reviewed", "answer", "count", "capability")
TAKEN_BACK = EventType("ksbs.review_taken_back", "count", "capability")
MOST_REPLACED = 20


def review(
    *,
    ksbs: Sequence[CapabilityKsb],
    answer: KsbAnswer,
    participant_id: uuid.UUID,
    actor: Actor,
    moment: datetime,
    seen: Mapping[uuid.UUID, str] | None = None,
) -> int:
    """Say what one person thinks of these KSBs; return how many of them got another answer.

    Another answer of the same person is replaced, and kept to be brought back by ``take_back``.
    Raises ``Conflict`` where one was reworded since it was ``seen``.
    """
    ksbs = locked(ksbs)
    require_seen(ksbs, seen)
    own = own_reviews(ksbs, participant_id)
    changed = [one for one in ksbs if one.id not in own or own[one.id].answer != answer]
    for one in changed:
        _answer(one, own.get(one.id), answer, participant_id, moment)
    derive(changed, moment)
    if changed:
        facts = {"answer": answer.value, "count": len(changed)}
        record(REVIEWED, changed, actor, moment, **facts)
    return len(changed)


def take_back(
    *, ksbs: Sequence[CapabilityKsb], participant_id: uuid.UUID, actor: Actor, moment: datetime
) -> int:
    """Take one's own reviews back; return how many. Undoing brings back what stood before.

    A review that it replaced stands again. One's own rewording gives way to the wording before,
    with what had been said of that; one's own KSB goes away; both only while nobody else has
    reviewed it since and no convener has decided it.
    """
    ksbs = locked(ksbs)
    own = own_reviews(ksbs, participant_id)
    mine = [one for one in ksbs if one.id in own]
    if not mine:
        return 0
    codes, cycle_id = codes_of(mine), mine[0].cycle_id
    said = reviews_of([one.id for one in mine])
    left = [one for one in mine if _undo(one, own[one.id], is_alone=len(said[one.id]) == 1)]
    derive(left, moment)
    TAKEN_BACK.record(
        actor=actor, moment=moment, cycle_id=cycle_id, count=len(mine), capability=codes
    )
    return len(mine)


def undo_last(
    *, cycle_id: uuid.UUID, participant_id: uuid.UUID, actor: Actor, moment: datetime
) -> tuple[uuid.UUID, uuid.UUID]:
    """Take back what one said last, all of it where it was said at once.

    Return the ids of the capability and of the first KSB, which may be gone. Raises ``Invalid``
    where there is nothing to take back.
    """
    latest = last_of(cycle_id, participant_id)
    if not latest:
        raise Invalid("There is nothing to undo: you have not reviewed a KSB.")
    ids = latest[0].statement_id, latest[0].id
    take_back(ksbs=latest, participant_id=participant_id, actor=actor, moment=moment)
    return ids


def last_of(cycle_id: uuid.UUID, participant_id: uuid.UUID) -> list[CapabilityKsb]:
    """Return the KSBs on which this person's latest decision was, several if decided at once."""
    mine = (KsbReview.cycle_id == cycle_id, KsbReview.participant_id == participant_id)
    latest = select(KsbReview.reviewed_at).where(*mine).order_by(KsbReview.reviewed_at.desc())
    at = db.session.scalar(latest.limit(1))
    return list(
        db.session.scalars(
            select(CapabilityKsb)
            .join(KsbReview, KsbReview.ksb_id == CapabilityKsb.id)
            .where(*mine, KsbReview.reviewed_at == at)
            .order_by(CapabilityKsb.statement_id, CapabilityKsb.kind, CapabilityKsb.id)
        )
    )


def own_reviews(
    ksbs: Sequence[CapabilityKsb], participant_id: uuid.UUID
) -> dict[uuid.UUID, KsbReview]:
    """Return what this person said of these KSBs, by KSB."""
    said = reviews_of([one.id for one in ksbs])
    return {
        ksb_id: each
        for ksb_id, reviews in said.items()
        for each in reviews
        if each.participant_id == participant_id
    }


def _answer(
    ksb: CapabilityKsb,
    earlier: KsbReview | None,
    answer: KsbAnswer,
    participant_id: uuid.UUID,
    moment: datetime,
) -> None:
    if earlier is not None:
        earlier.replaced = newest(as_facts(earlier), MOST_REPLACED)
        earlier.answer, earlier.reviewed_at = answer, moment
        return
    db.session.add(
        KsbReview(
            cycle_id=ksb.cycle_id,
            ksb_id=ksb.id,
            participant_id=participant_id,
            answer=answer,
            reviewed_at=moment,
        )
    )


def _undo(ksb: CapabilityKsb, own: KsbReview, *, is_alone: bool) -> bool:
    """Undo one review; return whether the KSB is still there."""
    before = own.replaced
    if before is not None:
        own.answer = KsbAnswer(before["answer"])
        own.reviewed_at = datetime.fromisoformat(before["reviewed_at"])
        own.replaced = before["replaced"]
        return True
    db.session.delete(own)
    if not is_alone or ksb.decision_reason:
        return True
    wording = latest_wording(ksb)
    is_mine = wording is not None and wording.replaced_by_id == own.participant_id
    if wording is not None and is_mine:
        _bring_back(ksb, wording)
        return True
    if not ksb.suggested_text and wording is None:
        db.session.delete(ksb)
        return False
    return True


def _bring_back(ksb: CapabilityKsb, wording: KsbWording) -> None:
    """Give the KSB its wording before the last again, with what had been said of it.

    Raises ``Invalid`` where another KSB of the capability has been given that wording meanwhile.
    """
    require_not_there(ksb.cycle_id, ksb.statement_id, wording.text, but=ksb.id)
    db.session.flush()
    ksb.kind, ksb.text, ksb.suggested_text = wording.kind, wording.text, wording.suggested_text
    ksb.source, ksb.score, ksb.folded = wording.source, wording.score, wording.folded
    for one in set_aside_of(wording):
        _restore(ksb, one)
        db.session.delete(one)
    db.session.delete(wording)


def _restore(ksb: CapabilityKsb, one: KsbSetAside) -> None:
    db.session.add(
        KsbReview(
            cycle_id=ksb.cycle_id,
            ksb_id=ksb.id,
            participant_id=one.participant_id,
            answer=one.answer,
            reviewed_at=one.reviewed_at,
        )
    )
