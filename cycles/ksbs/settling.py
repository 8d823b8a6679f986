"""What a convener decides where educators differ on a KSB, with the reason, and setting it back."""

import uuid
from datetime import datetime

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.ksbs.agreement import SETTLED, is_differing
from cycles.ksbs.checks import locked, require_seen
from cycles.ksbs.deriving import derive, record
from cycles.ksbs.models import CapabilityKsb, KsbAnswer
from cycles.ksbs.standing import reviews_of
from cycles.setup.checks import fault_in, refuse_faults

DECIDED = EventType("ksb.decided_by_convener", "capability", "decision")
SET_BACK = EventType("ksb.decision_set_back", "capability")
LONGEST_REASON = 500


def settle(
    *,
    ksb: CapabilityKsb,
    answer: KsbAnswer,
    reason: str,
    participant_id: uuid.UUID,
    actor: Actor,
    moment: datetime,
    seen: str | None = None,
) -> None:
    """Accept or reject a KSB on which educators differ; the decision stands until set back.

    Raises ``Invalid`` without a reason, ``Closed`` where the educators do not differ.
    """
    (ksb,) = locked([ksb])
    require_seen([ksb], None if seen is None else {ksb.id: seen})
    if answer not in SETTLED:
        raise Invalid("Accept it or reject it.")
    refuse_faults(reason=fault_in(reason, most=LONGEST_REASON, blank="Give the reason."))
    reviewers = len(reviews_of([ksb.id])[ksb.id])
    if not is_differing(ksb.status, reviewers):
        raise Closed("The educators do not differ on this KSB, so there is nothing to settle.")
    ksb.status, ksb.decision_reason = SETTLED[answer], reason.strip()
    ksb.decided_by_id, ksb.decided_at = participant_id, moment
    db.session.flush()
    record(DECIDED, [ksb], actor, moment, decision=answer.value)


def set_back(*, ksb: CapabilityKsb, actor: Actor, moment: datetime) -> None:
    """Take the convener's decision away: what the educators said decides again."""
    (ksb,) = locked([ksb])
    if not ksb.decision_reason:
        raise Closed("No convener has decided this KSB.")
    ksb.decision_reason, ksb.decided_by_id, ksb.decided_at = "", None, None
    derive([ksb], moment)
    record(SET_BACK, [ksb], actor, moment)
