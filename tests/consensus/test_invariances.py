"""What must not change a statistic: the order of raters, a panel said twice, a mirrored scale.

Those that stand beside other tests of a statistic are not repeated. Where a statistic is not
here, the invariance does not hold for it, by its own definition: a second copy of a panel does
change Krippendorff's alpha, fragility, every p and interval, the interpolated percentiles of
RAND/UCLA and the coefficient of variation; inverted quartiles and that coefficient are not
mirrored by a mirrored scale.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.agreement import polarisation, targeted_agreement
from consensus.attrition import Attrition, attrition
from consensus.dissent import distance_to_medians, is_outlying
from consensus.distribution import counts
from consensus.divergence import Divergence, divergence
from consensus.rand import RandUcla, rand_ucla
from consensus.reliability import Weighting, spearman, weighted_kappa
from consensus.rule import Rule
from consensus.sensitivity import threshold_sensitivity
from consensus.stability import (
    SignedRanks,
    Switches,
    distribution_change,
    mcnemar,
    share_moved,
    wilcoxon,
)
from consensus.undefined import Undefined
from consensus.variation import Variation, variation
from tests.consensus.cases import panels, quick, shuffled, tables

seeds = st.integers(0, 99)
two_rounds = panels(raters=9, items=3).flatmap(
    lambda codes: st.tuples(st.just(codes), st.permutations(range(len(codes)))).map(
        lambda drawn: (drawn[0], np.roll(drawn[0][drawn[1]], 1, axis=1))
    )
)


def mirrored(codes: np.ndarray, top: int = 3) -> np.ndarray:
    return np.where(codes < 0, codes, top - codes)


def same(found: object, expected: object) -> bool:
    if isinstance(found, Undefined) or isinstance(expected, Undefined):
        return found is expected
    return bool(found == pytest.approx(expected, abs=1e-9))


@quick
@given(tables(), st.integers(0, 3), st.integers(2, 4))
def test_agreement_on_a_target_and_polarisation(table: np.ndarray, target: int, times: int) -> None:
    found = targeted_agreement(table, target)
    turned = targeted_agreement(table[:, ::-1], 3 - target)
    assert np.allclose(found, turned, equal_nan=True)
    assert np.allclose(found, targeted_agreement(times * table, target), equal_nan=True)
    assert np.allclose(polarisation(table), polarisation(times * table[:, ::-1]), equal_nan=True)


@quick
@given(panels(), seeds)
def test_distances_and_outliers_go_with_the_person(codes: np.ndarray, seed: int) -> None:
    for measure in (distance_to_medians, is_outlying):
        assert (measure(shuffled(codes, seed)) == shuffled(measure(codes), seed)).all()
        assert (measure(np.vstack([codes, codes]))[: len(codes)] == measure(codes)).all()
        assert (measure(mirrored(codes)) == measure(codes)).all()
    assert (is_outlying(codes, 1) == (distance_to_medians(codes) > 1)).all()


@quick
@given(two_rounds, seeds)
def test_movement_of_the_distribution_and_of_the_people(
    rounds: tuple[np.ndarray, np.ndarray], seed: int
) -> None:
    before, after = rounds
    change = distribution_change(counts(before), counts(after))
    moved = share_moved(before, after)
    for first, second in (
        (shuffled(before, seed), shuffled(after, seed)),
        (np.vstack([before, before]), np.vstack([after, after])),
        (mirrored(before), mirrored(after)),
        (after, before),
    ):
        again = distribution_change(counts(first), counts(second))
        assert np.allclose(again, change, equal_nan=True)
        assert np.array_equal(share_moved(first, second), moved, equal_nan=True)


@quick
@given(two_rounds, seeds, st.sampled_from(list(Weighting)))
def test_coefficients_between_two_rounds(
    rounds: tuple[np.ndarray, np.ndarray], seed: int, weighting: Weighting
) -> None:
    before, after = (codes[:, 0] for codes in rounds)
    for measure in (spearman, lambda a, b: weighted_kappa(a, b, weighting)):
        found = measure(before, after)
        assert same(measure(shuffled(before, seed), shuffled(after, seed)), found)
        assert same(measure(mirrored(before), mirrored(after)), found)
        assert same(measure(after, before), found)
        doubled = measure(np.tile(before, 2), np.tile(after, 2))
        # Two copies of one person are two people, so one pair alone may come to have a value.
        assert same(doubled, found) or found is Undefined.NO_PAIRS


@quick
@given(two_rounds, seeds)
def test_signed_ranks(rounds: tuple[np.ndarray, np.ndarray], seed: int) -> None:
    before, after = (codes[:, 0] for codes in rounds)
    found = wilcoxon(before, after)
    for again in (
        wilcoxon(shuffled(before, seed), shuffled(after, seed)),
        wilcoxon(mirrored(before), mirrored(after)),
        wilcoxon(after, before),
    ):
        if isinstance(found, SignedRanks):
            assert isinstance(again, SignedRanks)
            assert again.changed == found.changed
            assert again.statistic == found.statistic
            assert again.p_value == pytest.approx(found.p_value)
        else:
            assert again is found


@quick
@given(st.integers(0, 30), st.integers(0, 30))
def test_switches_seen_from_the_other_round(one_way: int, other_way: int) -> None:
    found, turned = mcnemar(one_way, other_way), mcnemar(other_way, one_way)
    if isinstance(found, Switches):
        assert isinstance(turned, Switches)
        assert turned.p_value == found.p_value
    else:
        assert turned is found


@quick
@given(tables(items=1), tables(items=1), st.integers(2, 4))
def test_delta_of_groups_said_twice(first: np.ndarray, second: np.ndarray, times: int) -> None:
    found, more = divergence(first, second), divergence(times * first, times * second)
    if isinstance(found, Divergence):
        assert isinstance(more, Divergence)
        assert more.delta == pytest.approx(found.delta)
    else:
        assert more is found


@quick
@given(tables(), st.integers(2, 4))
def test_sensitivity_to_the_threshold(table: np.ndarray, times: int) -> None:
    rule = Rule(minimum_n=1)
    found = threshold_sensitivity(table, rule)
    assert found == threshold_sensitivity(times * table, rule)
    assert found == threshold_sensitivity(table[:, [0, 3, 2, 1]], rule)


@quick
@given(panels(raters=8), st.integers(0, 255), seeds)
def test_leavers_beside_stayers(codes: np.ndarray, leaving: int, seed: int) -> None:
    stayed = np.array([bool(leaving >> rater & 1) for rater in range(len(codes))])
    found = attrition(codes, stayed)
    for again in (
        attrition(shuffled(codes, seed), shuffled(stayed, seed)),
        attrition(mirrored(codes), stayed),
        attrition(np.vstack([codes, codes]), np.tile(stayed, 2)),
    ):
        if isinstance(found, Attrition):
            assert isinstance(again, Attrition)
            assert again.leavers_distance == pytest.approx(found.leavers_distance)
            assert again.stayers_distance == pytest.approx(found.stayers_distance)
            assert again.comparison.delta == pytest.approx(found.comparison.delta)
        else:
            assert again is found


@quick
@given(st.lists(st.integers(-1, 9), max_size=16), seeds)
def test_statistics_of_one_item_take_raters_in_any_order(given_codes: list[int], seed: int) -> None:
    codes = np.array(given_codes, dtype=np.int64)
    ratings = np.where(codes == 0, 1, codes)
    nine, ten = rand_ucla(ratings), rand_ucla(shuffled(ratings, seed))
    assert nine == ten
    assert isinstance(nine, RandUcla) == bool((ratings > 0).any())
    varied = variation(codes)
    assert varied == variation(shuffled(codes, seed))
    assert isinstance(varied, Variation | Undefined)
