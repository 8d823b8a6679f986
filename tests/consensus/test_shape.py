"""One hump or two."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.shape import has_two_humps, is_bimodal
from tests.consensus.cases import quick, tables


@pytest.mark.parametrize(
    ("row", "humps", "bimodal"),
    [
        ([0, 0, 10, 0], False, False),
        ([0, 2, 6, 2], False, False),
        ([2, 0, 8, 0], True, True),
        ([1, 1, 1, 7], False, False),
        ([0, 5, 0, 5], True, True),
        ([4, 0, 0, 6], True, True),
        ([3, 3, 3, 3], False, False),
        ([3, 2, 2, 3], True, True),
        ([1, 0, 8, 1], False, False),
        ([0, 0, 0, 0], False, False),
    ],
)
def test_shapes_of_a_panel(row: list[int], humps: bool, bimodal: bool) -> None:
    assert has_two_humps(row).tolist() == [humps]
    assert is_bimodal(row).tolist() == [bimodal]


def test_a_hump_of_exactly_a_fifth_counts() -> None:
    assert has_two_humps([1, 0, 4, 0]).tolist() == [True]
    assert has_two_humps([1, 0, 5, 0]).tolist() == [False]


@quick
@given(tables(categories=5), st.integers(2, 4))
def test_mirror_doubling_and_one_by_one(table: np.ndarray, times: int) -> None:
    for measure in (has_two_humps, is_bimodal):
        found = measure(table)
        assert (found == measure(table[:, ::-1])).all()
        assert (found == measure(times * table)).all()
        assert found.tolist() == [measure(row)[0] for row in table]
