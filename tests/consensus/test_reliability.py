"""Agreement of the same people between two rounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.reliability import Weighting, spearman, weighted_kappa
from consensus.undefined import Undefined
from tests.consensus.cases import ROUND_ONE, ROUND_TWO, quick

two_rounds = st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), max_size=12).map(
    lambda people: (
        np.array([first for first, _ in people], dtype=np.int64),
        np.array([second for _, second in people], dtype=np.int64),
    )
)


@pytest.mark.parametrize(
    ("weighting", "expected"),
    [
        (Weighting.NONE, 0.491525),
        (Weighting.LINEAR, 0.605263),
        (Weighting.QUADRATIC, 0.736842),
    ],
)
def test_kappa_between_two_rounds(weighting: Weighting, expected: float) -> None:
    assert weighted_kappa(ROUND_ONE, ROUND_TWO, weighting) == pytest.approx(expected, abs=1e-6)


@quick
@given(two_rounds, st.sampled_from(list(Weighting)))
def test_kappa_agrees_with_statsmodels(
    rounds: tuple[np.ndarray, np.ndarray], weighting: Weighting
) -> None:
    from statsmodels.stats.inter_rater import cohens_kappa

    first, second = rounds
    found = weighted_kappa(first, second, weighting)
    if isinstance(found, float):
        both = (first >= 0) & (second >= 0)
        table = np.zeros((4, 4), dtype=int)
        np.add.at(table, (first[both], second[both]), 1)
        name = {"none": None, "linear": "linear", "quadratic": "quadratic"}[weighting]
        expected = cohens_kappa(table, wt=name, return_results=False)
        assert found == pytest.approx(expected, abs=1e-9)


def test_kappa_without_anything_to_compare_has_a_named_answer() -> None:
    assert weighted_kappa([2, 2, 2], [2, 2, 2]) is Undefined.NO_VARIATION
    assert weighted_kappa([2, -1], [-1, 2]) is Undefined.NO_PAIRS


def test_codes_off_the_scale_are_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 3"):
        weighted_kappa([4], [1])


def test_rank_correlation_between_two_rounds() -> None:
    assert spearman(ROUND_ONE, ROUND_TWO) == pytest.approx(0.869048, abs=1e-6)
    assert spearman(3 - ROUND_ONE, 3 - ROUND_TWO) == pytest.approx(0.869048, abs=1e-6)


def test_rank_correlation_without_anything_to_compare_has_a_named_answer() -> None:
    assert spearman([2, 2, 2], [1, 2, 3]) is Undefined.NO_VARIATION
    assert spearman([2, -1], [2, 1]) is Undefined.NO_PAIRS
