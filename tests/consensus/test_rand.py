"""The RAND/UCLA method on the 1 to 9 scale."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.rand import Classic, RandUcla, Reading, rand_ucla, rand_ucla_items
from consensus.undefined import Undefined
from tests.consensus.cases import quick

# PMC3467596, table 1: fifteen panellists; counts 1, 1, 1, 5, 5, 2 on ratings 4 to 9.
PUBLISHED = np.repeat([4, 5, 6, 7, 8, 9], [1, 1, 1, 5, 5, 2])

ratings = st.lists(st.integers(1, 9), min_size=1, max_size=16)


def judged(given_ratings: object) -> RandUcla:
    found = rand_ucla(given_ratings)  # type: ignore[arg-type]
    assert isinstance(found, RandUcla)
    return found


def test_published_row() -> None:
    found = judged(PUBLISHED)
    assert (found.n, found.lower_median, found.upper_median) == (15, 7, 7)
    assert (found.p30, found.p70, found.ipr, found.asymmetry) == (7, 8, 1, 2.5)
    assert found.ipras == pytest.approx(6.1)
    assert found.index == pytest.approx(0.1639, abs=5e-5)
    assert not found.is_disagreement
    assert found.reading is Reading.HIGH
    assert found.classic is Classic.AGREEMENT


@pytest.mark.parametrize(
    ("given_ratings", "ipr", "ipras", "index", "is_disagreement"),
    [
        ([7, 7, 8, 8, 9, 9, 7, 8, 9], 1.2, 6.85, 0.1752, False),
        ([1, 1, 2, 5, 8, 9, 9, 9, 1], 7.2, 2.35, 3.0638, True),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9], 3.2, 2.35, 1.3617, True),
    ],
)
def test_spread_against_spread_adjusted_for_symmetry(
    given_ratings: list[int], ipr: float, ipras: float, index: float, is_disagreement: bool
) -> None:
    found = judged(given_ratings)
    assert found.ipr == pytest.approx(ipr)
    assert found.ipras == pytest.approx(ipras)
    assert found.index == pytest.approx(index, abs=5e-5)
    assert found.is_disagreement is is_disagreement


def test_disagreement_makes_any_median_uncertain() -> None:
    assert judged([1, 1, 1, 8, 9, 9, 9]).reading is Reading.UNCERTAIN


def test_a_median_between_two_thirds_belongs_to_the_higher() -> None:
    assert judged([6, 6, 7, 7]).reading is Reading.HIGH
    assert judged([3, 3, 4, 4]).reading is Reading.UNCERTAIN
    assert judged([2, 2, 3, 3]).reading is Reading.LOW


@pytest.mark.parametrize(
    ("given_ratings", "expected"),
    [
        ([8] * 6 + [5] * 2, Classic.AGREEMENT),
        ([8] * 5 + [5] * 3, Classic.NEITHER),
        ([1] * 3 + [9] * 3 + [5] * 2, Classic.DISAGREEMENT),
        ([8] * 9 + [5] * 3, Classic.AGREEMENT),
        ([1] * 4 + [9] * 8, Classic.DISAGREEMENT),
        ([8] * 10 + [5] * 4, Classic.AGREEMENT),
        ([1] * 5 + [9] * 11, Classic.DISAGREEMENT),
        ([8] * 7, Undefined.OUTSIDE_TABLE),
        ([8] * 17, Undefined.OUTSIDE_TABLE),
    ],
)
def test_classic_counting_rule(given_ratings: list[int], expected: Classic | Undefined) -> None:
    assert judged(given_ratings).classic is expected


def test_missing_ratings_are_left_out_and_nobody_has_a_named_answer() -> None:
    assert rand_ucla([7, -1, 8]) == rand_ucla([7, 8])
    assert rand_ucla([-1, -1]) is Undefined.NO_CODES


@pytest.mark.parametrize("given_ratings", [[0], [10], [1.5], [[1]]])
def test_other_scales_are_refused(given_ratings: list[object]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        rand_ucla(given_ratings)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"\.$"):
        rand_ucla_items([[0]])


def test_a_panel_of_many_items_is_judged_item_by_item() -> None:
    table = np.array([[7, 1], [8, -1], [9, 2]])
    assert rand_ucla_items(table) == (rand_ucla([7, 8, 9]), rand_ucla([1, 2]))
    with pytest.raises(ValueError, match="table"):
        rand_ucla_items([1, 2])


@quick
@given(ratings)
def test_percentiles_are_numpys_and_the_order_is_of_no_account(given_ratings: list[int]) -> None:
    found = judged(given_ratings)
    assert found.p30 == pytest.approx(np.percentile(given_ratings, 30))
    assert found.p70 == pytest.approx(np.percentile(given_ratings, 70))
    assert found == judged(given_ratings[::-1])


@quick
@given(ratings)
def test_a_mirrored_scale_disagrees_alike(given_ratings: list[int]) -> None:
    straight, mirrored = judged(given_ratings), judged([10 - each for each in given_ratings])
    assert straight.is_disagreement == mirrored.is_disagreement
    assert straight.index == pytest.approx(mirrored.index)
