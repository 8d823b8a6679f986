"""The nearest rows: exact, whatever the blocks; and the vote of neighbours over places."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.matching import similarity
from consensus.neighbours import nearest_columns, nearest_rows, places_by_support

RANDOM = np.random.default_rng(7)
ROWS, OTHERS = RANDOM.normal(size=(23, 16)), RANDOM.normal(size=(90, 16))


@pytest.mark.parametrize("most", [1, 4, 90, 200])
def test_the_nearest_are_those_of_the_whole_product(most: int) -> None:
    found = nearest_rows(ROWS, OTHERS, most=most, floor=-1.0)
    whole = np.rint(similarity(ROWS, OTHERS).astype(np.float64) * 1e6)
    for row in range(len(ROWS)):
        best = np.argsort(-whole[row], kind="stable")[:most]
        assert found.other[found.row == row].tolist() == best.tolist()


def test_blocks_change_nothing() -> None:
    whole = nearest_rows(ROWS, OTHERS, most=5)
    for size in (1, 7):
        some = nearest_rows(ROWS, OTHERS, most=5, rows_per_block=size)
        assert some.row.tolist() == whole.row.tolist()
        assert some.other.tolist() == whole.other.tolist()
        assert some.score == pytest.approx(whole.score, abs=1.5e-6)


def test_the_floor_lets_in_what_reaches_it_and_nothing_below() -> None:
    scores = np.array([[0.8, 0.79999, 0.9], [0.1, 0.2, 0.3]], dtype=np.float32)
    found = nearest_columns(scores, 3, 0.8)
    assert list(zip(found.row.tolist(), found.other.tolist(), strict=True)) == [(0, 2), (0, 0)]


def test_equals_stand_in_the_order_given() -> None:
    twins = np.repeat(np.eye(2), 3, axis=0)
    assert nearest_rows(np.eye(2)[:1], twins, most=2).other.tolist() == [0, 1]


def test_nothing_to_compare_gives_nothing() -> None:
    assert nearest_rows(np.zeros((0, 3)), np.eye(3), most=2).row.tolist() == []
    assert nearest_rows(np.eye(3), np.zeros((0, 3)), most=2).row.tolist() == []


@pytest.mark.parametrize("wrong", [{"most": 0}, {"most": 1, "rows_per_block": 0}])
def test_wrong_sizes_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        nearest_rows(np.eye(2), np.eye(2), **wrong)
    with pytest.raises(ValueError, match="do not compare"):
        nearest_rows(np.eye(2), np.eye(3), most=1)


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1)), max_size=15), st.randoms())
def test_the_vote_does_not_depend_on_the_order_of_the_neighbours(
    voices: list[tuple[int, float]], shuffler: object
) -> None:
    mixed = list(voices)
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]
    results = [
        [
            (place.place, place.support, round(place.mean_score, 9))
            for place in places_by_support([p for p, _ in some], [s for _, s in some], 3)
        ]
        for some in (voices, mixed)
    ]
    assert results[0] == results[1]
    assert sum(support for _, support, _ in results[0]) <= len(voices)


def test_near_voices_outweigh_far_ones_and_equals_go_by_place() -> None:
    ranked = places_by_support([5, 5, 5, 1], [0.4, 0.4, 0.4, 0.9], 2)
    assert [(place.place, place.support) for place in ranked] == [(1, 1), (5, 3)]
    assert [place.place for place in places_by_support([3, 2], [0.5, 0.5], 2)] == [2, 3]
    assert places_by_support([], [], 3) == ()
    with pytest.raises(ValueError, match="one each"):
        places_by_support([1], [0.5, 0.6], 3)
