"""What drop-out may have done to the result."""

import numpy as np
import pytest

from consensus.attrition import Attrition, attrition, carried_forward, complete_cases
from consensus.undefined import Undefined

ROUND_ONE = np.array([[2, 2], [2, 2], [2, 1], [2, 2], [0, 0], [0, -1], [-1, -1]])


def test_leavers_who_stood_further_out_are_seen() -> None:
    stayed = np.array([True, True, True, True, False, False, False])
    found = attrition(ROUND_ONE, stayed)
    assert isinstance(found, Attrition)
    assert (found.leavers, found.stayers) == (2, 4)
    assert (found.leavers_distance, found.stayers_distance) == (2.0, 0.125)
    assert found.comparison.delta == 1
    # Of 15 ways to pick two leavers one is as far out; ties keep the other end nearer.
    assert found.comparison.p_value == pytest.approx(1 / 15)


def test_leavers_like_stayers_show_no_difference() -> None:
    found = attrition([[2], [2], [2]], [True, False, True])
    assert isinstance(found, Attrition)
    assert (found.comparison.delta, found.comparison.p_value) == (0, 1)


@pytest.mark.parametrize("stayed", [[True, True], [False, False]])
def test_without_leavers_or_stayers_nobody_is_compared(stayed: list[bool]) -> None:
    assert attrition([[2], [1]], stayed) is Undefined.NO_PAIRS


@pytest.mark.parametrize("stayed", [[True], [1, 0]])
def test_each_rater_either_stayed_or_left(stayed: list[object]) -> None:
    with pytest.raises(ValueError, match="stayed or left"):
        attrition([[2], [1]], stayed)


def test_complete_cases_and_carried_codes_beside_each_other() -> None:
    rounds = np.array([[[2, 1], [1, -1], [3, 0]], [[2, 2], [-1, 3], [-1, 1]]])
    assert complete_cases(rounds).tolist() == [[2, 2], [-1, -1], [-1, 1]]
    assert carried_forward(rounds).tolist() == [[2, 2], [1, 3], [3, 1]]


def test_one_round_is_its_own_result() -> None:
    assert complete_cases([[[2], [-1]]]).tolist() == [[2], [-1]]
    assert carried_forward([[[2], [-1]]]).tolist() == [[2], [-1]]


def test_codes_of_no_round_are_refused() -> None:
    for each in (complete_cases, carried_forward):
        with pytest.raises(ValueError, match="by round"):
            each([[1, 2]])
