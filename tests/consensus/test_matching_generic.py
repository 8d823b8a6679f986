"""Generic duties: near to many places that are not their own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus.matching import generic_duties

FOUR = np.array([[0.9, 0.9], [0.6, 0.6], [0.558, 0.2], [0.1, 0.2]])


def test_own_place_does_not_count():
    found = generic_duties(FOUR, [0, 1, 2, 3], [3, 0], 4, 55.8)
    assert found.near_count.tolist() == [3, 1]
    assert found.place_count.tolist() == [3, 3]
    assert found.is_generic.tolist() == [True, False]


def test_many_neighbours_in_one_place_are_one_place():
    scores = np.full((30, 1), 0.9)
    assert not generic_duties(scores, [1] * 30, [0], 5, 55.8).is_generic.any()


def test_a_third_of_the_places_is_needed_however_many_there_are():
    scores = np.array([[0.9]] * 3 + [[0.1]] * 9)
    few = generic_duties(scores[:9], range(9), [-1], 9, 55.8)
    many = generic_duties(scores, range(12), [-1], 12, 55.8)
    assert few.near_count.tolist() == many.near_count.tolist() == [3]
    assert few.is_generic.tolist() == [True]
    assert many.is_generic.tolist() == [False]


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 999))
def test_order_changes_nothing_and_a_higher_threshold_never_tags_more(seed):
    random = np.random.default_rng(seed)
    scores = random.uniform(0, 1, (12, 6))
    rows, columns = random.integers(-1, 5, 12), random.integers(-1, 5, 6)
    first = generic_duties(scores, rows, columns, 5, 60)
    i, j = random.permutation(12), random.permutation(6)
    again = generic_duties(scores[np.ix_(i, j)], rows[i], columns[j], 5, 60)
    assert np.array_equal(first.near_count[j], again.near_count)
    assert np.array_equal(first.is_generic[j], again.is_generic)
    higher = generic_duties(scores, rows, columns, 5, 70)
    assert not (higher.is_generic & ~first.is_generic).any()


def test_without_other_places_nothing_is_generic():
    assert not generic_duties(FOUR[:2], [0, 1], [-1, -1], 2, 10).is_generic.any()
    assert not generic_duties(FOUR, [-1] * 4, [-1, -1], 4, 10).is_generic.any()
    assert generic_duties(np.zeros((0, 2)), [], [0, 0], 1, 50).place_count.tolist() == [0, 0]


def test_places_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="integers"):
        generic_duties(FOUR, [0, 1], [0, 0], 4, 50)
    with pytest.raises(ValueError, match="outside"):
        generic_duties(FOUR, [0, 1, 2, 4], [0, 0], 4, 50)
