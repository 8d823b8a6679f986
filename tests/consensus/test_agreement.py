"""Van der Eijk's A, Tastle and Wierman's consensus, and agreement on a target."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.agreement import (
    polarisation,
    targeted_agreement,
    tastle_wierman,
    van_der_eijk,
)
from tests.consensus.cases import quick, tables

# The example vector of the documentation of agrmt, the R package for these measures.
AGRMT = [30, 40, 210, 130, 530, 50, 10]

SHAPES = [
    # counts N, A, P, E; consensus; A
    ([0, 0, 10, 0], 1, 1),
    ([0, 1, 8, 1], 0.883007, 0.8),
    ([0, 2, 6, 2], 0.766015, 0.6),
    ([0, 0, 8, 2], 0.830880, 0.866667),
    ([0, 3, 7, 0], 0.778599, 0.8),
    ([0, 0, 5, 5], 0.736966, 0.666667),
    ([2, 0, 8, 0], 0.614932, 0.533333),
    ([1, 1, 1, 7], 0.431123, 0.6),
    ([0, 5, 0, 5], 0.415037, -0.166667),
    ([4, 0, 0, 6], 0.029049, -0.6),
    ([5, 0, 0, 5], 0, -1),
    ([3, 3, 3, 3], 0.368483, 0),
    ([3, 2, 2, 3], 0.294786, -0.2),
]

LAYERS = {
    0.666667: ["0011", "0110", "1100"],
    0.333333: ["0111", "1110"],
    0.0: ["1111"],
    -0.166667: ["0101", "1010"],
    -0.222222: ["1011", "1101"],
    -1.0: ["1001"],
    1.0: ["1000", "0100", "0010", "0001"],
}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (AGRMT, 0.6113333),  # documentation of agrmt::agreement
        # Van der Eijk (2001): where respondents place two Dutch parties, per mille.
        ([24, 28, 32, 62, 135, 304, 416], 0.60972),  # PvdA, printed as .61
        ([16, 26, 82, 210, 293, 270, 103], 0.48233),  # D66, printed as .48
        ([6, 8, 5, 3, 2], 0.3125),  # vignette of agrmt, printed as .31
        ([6, 8, 5, 3, 2, 0, 2], 0.3923),  # the same with two raters beyond an empty category
    ],
)
def test_published_values_of_agreement(counts: list[int], expected: float) -> None:
    assert van_der_eijk(counts)[0] == pytest.approx(expected, abs=5e-5)


def test_published_value_of_consensus() -> None:
    # Documentation of agrmt::consensus, after Tastle and Wierman (2007).
    assert tastle_wierman(AGRMT)[0] == pytest.approx(0.7256876, abs=5e-8)


@pytest.mark.parametrize(("counts", "consensus", "agreement"), SHAPES)
def test_shapes_of_a_panel_of_ten(counts: list[int], consensus: float, agreement: float) -> None:
    assert tastle_wierman(counts)[0] == pytest.approx(consensus, abs=1e-6)
    assert van_der_eijk(counts)[0] == pytest.approx(agreement, abs=1e-6)


def test_all_shapes_at_once() -> None:
    table = [counts for counts, _, _ in SHAPES]
    assert tastle_wierman(table) == pytest.approx([row[1] for row in SHAPES], abs=1e-6)
    assert van_der_eijk(table) == pytest.approx([row[2] for row in SHAPES], abs=1e-6)


def test_the_full_table_of_layers_of_four_categories() -> None:
    for expected, patterns in LAYERS.items():
        for pattern in patterns:
            counts = [int(cell) for cell in pattern]
            assert van_der_eijk(counts)[0] == pytest.approx(expected, abs=1e-6)


def test_consensus_cannot_tell_flat_from_two_camps_but_agreement_can() -> None:
    flat, camps = [3, 3, 3, 3], [3, 2, 2, 3]
    assert abs(tastle_wierman(flat)[0] - tastle_wierman(camps)[0]) < 0.1
    assert van_der_eijk(flat)[0] == 0
    assert van_der_eijk(camps)[0] < 0


def test_layers_that_cancel_do_not_read_as_two_camps() -> None:
    # One layer 1111 (0), one 0111 (+1/3, three raters) and one 0101 (-1/6, six raters).
    assert van_der_eijk([1, 5, 2, 5])[0] == 0
    assert not np.signbit(van_der_eijk([1, 5, 2, 5])[0])


def test_polarisation_runs_from_unanimous_to_opposite_camps() -> None:
    found = polarisation([[0, 9, 0, 0], [3, 3, 3, 3], [5, 0, 0, 5]])
    assert found.tolist() == [0, 0.5, 1]


def test_agreement_on_a_target_falls_with_distance_from_it() -> None:
    on_target = targeted_agreement([0, 0, 10, 0], 2)[0]
    one_away = targeted_agreement([0, 0, 10, 0], 3)[0]
    assert on_target == 1
    assert one_away == pytest.approx(1 + np.log2(1 - 1 / 6))
    assert targeted_agreement([10, 0, 0, 0], 3)[0] == 0


def test_a_target_off_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="on the scale"):
        targeted_agreement([0, 0, 10, 0], 4)


@pytest.mark.parametrize("counts", [[5, 5], [1] * 13])
def test_agreement_is_for_scales_it_can_peel(counts: list[int]) -> None:
    with pytest.raises(ValueError, match="3 to 12"):
        van_der_eijk(counts)


def test_without_a_code_both_are_marked_as_having_no_value() -> None:
    assert np.isnan(van_der_eijk([0, 0, 0, 0])).all()
    assert np.isnan(tastle_wierman([0, 0, 0, 0])).all()
    assert np.isnan(targeted_agreement([0, 0, 0, 0], 1)).all()


@quick
@given(tables())
def test_a_mirrored_scale_agrees_as_much(table: np.ndarray) -> None:
    for measure in (van_der_eijk, tastle_wierman):
        assert np.allclose(measure(table), measure(table[:, ::-1]), equal_nan=True)


@quick
@given(tables(), st.integers(2, 5))
def test_a_panel_said_twice_agrees_as_much(table: np.ndarray, times: int) -> None:
    for measure in (van_der_eijk, tastle_wierman):
        assert np.allclose(measure(table), measure(times * table), equal_nan=True)


@quick
@given(tables(categories=7))
def test_many_items_at_once_are_as_one_by_one(table: np.ndarray) -> None:
    for measure in (van_der_eijk, tastle_wierman):
        singly = np.concatenate([measure(row) for row in table])
        assert np.allclose(measure(table), singly, equal_nan=True)


@quick
@given(tables(categories=5))
def test_both_stay_within_their_bounds(table: np.ndarray) -> None:
    rated = table[table.sum(axis=1) > 0]
    assert (np.abs(van_der_eijk(rated)) <= 1).all()
    assert ((tastle_wierman(rated) >= 0) & (tastle_wierman(rated) <= 1)).all()
