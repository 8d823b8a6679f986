"""What the reviewers of a match agree on, by the cycle's own threshold of agreement.

One review a person and match is kept; here they become the one judgement that counts. Asking for
reviews and keeping them lives in ``reports.reviewing``.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from consensus.percent import reaches_threshold
from cycles.accounts.models import Account
from cycles.core.extensions import db
from cycles.people.models import Participant
from cycles.setup.queries import rule_card_of
from reports.mapping.findings import Judgement
from reports.mapping.models import MatchReview, MatchVerdict
from reports.mapping.reading import Verdicts, score_percent


@dataclass(frozen=True)
class Said:
    """One person's review of a match, with the person's group and name."""

    review: MatchReview
    group: str
    by: str


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
    threshold = rule_card_of(cycle_id).threshold_percent
    return {
        pair: _judgement(list(said), threshold)
        for pair, said in groupby(
            _said(cycle_id), lambda each: (each.review.statement_id, each.review.duty_id)
        )
    }


def _said(cycle_id: uuid.UUID) -> list[Said]:
    rows = db.session.execute(
        select(MatchReview, Participant.group, Account.name)
        .outerjoin(Participant, Participant.id == MatchReview.participant_id)
        .outerjoin(Account, Account.id == Participant.account_id)
        .where(MatchReview.cycle_id == cycle_id)
        .order_by(
            MatchReview.statement_id, MatchReview.duty_id, MatchReview.reviewed_at, MatchReview.id
        )
    )
    return [Said(review, group.value if group else "", name or "") for review, group, name in rows]


def _judgement(said: Sequence[Said], threshold_percent: int) -> Judgement:
    verdicts = [each.review.verdict for each in said]
    latest = said[-1]
    return Judgement(
        verdict=settled(verdicts, threshold_percent),
        reason=latest.review.reason,
        group=latest.group,
        by=latest.by,
        at=latest.review.reviewed_at,
        score_percent=score_percent(latest.review.score),
        was_suggested=latest.review.is_suggested,
        accepted=verdicts.count(MatchVerdict.ACCEPTED),
        rejected=verdicts.count(MatchVerdict.REJECTED),
        unsure=verdicts.count(MatchVerdict.UNSURE),
    )
