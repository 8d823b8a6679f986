"""How much a panel moved between two rounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from consensus.distribution import counts
from consensus.rule import Rule
from consensus.stability import (
    SignedRanks,
    Switches,
    distribution_change,
    is_stable,
    mcnemar,
    share_moved,
    wilcoxon,
)
from consensus.undefined import Undefined
from tests.consensus.cases import ROUND_ONE, ROUND_TWO, quick, tables

RULE = Rule()
BEFORE, AFTER = counts(ROUND_ONE[:, np.newaxis]), counts(ROUND_TWO[:, np.newaxis])


def test_a_fifth_of_the_distribution_moved_and_three_people_in_ten() -> None:
    assert BEFORE.tolist() == [[1, 2, 5, 2]]
    assert AFTER.tolist() == [[0, 1, 7, 2]]
    assert distribution_change(BEFORE, AFTER)[0] == pytest.approx(0.2)
    assert not is_stable(BEFORE, AFTER, RULE)[0]
    assert share_moved(ROUND_ONE[:, np.newaxis], ROUND_TWO[:, np.newaxis]).tolist() == [0.3]


def test_a_change_of_exactly_the_bound_is_stable() -> None:
    # 3 of 20 is 15 %, though |0.85 - 1| + |0.15 - 0| is not 0.3 in floats.
    assert is_stable([0, 0, 20, 0], [0, 0, 17, 3], RULE)[0]
    assert not is_stable([0, 0, 20, 0], [0, 0, 16, 4], RULE)[0]


def test_unequal_panels_are_compared_by_share() -> None:
    assert distribution_change([0, 0, 10, 0], [0, 0, 4, 0]).tolist() == [0]
    assert is_stable([0, 0, 10, 0], [0, 0, 4, 0], RULE)[0]


def test_moves_that_offset_one_another_show_only_among_the_people() -> None:
    before, after = np.array([[1], [2], [1], [2]]), np.array([[2], [1], [2], [1]])
    assert distribution_change(counts(before), counts(after)).tolist() == [0]
    assert share_moved(before, after).tolist() == [1]


def test_a_round_without_codes_is_unknown_and_so_not_stable() -> None:
    nobody = [0, 0, 0, 0]
    assert np.isnan(distribution_change(nobody, [0, 0, 5, 0])).all()
    assert not is_stable(nobody, [0, 0, 5, 0], RULE)[0]
    assert not is_stable(nobody, nobody, RULE)[0]
    assert np.isnan(share_moved([[-1]], [[2]])).all()


def test_only_people_of_both_rounds_can_have_moved() -> None:
    assert share_moved([[2], [-1], [1], [3]], [[2], [3], [-1], [2]]).tolist() == [0.5]


def test_other_items_or_people_are_refused() -> None:
    with pytest.raises(ValueError, match="same items"):
        distribution_change([[0, 1, 2, 3]], [[0, 1, 2, 3]] * 2)
    with pytest.raises(ValueError, match="same people"):
        share_moved([[1], [2]], [[1]])
    with pytest.raises(ValueError, match="same people"):
        wilcoxon([1, 2], [1])
    with pytest.raises(ValueError, match="whole numbers"):
        wilcoxon([1.5], [2.0])


@quick
@given(tables(), st.integers(0, 100))
def test_stability_is_symmetric_mirrored_and_one_by_one(table: np.ndarray, bound: int) -> None:
    rule = Rule(stability_percent=bound)
    other = np.roll(table, 1, axis=1)
    found = is_stable(table, other, rule)
    assert (found == is_stable(other, table, rule)).all()
    assert (found == is_stable(table[:, ::-1], other[:, ::-1], rule)).all()
    assert (found == is_stable(3 * table, 2 * other, rule)).all()
    singly = [is_stable(a, b, rule)[0] for a, b in zip(table, other, strict=True)]
    assert found.tolist() == singly


@quick
@given(tables())
def test_the_change_lies_between_none_and_all(table: np.ndarray) -> None:
    rated = table[table.sum(axis=1) > 0]
    change = distribution_change(rated, rated[:, ::-1])
    assert ((change >= 0) & (change <= 1 + 1e-12)).all()
    assert (distribution_change(rated, rated) == 0).all()


def test_signed_ranks_with_the_pinned_handling_of_those_who_stayed() -> None:
    # The other convention (zsplit) gives .151855: without a pin the answer changes.
    split = stats.wilcoxon(
        ROUND_ONE, ROUND_TWO, zero_method="zsplit", correction=False, method="asymptotic"
    )
    assert split.pvalue == pytest.approx(0.151855, abs=5e-7)
    assert wilcoxon(ROUND_ONE, ROUND_TWO) == SignedRanks(0.0, pytest.approx(0.083265, abs=5e-7), 3)


def test_signed_ranks_without_pairs_or_without_change_have_a_named_answer() -> None:
    assert wilcoxon([-1, 2], [2, -1]) is Undefined.NO_PAIRS
    assert wilcoxon([1, 2], [1, 2]) is Undefined.NO_CHANGE


@pytest.mark.parametrize(
    ("one_way", "other_way", "p"), [(5, 0, 0.0625), (6, 0, 0.03125), (1, 7, 0.0703125)]
)
def test_switches_between_needed_and_not(one_way: int, other_way: int, p: float) -> None:
    from statsmodels.stats.contingency_tables import mcnemar as oracle

    found = mcnemar(one_way, other_way)
    assert isinstance(found, Switches)
    assert found.p_value == pytest.approx(p)
    expected = oracle([[0, one_way], [other_way, 0]], exact=True).pvalue
    assert found.p_value == pytest.approx(expected)


def test_switches_of_nobody_have_a_named_answer() -> None:
    assert mcnemar(0, 0) is Undefined.NO_CHANGE
    with pytest.raises(ValueError, match="from zero"):
        mcnemar(-1, 2)
