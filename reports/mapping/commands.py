"""What people do with map and gap: ask for a run, judge its matches, mark it as reviewed."""

import uuid
from datetime import datetime

import numpy as np
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consensus.matching import matched
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Conflict, Invalid, Missing
from cycles.core.extensions import db
from cycles.core.jobs.commands import ask_for
from cycles.core.jobs.models import Job
from cycles.setup.checks import fault_in, refuse_faults
from cycles.setup.models import Cycle
from cycles.setup.queries import open_cycle
from reports.mapping.inputs import blockers, changes_since
from reports.mapping.models import MappingRun, MatchReview, MatchVerdict
from reports.mapping.queries import JOB_KIND, ground_of, latest_job, latest_run

ASKED = EventType("mapping.asked")
JUDGED = EventType("match.judged", "duty", "score", "suggested", "verdict", "before")
WITHDRAWN = EventType("match.verdict_withdrawn", "duty", "score", "before")
REVIEWED = EventType("mapping.reviewed", "number", "digest")

LONGEST_REASON = 500


def run_mapping(*, cycle: Cycle, actor: Actor, moment: datetime) -> Job:
    """Ask the worker for a run. While one is under way, that one is meant."""
    open_cycle(cycle.id)
    under_way = latest_job(cycle.id)
    if under_way is not None and not under_way.is_over:
        return under_way
    missing = blockers(cycle)
    if missing:
        raise Invalid(" ".join(missing))
    job = ask_for(kind=JOB_KIND, actor=actor, moment=moment, cycle_id=cycle.id)
    ASKED.record(actor=actor, moment=moment, cycle_id=cycle.id, subject_id=job.id)
    return job


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
    """Accept or reject a match of the newest run. It replaces an earlier verdict on the pair."""
    open_cycle(cycle_id)
    refuse_faults(reason=fault_in(reason, most=LONGEST_REASON))
    run, score = _score_shown(cycle_id, statement_id, duty_id)
    earlier = _review_of(cycle_id, statement_id, duty_id, participant_id)
    before = earlier.verdict if earlier else None
    review = earlier or MatchReview(
        cycle_id=cycle_id, statement_id=statement_id, duty_id=duty_id, participant_id=participant_id
    )
    suggested = bool(matched(np.array([[score]]), run.threshold_percent)[0, 0])
    review.verdict, review.reason = verdict, reason
    review.score, review.is_suggested, review.reviewed_at = score, suggested, moment
    _keep(review)
    JUDGED.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle_id,
        subject_id=statement_id,
        duty=str(duty_id),
        score=round(score, 6),
        suggested=suggested,
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
    """Take one's own verdict back."""
    open_cycle(cycle_id)
    review = _review_of(cycle_id, statement_id, duty_id, participant_id)
    if review is None:
        return
    db.session.delete(review)
    db.session.flush()
    WITHDRAWN.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle_id,
        subject_id=statement_id,
        duty=str(duty_id),
        score=round(review.score, 6),
        before=review.verdict.value,
    )


def review_run(*, cycle: Cycle, run: MappingRun, actor: Actor, moment: datetime) -> None:
    """Mark the newest run as reviewed: the gate asks for it, and a report says who did."""
    open_cycle(cycle.id)
    newest = latest_run(cycle.id)
    if newest is None or newest.id != run.id:
        raise Conflict(f"Run {run.number} is not the newest. Review the newest run instead.")
    changes = changes_since(run, cycle)
    if changes:
        raise Conflict(
            f"Run {run.number} was made before a change to {' and '.join(changes)}. "
            "Run again, then review the new run."
        )
    if run.reviewed_at is not None:
        return
    run.reviewed_at, run.reviewed_by_id = moment, actor.account_id
    db.session.flush()
    REVIEWED.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        subject_id=run.id,
        number=run.number,
        digest=run.digest,
    )


def _keep(review: MatchReview) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(review)
    except IntegrityError as error:
        raise Conflict("Somebody else judged this match at the same moment.") from error


def _score_shown(
    cycle_id: uuid.UUID, statement_id: uuid.UUID, duty_id: uuid.UUID
) -> tuple[MappingRun, float]:
    """Return the newest run and its score of the pair; a pair it did not compare is missing."""
    run = latest_run(cycle_id)
    if run is None:
        raise Missing("There is no run of map and gap yet, so there is no match to judge.")
    ground = ground_of(run)
    row = ground.inputs.row_of.get(statement_id)
    column = ground.inputs.column_of.get(duty_id)
    if row is None or column is None:
        raise Missing("The newest run did not compare this capability with this duty.")
    return run, float(ground.scores[row, column])


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
