"""Krippendorff's alpha, against published values and against an independent implementation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.distribution import counts
from consensus.krippendorff import Metric, alpha_of_codes, krippendorff_alpha
from consensus.undefined import Undefined
from tests.consensus.cases import EXAMPLE_C, FIVE_BY_SIX, panels, quick, shuffled

ONE_TO_FIVE = [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        # Krippendorff (2011) prints .743, .815, .849 and .797.
        (Metric.NOMINAL, 0.743421),
        (Metric.ORDINAL, 0.815388),
        (Metric.INTERVAL, 0.849107),
        (Metric.RATIO, 0.797403),
    ],
)
def test_published_example_with_missing_codes(metric: Metric, expected: float) -> None:
    found = krippendorff_alpha(counts(EXAMPLE_C, 5), metric, ONE_TO_FIVE)
    assert found == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [(Metric.ORDINAL, 0.751513), (Metric.INTERVAL, 0.743646), (Metric.NOMINAL, 0.349071)],
)
def test_five_raters_on_six_proficiency_items(metric: Metric, expected: float) -> None:
    assert krippendorff_alpha(counts(FIVE_BY_SIX), metric) == pytest.approx(expected, abs=1e-6)


def test_missing_cells_are_left_out() -> None:
    holed = FIVE_BY_SIX.copy()
    holed[0, 3] = holed[3, 0] = holed[4, 5] = -1
    assert krippendorff_alpha(counts(holed)) == pytest.approx(0.746465, abs=1e-6)


def test_codes_of_raters_and_items_come_to_the_same() -> None:
    assert alpha_of_codes(EXAMPLE_C, Metric.RATIO, ONE_TO_FIVE, 5) == pytest.approx(
        0.797403, abs=1e-6
    )
    assert alpha_of_codes(FIVE_BY_SIX) == krippendorff_alpha(counts(FIVE_BY_SIX))
    assert alpha_of_codes([[2, -1], [2, 2]]) is Undefined.NO_VARIATION
    assert alpha_of_codes([[2, -1], [-1, 2]]) is Undefined.NO_PAIRS


def test_everybody_on_one_level_is_no_variation_and_not_zero() -> None:
    assert krippendorff_alpha([[0, 0, 5, 0], [0, 0, 4, 0]]) is Undefined.NO_VARIATION


def test_no_two_codes_on_any_item_compare_nobody() -> None:
    assert krippendorff_alpha([[0, 0, 1, 0], [0, 0, 0, 0]]) is Undefined.NO_PAIRS


@pytest.mark.parametrize("values", [[1, 2, 3], [1, 1, 2, 3]])
def test_categories_need_a_value_each(values: list[int]) -> None:
    with pytest.raises(ValueError, match="value of its own"):
        krippendorff_alpha([[1, 1, 0, 0]], Metric.INTERVAL, values)


@quick
@given(panels(), st.sampled_from([Metric.NOMINAL, Metric.ORDINAL, Metric.INTERVAL]))
def test_it_agrees_with_an_independent_implementation(codes: np.ndarray, metric: Metric) -> None:
    import krippendorff

    table = counts(codes)
    found = krippendorff_alpha(table, metric)
    if isinstance(found, float):
        expected = krippendorff.alpha(
            value_counts=table, value_domain=range(4), level_of_measurement=metric.value
        )
        assert found == pytest.approx(expected, abs=1e-9)


@quick
@given(
    panels(),
    st.integers(0, 99),
    st.sampled_from([Metric.NOMINAL, Metric.ORDINAL, Metric.INTERVAL]),
)
def test_order_of_raters_and_mirrored_scale(codes: np.ndarray, seed: int, metric: Metric) -> None:
    expected = krippendorff_alpha(counts(codes), metric)
    mirrored = krippendorff_alpha(counts(codes)[:, ::-1], metric)
    reordered = krippendorff_alpha(counts(shuffled(codes, seed)), metric)
    if isinstance(expected, Undefined):
        assert mirrored is reordered is expected
    else:
        assert mirrored == pytest.approx(expected, abs=1e-9)
        assert reordered == pytest.approx(expected, abs=1e-9)
