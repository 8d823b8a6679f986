"""Cliff's delta of a whole panel is that of each of its items."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.deltas import cliffs_deltas
from consensus.divergence import Divergence, divergence

TABLES = st.lists(st.lists(st.integers(0, 6), min_size=4, max_size=4), min_size=1, max_size=8)


@given(TABLES)
def test_each_delta_is_that_of_its_item(table: list[list[int]]) -> None:
    other = [row[::-1] for row in table[::-1]]
    for delta, first, second in zip(cliffs_deltas(table, other), table, other, strict=True):
        alone = divergence(first, second)
        if isinstance(alone, Divergence):
            assert delta == pytest.approx(alone.delta)
        else:
            assert np.isnan(delta)


def test_the_published_groups_stand_apart_throughout() -> None:
    assert cliffs_deltas([[3, 2, 0, 0]], [[0, 0, 3, 2]]).tolist() == [-1.0]


def test_groups_are_compared_on_the_same_scale() -> None:
    with pytest.raises(ValueError, match="same scale"):
        cliffs_deltas([[1, 2]], [[1, 2, 3]])
