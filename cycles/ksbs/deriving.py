"""What follows from each review: the KSB's status, by the rule card. For the commands alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cycles.core.audit import Actor, EventType
from cycles.core.extensions import db
from cycles.ksbs.agreement import status_of
from cycles.ksbs.models import CapabilityKsb, KsbReview, KsbStatus
from cycles.ksbs.standing import reviews_of
from cycles.setup.queries import rule_card_of


def derive(ksbs: Sequence[CapabilityKsb], moment: datetime) -> None:
    """Set the status that the reviews come to.

    What the convener decided stands until it is set back. ``decided_at`` is when it was settled.
    """
    if not ksbs:
        return
    db.session.flush()
    threshold = rule_card_of(ksbs[0].cycle_id).threshold_percent
    said = reviews_of([one.id for one in ksbs])
    for one in ksbs:
        if one.decision_reason:
            continue
        status = status_of([each.answer for each in said[one.id]], threshold)
        if status == KsbStatus.SUGGESTED:
            one.decided_at = one.decided_by_id = None
        elif status != one.status or one.decided_at is None:
            one.decided_at, one.decided_by_id = moment, None
        one.status = status
    db.session.flush()


def codes_of(ksbs: Sequence[CapabilityKsb]) -> str:
    """Return the codes of the capabilities of these KSBs, each once."""
    return ", ".join(sorted({one.statement.code for one in ksbs}))


def record(
    event: EventType, ksbs: Sequence[CapabilityKsb], actor: Actor, moment: datetime, **facts: Any
) -> None:
    """Record one event for what was done to these KSBs: of the one, or of all of them."""
    event.record(
        actor=actor,
        moment=moment,
        cycle_id=ksbs[0].cycle_id,
        subject_id=ksbs[0].id if len(ksbs) == 1 else None,
        capability=codes_of(ksbs),
        **facts,
    )


def as_facts(review: KsbReview) -> dict[str, Any]:
    """Return what a review says, with what that replaced in its turn."""
    return {
        "answer": review.answer.value,
        "reviewed_at": review.reviewed_at.isoformat(),
        "replaced": review.replaced,
    }


def newest(facts: dict[str, Any] | None, most: int) -> dict[str, Any] | None:
    """Return what was said with only the ``most`` newest of it: each holds the one before."""
    if facts is None or not most:
        return None
    return {**facts, "replaced": newest(facts["replaced"], most - 1)}
