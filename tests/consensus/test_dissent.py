"""Who stands away from the middle of the panel."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.dissent import distance_to_medians, is_outlying
from tests.consensus.cases import panels, quick


def test_two_categories_from_the_nearer_median_is_outlying() -> None:
    codes = np.array([[2], [2], [2], [3], [0]])
    assert distance_to_medians(codes).ravel().tolist() == [0, 0, 0, 1, 2]
    assert is_outlying(codes).ravel().tolist() == [False, False, False, False, True]


def test_a_panel_of_two_halves_has_nobody_outlying() -> None:
    assert not is_outlying([[0], [0], [3], [3]]).any()


def test_the_nearer_of_two_medians_counts() -> None:
    assert distance_to_medians([[0], [1], [3], [3]]).ravel().tolist() == [1, 0, 0, 0]


def test_without_a_code_nobody_is_asked_for_a_reason() -> None:
    assert distance_to_medians([[-1], [2]]).ravel().tolist() == [-1, 0]
    assert not is_outlying([[-1], [-1]], distance=0).any()


def test_the_distance_can_be_chosen_but_not_below_zero() -> None:
    assert is_outlying([[2], [2], [1]], distance=0).ravel().tolist() == [False, False, True]
    with pytest.raises(ValueError, match="below zero"):
        is_outlying([[1]], distance=-1)


@quick
@given(panels())
def test_items_are_independent_and_the_scale_may_be_mirrored(codes: np.ndarray) -> None:
    away = distance_to_medians(codes)
    singly = [distance_to_medians(column[:, np.newaxis])[:, 0] for column in codes.T]
    assert (away == np.stack(singly, axis=1)).all()
    mirrored = np.where(codes >= 0, 3 - codes, -1)
    assert (away == distance_to_medians(mirrored)).all()


@quick
@given(panels(), st.integers(0, 3))
def test_whoever_holds_the_median_is_never_outlying(codes: np.ndarray, apart: int) -> None:
    rated = (codes >= 0).sum(axis=0)
    assert (is_outlying(codes, apart).sum(axis=0) < np.maximum(rated, 1)).all()
