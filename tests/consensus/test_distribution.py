"""Counts, medians, quartiles, shares and Wilson's interval."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.distribution import counts, medians, quartiles, shares
from consensus.interval import Interval, wilson_interval
from consensus.scale import (
    AWARENESS,
    EXPERT,
    NOT_NEEDED,
    PRACTITIONER,
    PROFICIENCY_LETTERS,
    PROFICIENCY_WORDS,
)
from tests.consensus.cases import panels, quick, shuffled, tables


def test_codes_letters_and_words_stand_in_one_order() -> None:
    codes = (NOT_NEEDED, AWARENESS, PRACTITIONER, EXPERT)
    assert codes == (0, 1, 2, 3)
    assert [PROFICIENCY_LETTERS[code] for code in codes] == ["N", "A", "P", "E"]
    assert [word[0] for word in PROFICIENCY_WORDS] == list(PROFICIENCY_LETTERS)


def test_a_cell_without_a_code_is_in_no_count() -> None:
    assert counts([[0, -1], [3, -1], [-1, -1]]).tolist() == [[1, 0, 0, 1], [0, 0, 0, 0]]


def test_an_item_nobody_has_rated_yet_has_no_median_and_no_quartile() -> None:
    nothing = [0, 0, 0, 0]
    assert medians(nothing).lower.tolist() == medians(nothing).upper.tolist() == [-1]
    assert quartiles(nothing).lower.tolist() == quartiles(nothing).distance.tolist() == [-1]
    assert np.isnan(shares(nothing)).all()


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        ([0, 1], "one row a rater"),
        ([[0.5, 1.0]], "whole numbers"),
        ([[4]], "between 0 and 3"),
        ([[-2]], "between 0 and 3"),
    ],
)
def test_unsound_codes_are_refused_in_a_sentence(codes: list[object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        counts(codes)


@pytest.mark.parametrize(
    ("table", "message"),
    [([[1.5, 2.0]], "whole"), ([[-1, 2]], "below zero"), ([[[1, 2]]], "table"), ([[1]], "table")],
)
def test_unsound_counts_are_refused_in_a_sentence(table: list[object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        medians(table)


def test_an_even_panel_keeps_both_medians() -> None:
    both = medians([[0, 0, 5, 5], [5, 0, 0, 5], [0, 3, 3, 3], [3, 3, 3, 3], [3, 2, 2, 3]])
    assert both.lower.tolist() == [2, 0, 2, 1, 1]
    assert both.upper.tolist() == [3, 3, 2, 2, 2]


def test_the_quartile_convention_is_pinned() -> None:
    # 1,1,2,2,2,2,3,3 by numpy: linear 0.5, hazen 1.0, weibull 1.5, nearest 0, inverted_cdf 1.
    found = quartiles([0, 2, 4, 2])
    assert (found.lower.tolist(), found.upper.tolist()) == ([1], [2])
    assert found.distance.tolist() == [1]


def test_quartiles_hide_a_bloc_of_one_fifth() -> None:
    assert quartiles([2, 0, 8, 0]).distance.tolist() == [0]


@quick
@given(panels())
def test_medians_and_quartiles_agree_with_numpy(codes: np.ndarray) -> None:
    table = counts(codes)
    middle, quarter = medians(table), quartiles(table)
    for item, column in enumerate(codes.T):
        given_codes = column[column >= 0]
        if len(given_codes):
            for found, share, method in (
                (middle.lower, 0.5, "inverted_cdf"),
                (middle.upper, 0.5, "higher"),
                (quarter.lower, 0.25, "inverted_cdf"),
                (quarter.upper, 0.75, "inverted_cdf"),
            ):
                assert found[item] == np.quantile(given_codes, share, method=method)


@quick
@given(panels(), st.integers(0, 99))
def test_the_order_of_raters_is_of_no_account(codes: np.ndarray, seed: int) -> None:
    assert (counts(codes) == counts(shuffled(codes, seed))).all()


@quick
@given(tables())
def test_a_mirrored_scale_mirrors_the_medians(table: np.ndarray) -> None:
    rated = table.sum(axis=1) > 0
    straight, mirrored = medians(table[rated]), medians(table[rated][:, ::-1])
    assert (mirrored.lower == 3 - straight.upper).all()
    assert (mirrored.upper == 3 - straight.lower).all()


@quick
@given(tables(), st.integers(2, 4))
def test_a_panel_said_twice_has_the_same_medians_and_shares(table: np.ndarray, times: int) -> None:
    assert (medians(table).lower == medians(times * table).lower).all()
    assert (medians(table).upper == medians(times * table).upper).all()
    assert np.allclose(shares(table), shares(times * table), equal_nan=True)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"), [(8, 10, 0.4902, 0.9433), (6, 8, 0.4093, 0.9285)]
)
def test_wilson_intervals_of_small_panels(successes: int, n: int, low: float, high: float) -> None:
    interval = wilson_interval(successes, n)
    assert interval is not None
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@quick
@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_intervals_agree_with_statsmodels(case: tuple[int, int]) -> None:
    from statsmodels.stats.proportion import proportion_confint

    interval = wilson_interval(*case)
    assert interval is not None
    expected = proportion_confint(*case, method="wilson")
    assert (interval.low, interval.high) == pytest.approx(expected, abs=1e-12)


def test_a_share_of_nobody_has_no_interval() -> None:
    assert wilson_interval(0, 0) is None
    assert isinstance(wilson_interval(0, 1), Interval)


@pytest.mark.parametrize(("successes", "n", "z"), [(3, 2, 1.96), (-1, 2, 1.96), (1, 2, 0.0)])
def test_impossible_shares_are_refused(successes: int, n: int, z: float) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        wilson_interval(successes, n, z)
