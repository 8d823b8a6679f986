"""Scores: cosines whatever the block, and words where there is no model."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus.matching import similarity, tfidf_similarity

quick = settings(deadline=None, max_examples=60)


@quick
@given(c=st.integers(0, 9), m=st.integers(0, 6), rows=st.integers(1, 10), seed=st.integers(0, 999))
def test_similarity_is_the_cosine_whatever_the_block(c, m, rows, seed):
    random = np.random.default_rng(seed)
    left = random.standard_normal((c, 5)).astype(np.float32)
    right = random.standard_normal((m, 5)).astype(np.float32)
    lengths = np.outer(np.linalg.norm(left, axis=1), np.linalg.norm(right, axis=1))

    scores = similarity(left, right, rows_per_block=rows)

    assert scores.dtype == np.float32
    assert scores.shape == (c, m)
    np.testing.assert_allclose(scores, (left @ right.T) / lengths, atol=1e-6)
    np.testing.assert_allclose(scores, similarity(left, right), atol=3e-7)


@pytest.mark.parametrize("size", [1e-30, 1.0, 1e30])
def test_similarity_ignores_length_and_stays_within_one(size):
    vectors = (np.random.default_rng(1).standard_normal((40, 384)) * size).astype(np.float32)
    scores = similarity(vectors, vectors)
    assert np.abs(scores).max() <= 1
    np.testing.assert_allclose(np.diag(scores), 1, atol=1e-6)


def test_a_vector_of_zeros_is_like_nothing():
    vectors = np.array([[0.0, 0.0], [1.0, 0.0]], dtype=np.float32)
    assert similarity(vectors, vectors).tolist() == [[0, 0], [0, 1]]


def test_words_find_the_nearer_text():
    scores = tfidf_similarity(
        ["Validate automated cell-culture equipment", "Negotiate supply contracts", ""],
        ["Negotiating contracts with suppliers", "VALIDATE AUTOMATED CELL-CULTURE EQUIPMENT"],
    )
    assert scores.dtype == np.float32
    assert scores[0, 1] == pytest.approx(1.0)
    assert scores[1].argmax() == 0
    assert scores[2].tolist() == [0, 0]
    assert scores.min() >= 0


@given(words=st.lists(st.text(max_size=12), max_size=4))
@settings(deadline=None, max_examples=25)
def test_words_accept_any_text(words):
    scores = tfidf_similarity(words, [*words, "steel"])
    assert scores.shape == (len(words), len(words) + 1)
    assert np.isfinite(scores).all()
    assert tfidf_similarity([], words).shape == (0, len(words))
    assert tfidf_similarity(words, []).shape == (len(words), 0)
