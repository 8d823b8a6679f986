"""What people say of single matches: give a verdict, take one's own verdict back."""

import uuid
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consensus.matching import matched
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Conflict, Missing
from cycles.core.extensions import db
from cycles.setup.checks import fault_in, refuse_faults
from cycles.setup.queries import open_cycle
from reports.mapping.models import MatchReview, MatchVerdict
from reports.mapping.queries import ground_of, latest_run
from reports.mapping.reading import score_of

JUDGED = EventType("match.judged", "duty", "score", "suggested", "verdict", "before")
WITHDRAWN = EventType("match.verdict_withdrawn", "duty", "score", "before", "restored")

LONGEST_REASON = 500
MOST_REPLACED = 20


def review_match(
    *,
    cycle_id: uuid.UUID,
    statement_id: uuid.UUID,
    duty_id: uuid.UUID,
    verdict: MatchVerdict,
    participant_id: uuid.UUID,
    actor: Actor,
    moment: datetime,
    reason: str = "",
) -> MatchReview:
    """Say what one reviewer thinks of a match of the newest run.

    Another verdict of the same person on it is replaced, and kept to be brought back by
    ``withdraw_review``; so are those before it, ``MOST_REPLACED`` in all. What the score alone
    suggests is kept beside the verdict.
    """
    threshold = open_cycle(cycle_id).threshold_percent
    refuse_faults(reason=fault_in(reason, most=LONGEST_REASON))
    score = _score_shown(cycle_id, statement_id, duty_id)
    earlier = _review_of(cycle_id, statement_id, duty_id, participant_id)
    before = earlier.verdict if earlier else None
    review = earlier or MatchReview(
        cycle_id=cycle_id, statement_id=statement_id, duty_id=duty_id, participant_id=participant_id
    )
    if earlier is not None and (earlier.verdict, earlier.reason) != (verdict, reason):
        review.replaced = _newest(_as_facts(earlier), MOST_REPLACED)
    review.verdict, review.reason, review.reviewed_at = verdict, reason, moment
    review.score, review.is_suggested = score, _is_suggested(score, threshold)
    _keep(review)
    JUDGED.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle_id,
        subject_id=statement_id,
        duty=str(duty_id),
        score=round(score, 6),
        suggested=review.is_suggested,
        verdict=verdict.value,
        before=before.value if before else None,
    )
    return review


def withdraw_review(
    *,
    cycle_id: uuid.UUID,
    statement_id: uuid.UUID,
    duty_id: uuid.UUID,
    participant_id: uuid.UUID,
    actor: Actor,
    moment: datetime,
) -> None:
    """Take one's own verdict back; the one that it replaced, if any, stands again."""
    open_cycle(cycle_id)
    review = _review_of(cycle_id, statement_id, duty_id, participant_id)
    if review is None:
        return
    facts = {"duty": str(duty_id), "score": round(review.score, 6), "before": review.verdict.value}
    if review.replaced is None:
        db.session.delete(review)
        facts["restored"] = None
    else:
        _bring_back(review, review.replaced)
        facts["restored"] = review.verdict.value
    db.session.flush()
    WITHDRAWN.record(
        actor=actor, moment=moment, cycle_id=cycle_id, subject_id=statement_id, **facts
    )


def _is_suggested(score: float, threshold_percent: int) -> bool:
    return bool(matched(np.array([[score]]), threshold_percent)[0, 0])


def _as_facts(review: MatchReview) -> dict[str, Any]:
    """Return what a review says, with what that replaced in its turn."""
    return {
        "verdict": review.verdict.value,
        "reason": review.reason,
        "score": review.score,
        "is_suggested": review.is_suggested,
        "reviewed_at": review.reviewed_at.isoformat(),
        "replaced": review.replaced,
    }


def _newest(facts: dict[str, Any] | None, most: int) -> dict[str, Any] | None:
    """Return what was said with only the ``most`` newest of it: each holds the one before."""
    if facts is None or not most:
        return None
    return {**facts, "replaced": _newest(facts["replaced"], most - 1)}


def _bring_back(review: MatchReview, facts: dict[str, Any]) -> None:
    review.verdict, review.reason = MatchVerdict(facts["verdict"]), facts["reason"]
    review.score, review.is_suggested = facts["score"], facts["is_suggested"]
    review.reviewed_at = datetime.fromisoformat(facts["reviewed_at"])
    review.replaced = facts["replaced"]


def _keep(review: MatchReview) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(review)
    except IntegrityError as error:
        raise Conflict("You judged this match at the same moment on another page.") from error


def _score_shown(cycle_id: uuid.UUID, statement_id: uuid.UUID, duty_id: uuid.UUID) -> float:
    """Return the newest run's score of the pair; a pair it did not compare is missing."""
    run = latest_run(cycle_id)
    if run is None:
        raise Missing("There is no run of map and gap yet, so there is no match to judge.")
    ground = ground_of(run)
    row = ground.inputs.row_of.get(statement_id)
    column = ground.inputs.column_of.get(duty_id)
    if row is None or column is None:
        raise Missing("The newest run did not compare this capability with this duty.")
    return score_of(ground, row, column)


def _review_of(
    cycle_id: uuid.UUID, statement_id: uuid.UUID, duty_id: uuid.UUID, participant_id: uuid.UUID
) -> MatchReview | None:
    return db.session.scalar(
        select(MatchReview).where(
            MatchReview.cycle_id == cycle_id,
            MatchReview.statement_id == statement_id,
            MatchReview.duty_id == duty_id,
            MatchReview.participant_id == participant_id,
        )
    )
