"""Percent agreement and the published rules that count on it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.percent import (
    agreement_table,
    average_majority_percent,
    is_included_by_comet,
    is_reopened,
    most_outside_mode,
    reaches_threshold,
)
from consensus.undefined import Undefined
from tests.consensus.cases import quick, tables


def test_the_fewest_raters_that_reach_three_quarters() -> None:
    for n, passing in {5: 4, 6: 5, 7: 6, 8: 6, 10: 8, 12: 9}.items():
        rows = [[0, n - passing, passing, 0], [0, n - passing + 1, passing - 1, 0]]
        assert reaches_threshold(rows, 75).tolist() == [True, False]


def test_a_bloc_of_one_fifth_hides_behind_80_percent() -> None:
    assert reaches_threshold([2, 0, 8, 0], 80).tolist() == [True]
    assert reaches_threshold([2, 0, 8, 0], 81).tolist() == [False]


@quick
@given(tables(), st.integers(1, 100), st.integers(2, 4))
def test_mirrored_scales_and_doubled_panels_reach_the_same(
    table: np.ndarray, threshold: int, times: int
) -> None:
    found = reaches_threshold(table, threshold)
    assert (found == reaches_threshold(table[:, ::-1], threshold)).all()
    assert (found == reaches_threshold(times * table, threshold)).all()
    assert agreement_table(table) == agreement_table(times * table[:, ::-1])


def test_an_item_nobody_rated_reaches_nothing() -> None:
    assert reaches_threshold([0, 0, 0, 0], 75).tolist() == [False]


def test_items_at_each_threshold_out_of_those_rated() -> None:
    rows = agreement_table([[0, 3, 7, 0], [0, 1, 8, 1], [0, 2, 6, 0], [0, 0, 0, 0]])
    assert [(row.threshold_percent, row.reaching, row.rated) for row in rows] == [
        (70, 3, 3),
        (75, 2, 3),
        (80, 1, 3),
    ]


@pytest.mark.parametrize("threshold", [0, 101])
def test_a_threshold_that_is_no_share_is_refused(threshold: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 100"):
        reaches_threshold([1, 2, 3], threshold)


def test_published_table_of_panel_sizes() -> None:
    # PMC5966219, table 4.
    for sizes, most in {
        (8, 10): 2,
        (11, 13): 3,
        (14, 16): 4,
        (17, 19): 5,
        (20, 22): 6,
        (23, 25): 7,
    }.items():
        assert {most_outside_mode(n) for n in range(sizes[0], sizes[1] + 1)} == {most}
    assert most_outside_mode(7) is Undefined.OUTSIDE_TABLE
    assert most_outside_mode(26) is Undefined.OUTSIDE_TABLE


@pytest.mark.parametrize(
    ("high", "low", "n", "expected"),
    [(7, 1, 10, True), (6, 1, 10, False), (14, 3, 20, False), (14, 2, 20, True), (0, 0, 0, False)],
)
def test_core_outcomes_by_70_and_15(high: int, low: int, n: int, expected: bool) -> None:
    # PMC8024512, table 1: 70 % or more high and fewer than 15 % low; 3 of 20 is not fewer.
    assert is_included_by_comet(high, low, n) is expected


def test_the_first_round_of_core_outcomes_asks_for_half() -> None:
    # PMC8024512, table 1, column R1.
    assert is_included_by_comet(5, 1, 10, high_percent=50)
    assert not is_included_by_comet(4, 1, 10, high_percent=50)


def test_more_opinions_than_raters_are_refused() -> None:
    with pytest.raises(ValueError, match="among the raters"):
        is_included_by_comet(6, 5, 10)


def test_average_percent_of_majority_opinions() -> None:
    # 8 to 1, 3 to 6, 5 to 5: (8 + 6) of 28 opinions.
    assert average_majority_percent([8, 3, 5], [1, 6, 5]) == 50
    assert average_majority_percent([], []) is Undefined.NO_CODES
    assert average_majority_percent([0], [0]) is Undefined.NO_CODES


@pytest.mark.parametrize(("agree", "disagree"), [([1], [1, 2]), ([-1], [1])])
def test_impossible_opinions_are_refused(agree: list[int], disagree: list[int]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  one of the two messages is Python's own
        average_majority_percent(agree, disagree)


def test_two_people_who_argue_the_same_way_reopen_an_item() -> None:
    assert is_reopened(2, [3, 3])
    assert is_reopened(2, [0, 1])
    assert is_reopened(0, [1, 3])
    assert not is_reopened(2, [3, 1])
    assert not is_reopened(2, [3])
    assert not is_reopened(2, [2, 2])
    assert not is_reopened(2, [])
