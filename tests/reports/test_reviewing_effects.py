"""What a verdict changes, and how far reviewers agree with each other and with the machine."""

from collections.abc import Callable

import pytest

from reports.mapping.findings import Findings
from reports.mapping.queries import ground_of, latest_run
from reports.mapping.verdicts import judgements, said_of, settled
from reports.reviewing.agreement import agreement
from reports.reviewing.effects import Effect, effect_of
from reports.reviewing.latest import latest_of, own_of, without
from reports.reviewing.words import effect_sentence, fit_label, fit_words, machine_words
from tests.factories import Cast
from tests.reports.mapping_cases import Bakery
from tests.reports.reviewing_cases import (
    ACCEPTED,
    REJECTED,
    UNSURE,
    found,
    judge,
    make_run,
)

pytestmark = pytest.mark.usefixtures("word_encoder")


@pytest.fixture
def bakery(cast: Cast, run_jobs: Callable[[], int]) -> Bakery:
    return make_run(cast, run_jobs)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([ACCEPTED], ACCEPTED),
        ([UNSURE], None),
        ([ACCEPTED, REJECTED], None),
        ([ACCEPTED] * 3 + [REJECTED], ACCEPTED),
        ([REJECTED] * 2 + [UNSURE], None),
        ([UNSURE] * 4, None),
    ],
)
def test_a_match_is_settled_by_the_threshold_of_agreement(
    verdicts: list[object], expected: object
) -> None:
    assert settled(verdicts, 75) == expected  # type: ignore[arg-type]  # verdicts, as given above


def effect_on(before: Findings, after: Findings, bakery: Bakery) -> Effect:
    return effect_of(before, after, bakery.bake.id, bakery.baker.id)


def test_rejecting_the_only_match_takes_support_and_fit_away(cast: Cast, bakery: Bakery) -> None:
    before = found(cast)
    judge(cast.educator, bakery.bake, bakery.baker.duties[1], REJECTED)
    effect = effect_on(before, found(cast), bakery)
    assert (effect.was_supported, effect.is_supported) == (True, False)
    assert (effect.unsupported_before, effect.unsupported_after) == (1, 2)
    (fit,) = effect.fits
    assert (fit.code, fit.is_best) == ("P-0001", True)
    assert fit.before is not None
    assert fit.after is not None
    assert (fit.before.fit_count, fit.after.fit_count) == (2, 1)
    assert fit_label(fit) == "P-0001 best fit with Baker"
    assert effect_sentence("C-002", effect) == (
        "C-002 is now unsupported; 2 of 4 capabilities are unsupported; "
        "the fit or surplus of 1 profile changes."
    )


def test_saying_what_the_score_says_changes_nothing(cast: Cast, bakery: Bakery) -> None:
    before = found(cast)
    judge(cast.educator, bakery.bake, bakery.baker.duties[1], ACCEPTED)
    effect = effect_on(before, found(cast), bakery)
    assert effect.is_none
    assert effect_sentence("C-002", effect) == (
        "C-002 is supported as before; "
        "no profile changes in fit or surplus with its ten best standards."
    )


def test_a_surplus_that_changes_alone_is_told_as_one(cast: Cast, bakery: Bakery) -> None:
    before = found(cast)
    judge(cast.educator, bakery.bake, bakery.baker.duties[0], ACCEPTED)
    judge(cast.educator, bakery.mix, bakery.baker.duties[0], REJECTED)
    judge(cast.educator, bakery.mix, bakery.baker.duties[1], ACCEPTED)
    judge(cast.educator, bakery.bake, bakery.baker.duties[1], REJECTED)
    level = found(cast)
    assert not effect_on(before, level, bakery).fits
    judge(cast.educator, bakery.mix, bakery.baker.duties[0], ACCEPTED)
    judge(cast.educator, bakery.mix, bakery.baker.duties[1], REJECTED)
    (fit,) = effect_on(level, found(cast), bakery).fits
    assert fit_words(fit.before, fit) == "66.7\u00a0%, surplus 0.0\u00a0%"
    assert fit_words(fit.after, fit) == "66.7\u00a0%, surplus 50.0\u00a0%"


def test_the_latest_verdict_can_be_thought_away(cast: Cast, bakery: Bakery) -> None:
    duty = bakery.baker.duties[1]
    judge(cast.educator, bakery.mix, bakery.baker.duties[0], ACCEPTED, after=1)
    judge(cast.educator, bakery.bake, duty, ACCEPTED, after=2)
    judge(cast.educator, bakery.bake, duty, REJECTED, after=3)
    judge(cast.employer, bakery.lonely, duty, ACCEPTED, after=4)
    sayings, run = said_of(cast.cycle.id), latest_run(cast.cycle.id)
    assert run is not None
    latest = latest_of(own_of(sayings, cast.educator.id), ground_of(run).inputs)
    assert latest is not None
    pair = (bakery.bake.id, duty.id)
    assert (latest.pair, latest.verdict) == (pair, REJECTED)
    left = judgements(without(sayings, latest), 75)
    # The verdict that it replaced stands again; everybody else's stays.
    assert left[pair].verdict == ACCEPTED
    assert len(left) == 3
    first = own_of(sayings, cast.employer.id)
    assert (bakery.lonely.id, duty.id) not in without(sayings, next(iter(first.values())))


def test_agreement_counts_each_match_once(cast: Cast, bakery: Bakery) -> None:
    mix, bake = bakery.baker.duties
    for who in (cast.educator, cast.employer):
        judge(who, bakery.mix, mix, ACCEPTED)
    judge(cast.educator, bakery.bake, bake, ACCEPTED)
    judge(cast.employer, bakery.bake, bake, REJECTED)
    judge(cast.educator, bakery.lonely, bakery.cleaner.duties[0], ACCEPTED)
    judge(cast.educator, bakery.route, bakery.driver.duties[0], REJECTED)
    counts = agreement(judgements(said_of(cast.cycle.id), 75).values())
    assert (counts.reviewed, counts.by_several, counts.agreed, counts.differing) == (4, 2, 1, 1)
    assert (counts.agreed_percent, counts.settled) == (50.0, 3)
    assert (counts.suggested_accepted, counts.suggested_rejected) == (1, 1)
    assert (counts.unsuggested_accepted, counts.unsuggested_rejected) == (1, 0)
    assert counts.with_machine_percent == 33.3
    assert machine_words(counts).startswith("Of 3 matches that people settled, they accepted 1")


def test_agreement_of_nobody_is_undefined() -> None:
    counts = agreement([])
    assert (counts.agreed_percent, counts.with_machine_percent) == (None, None)
    assert machine_words(counts).startswith("No match is settled yet")
