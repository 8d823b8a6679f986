"""Kendall's W: whether raters order the items alike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from consensus.concordance import Concordance, Strength, kendalls_w
from consensus.undefined import Undefined
from tests.consensus.cases import FIVE_BY_SIX, quick, shuffled

# A published example of four judges ranking ten objects without ties, sum of squares 1048.
FOUR_BY_TEN = [
    [1, 3, 4, 5, 2, 8, 6, 7, 10, 9],
    [2, 1, 4, 5, 6, 3, 8, 7, 10, 9],
    [3, 2, 1, 5, 7, 4, 6, 8, 9, 10],
    [4, 2, 3, 1, 6, 7, 5, 9, 8, 10],
]

complete = arrays.arrays(
    np.int64, st.tuples(st.integers(2, 6), st.integers(2, 6)), elements=st.integers(0, 3)
)


def test_published_ranks_without_ties() -> None:
    found = kendalls_w(FOUR_BY_TEN)
    assert isinstance(found, Concordance)
    assert (found.squares, found.ties) == (1048, 0)
    assert found.w == pytest.approx(0.793939, abs=1e-6)
    assert found.chi_square == pytest.approx(28.5818, abs=1e-4)
    assert found.degrees_of_freedom == 9
    assert found.p_value == pytest.approx(0.000762, abs=1e-6)
    assert found.strength is Strength.STRONG


def test_ties_of_a_short_scale_are_corrected() -> None:
    found = kendalls_w(FIVE_BY_SIX)
    assert isinstance(found, Concordance)
    assert (found.squares, found.ties) == (349, 84)
    # Without the correction for ties it is .797714.
    assert 12 * found.squares / (25 * (6**3 - 6)) == pytest.approx(0.797714, abs=1e-6)
    assert found.w == pytest.approx(0.867081, abs=1e-6)
    assert found.chi_square == pytest.approx(21.6770, abs=1e-4)
    assert found.p_value == pytest.approx(0.000603, abs=1e-6)


def test_chi_square_is_that_of_friedman() -> None:
    found = kendalls_w(FIVE_BY_SIX)
    assert isinstance(found, Concordance)
    expected = stats.friedmanchisquare(*FIVE_BY_SIX.T)
    assert (found.chi_square, found.p_value) == pytest.approx(tuple(expected))


def test_only_complete_rows_are_used_and_counted() -> None:
    holed = np.vstack([FIVE_BY_SIX, [3, 0, 0, 0, 0, -1]])
    found = kendalls_w(holed)
    assert found == kendalls_w(FIVE_BY_SIX)
    assert isinstance(found, Concordance)
    assert found.raters == 5


def test_order_alike_one_level_apart_is_full_concordance() -> None:
    found = kendalls_w([[0, 1, 2], [1, 2, 3]])
    assert isinstance(found, Concordance)
    assert found.w == 1
    assert found.strength is Strength.UNUSUALLY_STRONG


@pytest.mark.parametrize(
    ("codes", "answer"),
    [
        ([[1, 1, 1], [2, 2, 2]], Undefined.NO_VARIATION),
        ([[1], [2]], Undefined.TOO_FEW_ITEMS),
        ([[1, 2]], Undefined.TOO_FEW_RATERS),
        ([[1, 2], [1, -1]], Undefined.TOO_FEW_RATERS),
    ],
)
def test_undefined_cases_have_names(codes: list[list[int]], answer: Undefined) -> None:
    assert kendalls_w(codes) is answer


def test_unsound_codes_are_refused() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        kendalls_w([[0.5, 1.0]])


@quick
@given(arrays.arrays(np.int64, (4, 5), elements=st.integers(-200, 200)), st.integers(1, 9))
def test_only_the_order_of_the_codes_matters(codes: np.ndarray, factor: int) -> None:
    codes = np.where(codes == -1, 0, codes)
    ranks = stats.rankdata(codes, axis=1, method="dense").astype(np.int64)
    assert kendalls_w(codes) == kendalls_w(ranks)
    assert kendalls_w(factor * np.abs(codes)) == kendalls_w(np.abs(codes).astype(np.int16))


def strength(codes: np.ndarray) -> float | Undefined:
    found = kendalls_w(codes)
    return found.w if isinstance(found, Concordance) else found


@quick
@given(complete, st.integers(0, 99))
def test_order_of_raters_mirrored_scale_and_doubled_panel(codes: np.ndarray, seed: int) -> None:
    expected = strength(codes)
    if isinstance(expected, Undefined):
        assert strength(3 - codes) is expected
        return
    assert strength(shuffled(codes, seed)) == pytest.approx(expected)
    assert strength(3 - codes) == pytest.approx(expected)
    assert strength(np.vstack([codes, codes])) == pytest.approx(expected)
    assert -1e-12 <= expected <= 1 + 1e-12
