"""What the reviewers of a match agree on, by the cycle's own threshold of agreement.

One review a person and match is kept; here they become the one judgement that counts. Asking for
reviews and keeping them lives in ``reports.reviewing``.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import select

from consensus.percent import reaches_threshold
from cycles.accounts.models import Account
from cycles.core.extensions import db
from cycles.people.models import Participant
from cycles.setup.queries import rule_card_of
from reports.mapping.findings import Judgement
from reports.mapping.models import MatchReview, MatchVerdict
from reports.mapping.reading import Verdicts, score_percent

Pair = tuple[uuid.UUID, uuid.UUID]
"""A statement and a duty."""


@dataclass(frozen=True)
class Said:
    """What one person said of one match, beside the score and the suggestion of that moment.

    ``group`` is for everybody's eyes, ``by`` (a name) for the conveners'. ``replaced`` is what
    the same person had said before.
    """

    pair: Pair
    participant_id: uuid.UUID | None
    group: str
    by: str
    verdict: MatchVerdict
    reason: str
    score: float
    is_suggested: bool
    at: datetime
    replaced: dict[str, Any] | None


Sayings = Mapping[Pair, Sequence[Said]]


def settled(verdicts: Sequence[MatchVerdict], threshold_percent: int) -> MatchVerdict | None:
    """Return what the reviewers of one match agree on, or None where they do not.

    Accepted or rejected is settled when its share of all who reviewed the match, the unsure
    among them, reaches the threshold of agreement: one reviewer settles what nobody disputes.

    >>> settled([MatchVerdict.ACCEPTED, MatchVerdict.UNSURE], 75) is None
    True
    """
    counts = [verdicts.count(each) for each in MatchVerdict]
    leading = tuple(MatchVerdict)[counts.index(max(counts))]
    is_agreed = bool(reaches_threshold([counts], threshold_percent)[0])
    return leading if is_agreed and leading != MatchVerdict.UNSURE else None


def verdicts_of(cycle_id: uuid.UUID) -> Verdicts:
    """Return the judgements on matches, by statement and duty."""
    return judgements(said_of(cycle_id), rule_card_of(cycle_id).threshold_percent)


def said_of(cycle_id: uuid.UUID) -> dict[Pair, tuple[Said, ...]]:
    """Return what each reviewer said of each match, by statement and duty, earliest first."""
    rows = db.session.execute(
        select(MatchReview, Participant.group, Account.name)
        .outerjoin(Participant, Participant.id == MatchReview.participant_id)
        .outerjoin(Account, Account.id == Participant.account_id)
        .where(MatchReview.cycle_id == cycle_id)
        .order_by(
            MatchReview.statement_id, MatchReview.duty_id, MatchReview.reviewed_at, MatchReview.id
        )
    )
    said = [_said(review, group.value if group else "", name or "") for review, group, name in rows]
    return {pair: tuple(own) for pair, own in groupby(said, lambda each: each.pair)}


def _said(review: MatchReview, group: str, by: str) -> Said:
    return Said(
        pair=(review.statement_id, review.duty_id),
        participant_id=review.participant_id,
        group=group,
        by=by,
        verdict=review.verdict,
        reason=review.reason,
        score=review.score,
        is_suggested=review.is_suggested,
        at=review.reviewed_at,
        replaced=review.replaced,
    )


def judgements(sayings: Sayings, threshold_percent: int) -> dict[Pair, Judgement]:
    """Return the one judgement on each match that anybody reviewed."""
    return {pair: _judgement(said, threshold_percent) for pair, said in sayings.items() if said}


def _judgement(said: Sequence[Said], threshold_percent: int) -> Judgement:
    verdicts = [each.verdict for each in said]
    latest = said[-1]
    return Judgement(
        verdict=settled(verdicts, threshold_percent),
        reason=latest.reason,
        group=latest.group,
        by=latest.by,
        at=latest.at,
        score_percent=score_percent(latest.score),
        was_suggested=latest.is_suggested,
        accepted=verdicts.count(MatchVerdict.ACCEPTED),
        rejected=verdicts.count(MatchVerdict.REJECTED),
        unsure=verdicts.count(MatchVerdict.UNSURE),
    )
