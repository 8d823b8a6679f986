"""The steps of grouping: what makes capabilities alike, lens, neighbours and moves."""

import doctest
from importlib import import_module
from pkgutil import iter_modules

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus import grouping
from consensus.grouping import METHOD, METHOD_VERSION, GroupingSettings, group, learn_lens
from consensus.grouping.arrays import group_sums
from consensus.grouping.closeness import (
    classification_distance,
    cosines,
    in_own_spread,
    measure,
    partner_distance,
)
from consensus.grouping.moves import settled, to_middles
from consensus.grouping.neighbours import neighbour_graph
from tests.consensus.grouping_cases import bounds, made_up, sizes


def test_classification_counts_shared_levels_and_nothing_unknown():
    places = np.array([[0, 0, 0], [0, 0, 0], [0, 0, 1], [0, 1, 2], [1, 0, 0], [-1, -1, -1]])
    assert classification_distance(places)[0] == pytest.approx([0, 0, 1 / 3, 2 / 3, 1, 1])
    unknown = np.full((2, 3), -1)
    assert classification_distance(unknown)[0, 1] == 1
    half_known = np.array([[0, 1, -1], [0, 1, -1]])
    assert classification_distance(half_known)[0, 1] == pytest.approx(1 / 3)


def test_partner_distance_is_jaccard_with_nothing_in_common_at_zero_when_both_are_blank():
    partners = np.array([[0, 0], [0, 0], [1, 0], [1, 1]], dtype=bool)
    assert partner_distance(partners)[0].tolist() == [0, 0, 1, 1]
    assert partner_distance(partners)[2].tolist() == [1, 1, 0, 0.5]
    assert partner_distance(np.zeros((2, 0), dtype=bool)).tolist() == [[0, 0], [0, 0]]


def test_each_part_counts_in_its_own_standard_deviations():
    alike = np.array([[1.0, 0.8, 0.2], [0.8, 1.0, 0.2], [0.2, 0.2, 1.0]])
    everyone = np.ones(3, dtype=bool)
    spread = in_own_spread(alike, everyone)
    # Mean 0.4 and deviation √0.08 of the pairs; a part on another scale comes out the same.
    assert spread[0].tolist() == pytest.approx([0.6 / 0.08**0.5, 0.4 / 0.08**0.5, -0.2 / 0.08**0.5])
    assert in_own_spread(1 - (1 - alike) / 10, everyone) == pytest.approx(spread)


def test_what_is_unknown_makes_nobody_alike_or_unlike():
    alike = np.array([[1.0, 0.9, 0.1, 0.0], [0.9, 1, 0.2, 0], [0.1, 0.2, 1, 0], [0.0, 0, 0, 1]])
    spread = in_own_spread(alike, np.array([True, True, True, False]))
    assert spread[3, :3].tolist() == [0, 0, 0]
    assert spread[:3, :3].sum() == pytest.approx(in_own_spread(alike[:3, :3], np.ones(3) > 0).sum())
    assert not in_own_spread(np.ones((3, 3)), np.ones(3, dtype=bool)).any()


def test_classification_and_partners_count_by_their_weight():
    draw = np.random.default_rng(3)
    vectors = draw.standard_normal((40, 12))
    half = np.repeat([0, 1], 20)
    places, partners = np.stack([half, half, half], axis=1), np.eye(2, dtype=bool)[half]
    blank = (np.full((40, 3), -1), np.zeros((40, 2), bool))
    for facts, weights in (
        ((places, blank[1]), (0.2, 0.8, 0)),
        ((blank[0], partners), (0.2, 0, 0.8)),
    ):
        found = group(vectors, *facts, GroupingSettings(6, 30, *weights), groups=2)
        assert found.labels.tolist() == half.tolist()


def test_a_lens_turns_down_what_differs_within_occupations():
    draw = np.random.default_rng(5)
    owners, activities = np.repeat(np.arange(4), 12), np.tile(np.arange(3), 16)
    # Whose statement it is tells little of the vector, what is done tells much.
    vectors = 0.5 * np.eye(8)[owners] + 1.5 * np.eye(8)[4 + activities]
    vectors = vectors + 0.1 * draw.standard_normal(vectors.shape)
    blank = (np.full((48, 3), -1), np.zeros((48, 0), bool), GroupingSettings(6, 20))
    lens = learn_lens(vectors, owners, owners // 4)

    assert group(vectors, *blank, lens=lens).labels.tolist() == owners.tolist()
    assert group(vectors, *blank).labels.tolist() != owners.tolist()
    found = group(vectors, *blank, lens=lens).reasons(0)
    others = cosines(vectors)[0, 1:12]
    assert found.similarity == pytest.approx(others.mean()), "reasons are of the plain vectors"


def test_a_lens_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="lens"):
        group(*made_up(20, 1), lens=np.eye(5))
    with pytest.raises(ValueError, match="one for each"):
        learn_lens(np.ones((3, 2)), [0, 1], [0, 0])
    assert learn_lens(np.ones((3, 2)), [0, 1, 1], [0, 0, 0]).tolist() == np.eye(2).tolist()


def test_a_lens_keeps_the_directions_that_tell_occupations_of_a_family_apart():
    draw = np.random.default_rng(8)
    owners = np.repeat(np.arange(30), 5)
    middles = np.zeros((30, 6))
    middles[:, :3] = draw.standard_normal((30, 3))
    middles[15:, 3] += 40  # tells the second family from the first, and nobody within one
    vectors = middles[owners] + 0.1 * draw.standard_normal((150, 6))
    vectors[:, 3:] += 0.3 * draw.standard_normal((150, 3))
    lens = learn_lens(vectors, owners, owners // 75)
    assert np.linalg.matrix_rank(lens, tol=1e-6) == 3
    assert np.linalg.norm(lens, 2) == pytest.approx(1)


@pytest.mark.parametrize(("told", "made"), [(4, 4), (5, 5), (99, 6)])
def test_a_number_of_groups_can_be_told(told, made):
    found = group(*made_up(60, 2), GroupingSettings(6, 30), groups=told)
    assert found.chosen == made
    assert made in dict(found.criterion)
    assert sizes(found).min() >= 6


def test_the_bounds_outrank_the_number_told():
    found = group(*made_up(60, 2), GroupingSettings(6, 12), groups=1)
    assert found.chosen >= 5
    assert sizes(found).max() <= 12


@settings(deadline=None, max_examples=30)
@given(n=st.integers(6, 40), seed=st.integers(0, 999), groups=st.integers(1, 5))
def test_modularity_is_that_of_its_definition(n, seed, groups):
    likeness = measure(*made_up(n, seed), GroupingSettings()).likeness
    labels = np.arange(n) % groups
    nearest = np.argsort(-(likeness - 9 * np.eye(n)), axis=1, kind="stable")[:, :5]
    ties = np.zeros((n, n))
    for member in range(n):
        for other in nearest[member]:
            if likeness[member, other] > 0:
                ties[member, other] = ties[other, member] = 1
    degrees, total = ties.sum(axis=1), max(ties.sum(), 1)
    same = labels[:, None] == labels
    expected = ((ties - np.outer(degrees, degrees) / total) * same).sum() / total
    found = neighbour_graph(likeness, 5).modularity(labels)
    assert found == pytest.approx(expected, abs=1e-8)


@settings(deadline=None, max_examples=30)
@given(n=st.integers(12, 60), seed=st.integers(0, 999), bound=bounds)
def test_moves_bring_everyone_to_the_nearest_group_that_bounds_allow(n, seed, bound):
    chosen = GroupingSettings(*bound)
    distance = measure(*made_up(n, seed, spread=2.0), chosen).distance
    start = np.arange(n) % max(1, n // chosen.smallest)
    if np.bincount(start).max() > chosen.largest:
        return
    labels = settled(start, distance, chosen)
    counts = np.bincount(labels)
    assert counts.min() >= min(np.bincount(start).min(), chosen.smallest)
    assert counts.max() <= chosen.largest
    scores = to_middles(group_sums(1 - 2 * distance, labels), labels)
    for member in range(n):
        best, own = int(scores[member].argmax()), labels[member]
        is_free = counts[own] > chosen.smallest and counts[best] < chosen.largest
        assert scores[member, own] == scores[member, best] or not is_free


def test_the_method_is_told_in_a_sentence_and_named():
    assert "are alike where" in METHOD
    assert METHOD_VERSION == "2"


@pytest.mark.parametrize("name", sorted(one.name for one in iter_modules(grouping.__path__)))
def test_examples_hold(name):
    module = import_module(f"consensus.grouping.{name}")
    assert doctest.testmod(module).failed == 0
