"""Verdicts on matches: who outranks the score, what is kept beside it, and taking one back."""

from collections.abc import Callable

import pytest

from cycles.core.audit import events_of
from cycles.core.errors import Closed, Invalid, Missing
from cycles.core.extensions import db
from reports.mapping.models import MatchReview
from reports.reviewing.commands import MOST_REPLACED
from tests.factories import NOW, Cast, make_statement
from tests.reports.mapping_cases import Bakery, make_bakery
from tests.reports.reviewing_cases import (
    ACCEPTED,
    REJECTED,
    UNSURE,
    found,
    judge,
    make_run,
    run_again,
    take_back,
)

pytestmark = pytest.mark.usefixtures("word_encoder")


@pytest.fixture
def bakery(cast: Cast, run_jobs: Callable[[], int]) -> Bakery:
    return make_run(cast, run_jobs)


def test_a_verdict_outranks_the_score_until_it_is_withdrawn(cast: Cast, bakery: Bakery) -> None:
    (duty,) = bakery.cleaner.duties
    judge(cast.educator, bakery.lonely, duty, ACCEPTED)
    judged = found(cast).capabilities[3]
    assert judged.is_supported
    assert judged.best is not None
    assert judged.best.judgement is not None
    assert judged.best.judgement.by == "Eddy Marsh"
    take_back(cast.educator, bakery.lonely, duty)
    assert not found(cast).capabilities[3].is_judged
    judge(cast.educator, bakery.lonely, duty, REJECTED)
    assert not found(cast, threshold=40).capabilities[3].is_supported


def test_taking_back_a_changed_verdict_brings_the_earlier_one_back(
    cast: Cast, bakery: Bakery
) -> None:
    (duty,) = bakery.cleaner.duties
    judge(cast.educator, bakery.lonely, duty, ACCEPTED, after=1, reason="The same task")
    judge(cast.educator, bakery.lonely, duty, REJECTED, after=2)
    judge(cast.educator, bakery.lonely, duty, UNSURE, after=3)
    # Saying the same again changes nothing that could be brought back.
    judge(cast.educator, bakery.lonely, duty, UNSURE, after=4)
    verdicts = []
    while (review := db.session.query(MatchReview).one_or_none()) is not None:
        verdicts.append((review.verdict, review.reason, (review.reviewed_at - NOW).seconds))
        take_back(cast.educator, bakery.lonely, duty)
    assert verdicts == [(UNSURE, "", 4), (REJECTED, "", 2), (ACCEPTED, "The same task", 1)]
    said = [each for each in events_of(cast.cycle.id) if each.action.startswith("match.")]
    assert [each.action for each in said[:3]] == ["match.verdict_withdrawn"] * 3
    assert [each.facts["restored"] for each in said[:3]] == [None, "accepted", "rejected"]


def test_what_was_said_long_ago_is_forgotten(cast: Cast, bakery: Bakery) -> None:
    # Kept without an end, it would one day be nested too deeply to be read by anybody.
    (duty,) = bakery.cleaner.duties
    for number in range(MOST_REPLACED + 10):
        judge(cast.educator, bakery.lonely, duty, (ACCEPTED, REJECTED)[number % 2], after=number)
    times = 0
    while db.session.query(MatchReview).count():
        take_back(cast.educator, bakery.lonely, duty)
        times += 1
    assert times == MOST_REPLACED + 1


def test_nothing_to_take_back_is_no_event(cast: Cast, bakery: Bakery) -> None:
    before = len(events_of(cast.cycle.id))
    take_back(cast.educator, bakery.lonely, bakery.cleaner.duties[0])
    assert len(events_of(cast.cycle.id)) == before


def test_several_reviewers_settle_a_match_by_the_rule_card(cast: Cast, bakery: Bakery) -> None:
    (duty,) = bakery.cleaner.duties
    judge(cast.educator, bakery.lonely, duty, ACCEPTED)
    judge(cast.employer, bakery.lonely, duty, REJECTED)
    assert not found(cast).capabilities[3].is_supported
    judge(cast.employer, bakery.lonely, duty, ACCEPTED)
    assert found(cast).capabilities[3].is_supported
    assert db.session.query(MatchReview).count() == 2


def test_the_machines_suggestion_is_kept_at_the_cycles_threshold(
    cast: Cast, bakery: Bakery
) -> None:
    judge(cast.educator, bakery.mix, bakery.baker.duties[0], REJECTED)
    assert db.session.query(MatchReview).one().is_suggested
    cast.cycle.threshold_percent = 99
    judge(cast.employer, bakery.lonely, bakery.cleaner.duties[0], ACCEPTED)
    flags = {each.verdict: each.is_suggested for each in db.session.query(MatchReview)}
    assert flags == {REJECTED: True, ACCEPTED: False}


def test_only_what_the_newest_run_compared_can_be_judged(
    cast: Cast, run_jobs: Callable[[], int]
) -> None:
    bakery = make_bakery(cast.cycle)
    duty = bakery.baker.duties[0]
    with pytest.raises(Missing, match="no run"):
        judge(cast.educator, bakery.mix, duty, ACCEPTED)
    run_again(cast, run_jobs)
    newer = make_statement(cast.cycle, "Glaze buns", 9)
    with pytest.raises(Missing, match="did not compare"):
        judge(cast.educator, newer, duty, ACCEPTED)


def test_a_sealed_cycle_and_a_long_reason_are_refused(cast: Cast, bakery: Bakery) -> None:
    duty = bakery.baker.duties[0]
    with pytest.raises(Invalid):
        judge(cast.educator, bakery.mix, duty, ACCEPTED, reason="x" * 501)
    cast.cycle.sealed_at = NOW
    db.session.flush()
    with pytest.raises(Closed):
        judge(cast.educator, bakery.mix, duty, ACCEPTED)
    with pytest.raises(Closed):
        take_back(cast.educator, bakery.mix, duty)
