"""The coefficient of variation, as other tools print it."""

import numpy as np
import pytest

from consensus.undefined import Undefined
from consensus.variation import Variation, variation
from tests.consensus.cases import ROUND_ONE, ROUND_TWO


def varied(codes: object) -> Variation:
    found = variation(codes)  # type: ignore[arg-type]
    assert isinstance(found, Variation)
    return found


def test_the_stability_another_tool_prints() -> None:
    # Surveylet's example: its page prints a stability of 34.56 %, two "don't know" left out.
    found = varied([1, 1, 2, 3, 3, 5, 1, -1, -1])
    assert found.n == 7
    assert found.mean == pytest.approx(2.285714, abs=1e-6)
    assert found.deviation == pytest.approx(1.496026, abs=1e-6)
    assert found.coefficient == pytest.approx(0.654512, abs=1e-6)
    assert found.complement == pytest.approx(0.345488, abs=1e-6)


def test_variation_of_two_rounds() -> None:
    before, after = varied(ROUND_ONE), varied(ROUND_TWO)
    assert before.coefficient == pytest.approx(0.510520, abs=1e-6)
    assert after.coefficient == pytest.approx(0.270308, abs=1e-6)
    assert after.coefficient - before.coefficient == pytest.approx(-0.240, abs=5e-4)


def test_equal_codes_vary_by_exactly_nothing() -> None:
    assert varied(np.full(7, 3)).coefficient == 0


@pytest.mark.parametrize(
    ("codes", "answer"),
    [
        ([], Undefined.TOO_FEW_RATERS),
        ([2, -1], Undefined.TOO_FEW_RATERS),
        ([0, 0], Undefined.ZERO_MEAN),
    ],
)
def test_undefined_cases_have_names(codes: list[int], answer: Undefined) -> None:
    assert variation(np.array(codes, dtype=np.int64)) is answer


@pytest.mark.parametrize("codes", [[[1]], [1.5], [-2, 1]])
def test_unsound_codes_are_refused(codes: list[object]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        variation(codes)
