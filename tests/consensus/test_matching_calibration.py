"""Calibration: chances that rise with the score, are honest, and are never certain."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

from consensus.matching import calibrate, expected_calibration_error

quick = settings(deadline=None, max_examples=60)
judged = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=60)


def read(pairs):
    scores = np.array([score / 20 for score, _ in pairs])
    return scores, np.array([is_match for _, is_match in pairs])


def test_violators_are_pooled():
    curve = calibrate([0.1, 0.2, 0.3, 0.4, 0.5], [False, True, True, False, True])
    assert curve.scores.tolist() == [0.1, 0.2, 0.4, 0.5]
    np.testing.assert_allclose(curve.chances, [1 / 3, 2 / 3, 2 / 3, 2 / 3])
    assert curve.pairs == 5
    assert curve.chance(0.3) == pytest.approx(2 / 3)
    assert curve.chance(0.15) == pytest.approx(0.5)


@quick
@given(pairs=judged)
def test_chances_rise_with_the_score_and_are_never_certain(pairs):
    scores, is_match = read(pairs)
    chances = calibrate(scores, is_match).chance(np.linspace(-1, 1, 201))
    assert (np.diff(chances) >= 0).all()
    assert (chances > 0).all()
    assert (chances < 1).all()


@quick
@given(pairs=judged, seed=st.integers(0, 99))
def test_the_order_of_pairs_changes_no_bit(pairs, seed):
    scores, is_match = read(pairs)
    order = np.random.default_rng(seed).permutation(len(scores))
    first, second = calibrate(scores, is_match), calibrate(scores[order], is_match[order])
    assert first.scores.tobytes() == second.scores.tobytes()
    assert first.chances.tobytes() == second.chances.tobytes()


@quick
@given(pairs=judged)
def test_between_certainties_it_is_the_isotonic_regression_of_scikit_learn(pairs):
    scores, is_match = read(pairs)
    reference = IsotonicRegression().fit(scores, is_match).predict(scores)
    chances = calibrate(scores, is_match).chance(scores)
    inner = (reference > 1e-9) & (reference < 1 - 1e-9)
    if np.unique(reference.round(9)).size > 2 and inner.any():
        np.testing.assert_allclose(chances[inner], reference[inner], atol=1e-6)


@quick
@given(pairs=judged)
def test_a_score_of_a_batch_of_another_size_has_the_same_chance(pairs):
    scores, is_match = read(pairs)
    curve = calibrate(scores, is_match)
    np.testing.assert_allclose(
        curve.chance(scores + 4e-7), curve.chance(scores), rtol=0, atol=1e-12
    )


def test_a_sample_of_one_kind_is_still_not_certain():
    assert calibrate([0.2, 0.4], [True, True]).chance(0.3) == pytest.approx(0.75)
    assert calibrate([0.2, 0.4], [False, False]).chance(0.3) == pytest.approx(0.25)


def test_calibrated_chances_are_honest_on_pairs_not_learnt_from():
    random = np.random.default_rng(11)
    scores = random.uniform(0, 1, 20_000)
    is_match = random.random(20_000) < scores**3
    seen, unseen = slice(0, 10_000), slice(10_000, None)
    curve = calibrate(scores[seen], is_match[seen])
    raw = expected_calibration_error(scores[unseen], is_match[unseen])
    honest = expected_calibration_error(curve.chance(scores[unseen]), is_match[unseen])
    assert raw > 0.2
    assert honest < 0.02


def test_the_error_is_the_mean_distance_in_bins_of_equal_width():
    chances = [0.05, 0.10, 0.15, 1.0]
    is_match = [False, True, False, True]
    # Bins [0, .1), [.1, .2) and [.9, 1]: distances .05, .75 and 0, over four pairs.
    assert expected_calibration_error(chances, is_match) == pytest.approx(0.8 / 4)
    assert expected_calibration_error([0.5, 0.5], [True, False], bins=1) == 0


def test_nothing_judged_has_no_error_and_no_curve():
    assert np.isnan(expected_calibration_error([], []))
    with pytest.raises(ValueError, match="without judged"):
        calibrate([], [])


@pytest.mark.parametrize(
    ("scores", "is_match", "words"),
    [
        ([0.1, 0.2], [True], "judgement"),
        ([0.1], [1], "boolean"),
        ([np.nan], [True], "finite"),
    ],
)
def test_what_cannot_be_learnt_from_is_refused(scores, is_match, words):
    with pytest.raises(ValueError, match=words):
        calibrate(scores, is_match)


def test_what_is_no_chance_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        expected_calibration_error([1.2], [True])
    with pytest.raises(ValueError, match="bins"):
        expected_calibration_error([0.2], [True], bins=0)
