"""Hybrid and hub-corrected scores: what they add up to, and what leaves them unchanged."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus.matching import ScoreMoments, csls, hybrid, score_moments

quick = settings(deadline=None, max_examples=40)


def scores(seed, c=7, m=5):
    return np.random.default_rng(seed).uniform(-1, 1, (c, m)).astype(np.float32)


def test_each_score_is_measured_in_the_deviations_of_its_whole_matrix():
    meaning, words = scores(1), scores(2)
    expected = 0.8 * (meaning - meaning.mean()) / meaning.std()
    expected += 0.2 * (words - words.mean()) / words.std()

    mixed = hybrid(meaning, words)

    assert mixed.dtype == np.float32
    np.testing.assert_allclose(mixed, expected, atol=1e-5)
    np.testing.assert_allclose(
        hybrid(meaning, words, weight=0), (words - words.mean()) / words.std(), atol=1e-5
    )


def test_moments_are_exact_for_a_worked_example():
    assert score_moments(np.array([[0.25, 0.75]])) == ScoreMoments(0.5, 0.25)
    assert score_moments(np.zeros((0, 4))) == ScoreMoments(0.0, 0.0)


@quick
@given(seed=st.integers(0, 999), c=st.integers(1, 9), m=st.integers(1, 9))
def test_the_order_of_statements_changes_no_bit_of_a_hybrid_or_a_corrected_score(seed, c, m):
    random = np.random.default_rng(seed)
    meaning, words = scores(seed, c, m), scores(seed + 1, c, m)
    rows, columns = random.permutation(c), random.permutation(m)
    turned = np.ix_(rows, columns)

    assert np.array_equal(hybrid(meaning, words)[turned], hybrid(meaning[turned], words[turned]))
    assert np.array_equal(csls(meaning, 3)[turned], csls(meaning[turned], 3))


def test_blocks_with_the_moments_of_the_whole_are_the_whole():
    meaning, words = scores(3, 1100, 4), scores(4, 1100, 4)
    moments = score_moments(meaning), score_moments(words)
    parts = [
        hybrid(meaning[part], words[part], moments=moments)
        for part in (slice(0, 300), slice(300, 1100))
    ]
    assert np.array_equal(np.concatenate(parts), hybrid(meaning, words))


def test_scores_that_are_all_the_same_say_nothing():
    level = np.full((3, 4), 0.7, dtype=np.float32)
    assert np.array_equal(hybrid(level, level), np.zeros((3, 4)))
    varied = scores(5, 3, 4)
    assert np.array_equal(hybrid(varied, level).argsort(), varied.argsort())


def test_what_cannot_be_mixed_is_refused():
    with pytest.raises(ValueError, match="words"):
        hybrid(scores(1, 2, 3), scores(1, 3, 2))
    with pytest.raises(ValueError, match="weight"):
        hybrid(scores(1), scores(2), weight=1.1)
    with pytest.raises(ValueError, match="between"):
        score_moments(np.array([[2.0]]))
    with pytest.raises(ValueError, match="finite"):
        score_moments(np.array([[np.nan]]))


def test_a_hub_falls_behind_a_particular_neighbour():
    near = np.array([[0.80, 0.79, 0.10], [0.80, 0.10, 0.10], [0.80, 0.10, 0.10]])
    assert near[0].argmax() == 0
    assert csls(near, 2)[0].argmax() == 1


def test_a_corrected_score_is_twice_itself_less_the_means_of_the_nearest():
    values = np.array([[0.9, 0.5, 0.1], [0.3, 0.7, 0.2]])
    rows, columns = np.array([0.7, 0.5]), np.array([0.6, 0.6, 0.15])
    expected = 2 * values - rows[:, None] - columns
    np.testing.assert_allclose(csls(values, 2), expected, atol=1e-6)
    # Fifty neighbours of three are three.
    all_rows, all_columns = values.mean(axis=1), values.mean(axis=0)
    np.testing.assert_allclose(
        csls(values), 2 * values - all_rows[:, None] - all_columns, atol=1e-6
    )


def test_nothing_to_correct_and_nothing_to_count():
    assert csls(np.zeros((0, 3))).shape == (0, 3)
    assert csls(np.zeros((2, 0))).shape == (2, 0)
    with pytest.raises(ValueError, match="neighbours"):
        csls(scores(1), 0)
