"""Counts, medians, quartiles and shares."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.distribution import counts, medians, quartiles, shares
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


@pytest.mark.parametrize(
    ("method", "distance"),
    [
        ("linear", 0.5),
        ("hazen", 1.0),
        ("averaged_inverted_cdf", 1.0),
        ("weibull", 1.5),
        ("inverted_cdf", 1),
        ("nearest", 0),
    ],
)
def test_one_panel_has_a_range_by_every_convention(method: str, distance: float) -> None:
    # Computed with numpy: why "a range of at most 1" needs its convention named.
    low, high = np.quantile([1, 1, 2, 2, 2, 2, 3, 3], [0.25, 0.75], method=method)
    assert high - low == distance


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
@given(panels(), st.integers(2, 4))
def test_counts_of_a_mirrored_scale_and_of_a_panel_said_twice(
    codes: np.ndarray, times: int
) -> None:
    mirrored = np.where(codes < 0, codes, 3 - codes)
    assert (counts(mirrored) == counts(codes)[:, ::-1]).all()
    assert (counts(np.tile(codes, (times, 1))) == times * counts(codes)).all()


@pytest.mark.parametrize("kind", [np.int8, np.int16, np.int64])
@pytest.mark.parametrize("categories", [4, 16, 17, 65, 200])
def test_counts_are_those_of_one_column_after_the_other(kind: type, categories: int) -> None:
    # More raters than a byte can count, scales on both sides of each way of counting.
    draw = np.random.default_rng(categories)
    highest = min(categories, np.iinfo(kind).max + 1)
    codes = draw.integers(-1, highest, (600, 7)).astype(kind)
    codes[:, 3] = highest - 1
    found = counts(codes, categories)
    for item, column in enumerate(codes.T.astype(np.int64)):
        expected = np.bincount(column[column >= 0], minlength=categories)
        assert found[item].tolist() == expected.tolist()
    assert (counts(np.asfortranarray(codes), categories) == found).all()


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
    assert (quartiles(table).distance == quartiles(times * table).distance).all()
    assert (quartiles(table).lower == quartiles(times * table).lower).all()
    assert np.allclose(shares(table), shares(times * table), equal_nan=True)
    assert np.allclose(shares(table), shares(table[:, ::-1])[:, ::-1], equal_nan=True)


@pytest.mark.parametrize("figure", [(5, 65, 30), (2, 30, 68), (10, 29, 61), (24, 54, 22)])
def test_a_figure_of_levels_leaves_those_who_do_not_need_it_out(
    figure: tuple[int, int, int],
) -> None:
    # Figure 5 of the seed report: each column is 100 % without "not needed".
    assert sum(figure) == 100
    counted = np.array([17, *figure])
    assert (100 * shares(counted[1:])[0]).round(9).tolist() == list(figure)
