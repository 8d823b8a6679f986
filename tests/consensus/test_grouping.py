"""Grouping: everyone is placed, within bounds, the same way every time, and can be told why."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus.grouping import GroupingSettings, group
from consensus.grouping.arrays import numbered_by_first_member
from tests.consensus.grouping_cases import bounds, made_up, sizes


@settings(deadline=None, max_examples=80)
@given(n=st.integers(1, 70), seed=st.integers(0, 999), bound=bounds, spread=st.floats(0, 5))
def test_everyone_is_placed_and_sizes_stay_within_bounds(n, seed, bound, spread):
    smallest, largest = bound
    found = group(*made_up(n, seed, spread=spread), GroupingSettings(smallest, largest))

    assert sizes(found).sum() == n
    if n < smallest:
        assert found.chosen == 1
    else:
        assert sizes(found).min() >= smallest
        assert sizes(found).max() <= largest
    for label in range(found.chosen):
        assert len(found.members(label)) <= max(largest, sizes(found)[label])


@settings(deadline=None, max_examples=40)
@given(n=st.integers(2, 45), seed=st.integers(0, 999), shuffle=st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(n, seed, shuffle):
    vectors, places, partners = made_up(n, seed)
    vectors[n // 2] = vectors[0]  # equal capabilities are where an order could leak in
    keys = [f"C{number:03}" for number in range(n)]
    chosen = GroupingSettings(smallest=3, largest=12, second_margin=0.1)
    order = list(range(n))
    shuffle.shuffle(order)

    straight = group(vectors, places, partners, chosen, keys=keys)
    mixed = group(
        vectors[order], places[order], partners[order], chosen, keys=[keys[i] for i in order]
    )

    assert mixed.labels.tolist() == straight.labels[order].tolist()
    assert mixed.second_labels.tolist() == straight.second_labels[order].tolist()
    assert [order[i] for i in mixed.medoids] == straight.medoids.tolist()
    assert mixed.criterion == straight.criterion
    assert [mixed.reasons(i) for i in range(n)] == [straight.reasons(i) for i in order]


def test_the_same_input_gives_the_same_groups():
    first, second = group(*made_up(60, 4)), group(*made_up(60, 4))
    assert first.labels.tolist() == second.labels.tolist()
    assert first.second_labels.tolist() == second.second_labels.tolist()
    assert first.criterion == second.criterion


@pytest.mark.parametrize("kinds", [2, 3, 4])
def test_obvious_clusters_are_recovered(kinds):
    draw = np.random.default_rng(kinds)
    kind = draw.permutation(np.repeat(np.arange(kinds), 10))
    vectors = np.eye(kinds)[kind] + 0.01 * draw.standard_normal((len(kind), kinds))
    places = np.stack([kind, kind, kind], axis=1)

    found = group(vectors, places, np.eye(kinds, dtype=bool)[kind])

    assert found.chosen == kinds
    assert found.labels.tolist() == numbered_by_first_member(kind).tolist()
    assert (found.second_labels == -1).all()
    assert dict(found.criterion)[kinds] == max(score for _, score in found.criterion)


def test_an_oversized_cluster_is_cut_again():
    found = group(
        np.ones((25, 3)),
        np.zeros((25, 3), int),
        np.ones((25, 2), bool),
        GroupingSettings(smallest=3, largest=10),
    )
    assert sizes(found).sum() == 25
    assert sizes(found).max() <= 10
    assert sizes(found).min() >= 3


def test_a_few_outliers_join_the_nearest_group_that_has_room():
    vectors = np.repeat(np.eye(3), [7, 7, 2], axis=0)
    vectors[-2:] = [0.0, 0.4, 1.0]  # two of their own kind, leaning towards the second
    places = np.zeros((16, 3), int)

    found = group(vectors, places, np.ones((16, 1), bool), GroupingSettings(6, 12))

    assert found.labels.tolist() == [0] * 7 + [1] * 9


def test_a_few_outliers_without_room_are_filled_up_from_those_who_can_spare():
    vectors = np.repeat(np.eye(3), [5, 5, 2], axis=0)
    vectors[9] = [0.0, 1.0, 0.5]
    found = group(vectors, np.zeros((12, 3), int), np.ones((12, 1), bool), GroupingSettings(3, 6))

    assert found.labels.tolist() == [0] * 5 + [1] * 4 + [2] * 3


def test_identical_capabilities_stay_together_where_they_fit():
    found = group(np.ones((20, 4)), np.zeros((20, 3), int), np.zeros((20, 2), bool))
    assert found.labels.tolist() == [0] * 20
    assert found.similarity_to_own == pytest.approx(1.0)


def test_between_equally_good_numbers_of_groups_the_fewest_are_chosen():
    blank = (np.ones((25, 4)), np.zeros((25, 3), int), np.zeros((25, 2), bool))
    found = group(*blank, GroupingSettings(smallest=1, largest=10))
    counts = [count for count, score in found.criterion if score == 0.0]
    assert len(counts) == len(found.criterion) > 1
    assert found.chosen == min(counts)


def test_fewer_than_the_smallest_group_make_one_group():
    found = group(*made_up(4, 1))
    assert found.labels.tolist() == [0, 0, 0, 0]
    assert found.criterion == ((1, 0.0),)
    assert found.chosen == 1


def test_nothing_to_group_makes_no_group():
    found = group(np.empty((0, 8)), np.empty((0, 3), int), np.empty((0, 2), bool))
    assert found.chosen == 0
    assert found.labels.tolist() == found.medoids.tolist() == []
    assert found.criterion == ()


def test_one_capability_has_no_mates_and_no_similarity():
    found = group(*made_up(1, 1))
    assert found.reasons(0).similarity is None
    assert found.reasons(0).mates == 0
    assert np.isnan(found.similarity_to_own[0])


def between_two_groups(margin, largest=30):
    """Six of one kind, six of another, and one half way, nearest to the first."""
    vectors = np.array([[1.0, 0.0]] * 6 + [[0.0, 1.0]] * 6 + [[1.0, 0.95]])
    return group(
        vectors,
        np.zeros((13, 3), int),
        np.ones((13, 1), bool),
        GroupingSettings(smallest=6, largest=largest, second_margin=margin),
    )


def test_a_capability_between_two_groups_belongs_to_both():
    found = between_two_groups(margin=0.15)
    assert found.labels[12] == 0
    assert found.second_labels.tolist() == [-1] * 12 + [1]
    assert found.members(1).tolist() == [6, 7, 8, 9, 10, 11, 12]


@pytest.mark.parametrize("margin", [0.0, None])
def test_second_memberships_end_at_the_margin(margin):
    assert (between_two_groups(margin).second_labels == -1).all()


def test_a_full_group_takes_no_second_members():
    vectors = np.array([[1.0, 0.0]] * 5 + [[1.0, 0.95]] + [[0.0, 1.0]] * 6)
    for largest, second in ((6, -1), (7, 1)):
        found = group(
            vectors,
            np.zeros((12, 3), int),
            np.ones((12, 1), bool),
            GroupingSettings(smallest=3, largest=largest, second_margin=1.0),
        )
        assert sizes(found).tolist() == [6, 6]
        # Everyone is near enough; the nearest is served first, and then the group is full.
        assert found.second_labels[5] == second
        assert (found.second_labels != -1).sum() == 2 * (largest - 6)


def test_reasons_count_mates_by_hand():
    vectors = np.array([[1.0, 0.0], [1.0, 0.0], [0.6, 0.8]])
    places = np.array([[0, 0, 0], [0, 0, 0], [0, 0, 1]])
    partners = np.array([[True, False], [False, True], [True, True]])

    found = group(vectors, places, partners)

    first, last = found.reasons(0), found.reasons(2)
    assert first.similarity == pytest.approx(0.8)
    assert (first.mates, first.shares_area, first.shares_partner) == (2, 1, 1)
    assert last.similarity == pytest.approx(0.6)
    assert (last.mates, last.shares_area, last.shares_partner) == (2, 0, 2)
    assert found.similarity_to_own == pytest.approx([0.8, 0.8, 0.6])
    assert found.medoids.tolist() == [0]


def test_reasons_can_be_asked_for_a_group_one_is_not_in():
    found = between_two_groups(margin=None)
    why = found.reasons(0, label=1)
    assert why.similarity == pytest.approx(0.0)
    assert why.mates == 6


def test_a_blank_text_is_placed_too():
    vectors, places, partners = made_up(20, 3)
    vectors[7] = 0
    found = group(vectors, places, partners)
    assert found.reasons(7).similarity == 0


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"smallest": 0}, "at least one"),
        ({"smallest": 6, "largest": 10}, "11 or more"),
        ({"weight_meaning": 0.7}, "add up to 1"),
        ({"weight_meaning": float("nan")}, "add up to 1"),
        ({"weight_meaning": 1.1, "weight_classification": -0.25}, "positive"),
        ({"second_margin": -0.1}, "between 0 and 1"),
        ({"second_margin": 1.5}, "between 0 and 1"),
    ],
)
def test_settings_that_cannot_work_are_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        GroupingSettings(**wrong)


@pytest.mark.parametrize(
    ("which", "value", "says"),
    [
        ("vectors", np.full((8, 2), np.nan), "finite"),
        ("vectors", np.ones(8), "one row"),
        ("places", np.zeros((8, 2), int), "places"),
        ("places", np.zeros((8, 3)), "places"),
        ("partners", np.zeros((7, 2), bool), "partners"),
        ("partners", np.zeros((8, 2), int), "partners"),
        ("keys", [1] * 8, "distinct"),
        ("keys", [1, 2], "one value"),
    ],
)
def test_input_that_does_not_fit_together_is_refused(which, value, says):
    facts = {
        "vectors": np.ones((8, 2)),
        "places": np.zeros((8, 3), int),
        "partners": np.zeros((8, 2), bool),
        "keys": None,
    } | {which: value}
    with pytest.raises(ValueError, match=says):
        group(**facts)
