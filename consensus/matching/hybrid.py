"""The hybrid score: meaning and spelling mixed, each measured in its own standard deviations.

Here lives the mixing alone. The two kinds of score come from `scores`; a hybrid is no cosine, so
it orders statements but is never shown as a percentage nor held against a threshold.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Floats, finite_matrix

WEIGHT_OF_MEANING = 0.8
# An adapter has already learnt most of what spelling tells, so spelling weighs less beside one.
WEIGHT_OF_ADAPTED_MEANING = 0.95

# Sums are taken in whole steps, so that the order of rows and columns cannot change the moments.
FINE_STEPS = 2.0**30
ROWS_PER_BLOCK = 512


@dataclass(frozen=True, slots=True)
class ScoreMoments:
    """Mean and population standard deviation of every score of one matrix; 0 and 0 for none."""

    mean: float
    deviation: float


def score_moments(scores: Floats) -> ScoreMoments:
    """The mean and standard deviation of all scores together, whatever their order.

    Parameters
    ----------
    scores : float (c, m)
        In [−1, 1]; larger ones would leave the range of the whole numbers they are summed in.

    Returns
    -------
    ScoreMoments
        Exact to about 2^-30, and the same to the last bit whatever the order.

    Missing data: none. Undefined: an empty matrix has mean 0 and deviation 0.
    Raises ValueError for scores outside [−1, 1] by more than rounding, or not finite.

    >>> score_moments(np.array([[0.5, 1.0], [0.0, 0.5]]))
    ScoreMoments(mean=0.5, deviation=0.3535533905932738)
    """
    values = finite_matrix(scores, "scores")
    if not values.size:
        return ScoreMoments(0.0, 0.0)
    if np.abs(values).max() > 1 + 1e-5:
        raise ValueError("scores lie between -1 and 1")
    total = squares = 0
    for start in range(0, len(values), ROWS_PER_BLOCK):
        block = values[start : start + ROWS_PER_BLOCK].astype(np.float64)
        total += int(np.rint(block * FINE_STEPS).astype(np.int64).sum())
        squares += int(np.rint(block * block * FINE_STEPS).astype(np.int64).sum())
    mean = total / FINE_STEPS / values.size
    variance = squares / FINE_STEPS / values.size - mean * mean
    # Whole steps leave a trace of variance where every score is the same.
    return ScoreMoments(mean, variance**0.5 if variance > 4 / FINE_STEPS else 0.0)


def hybrid(
    meaning: Floats,
    words: Floats,
    *,
    weight: float = WEIGHT_OF_MEANING,
    moments: tuple[ScoreMoments, ScoreMoments] | None = None,
) -> npt.NDArray[np.float32]:
    """Mix scores of meaning with scores of spelling.

    weight · z(meaning) + (1 − weight) · z(words), where z takes away the mean of **all** scores
    of its matrix and divides by their standard deviation. One mean and one deviation for the
    whole matrix, not one a row: the mix then keeps what tells an easy row from a hard one.

    Parameters
    ----------
    meaning, words : float (c, m)
        From `scores.similarity` and `scores.tfidf_similarity`, of the same statements.
    weight : float
        Share of meaning, 0 to 1; .8 for plain vectors, .95 (`WEIGHT_OF_ADAPTED_MEANING`) for
        vectors that went through an adapter. Both were chosen on O*NET's links.
    moments : (ScoreMoments, ScoreMoments), or None
        Of meaning and of words, when the matrices are blocks of larger ones; None takes them
        from the matrices themselves.

    Returns
    -------
    float32 (c, m)
        In standard deviations; any sign, no fixed range.

    Missing data: none. Undefined: scores that are all the same have no deviation and add 0.
    Raises ValueError for shapes that differ or a weight outside 0 … 1.

    Reference: weighted sum of standardised scores, Lee, Analyses of multiple evidence
    combination, SIGIR 1997.

    >>> hybrid(np.array([[0.2, 0.6]]), np.array([[0.0, 1.0]])).round(3).tolist()
    [[-1.0, 1.0]]
    """
    left, right = finite_matrix(meaning, "meaning"), finite_matrix(words, "words")
    if left.shape != right.shape:
        raise ValueError(f"meaning is {left.shape}, words {right.shape}")
    if not 0 <= weight <= 1:
        raise ValueError(f"a weight lies between 0 and 1, not at {weight}")
    of_left, of_right = moments or (score_moments(left), score_moments(right))
    mixed = np.empty(left.shape, dtype=np.float32)
    for start in range(0, len(left), ROWS_PER_BLOCK):
        block = slice(start, start + ROWS_PER_BLOCK)
        mixed[block] = weight * _z(left[block], of_left)
        mixed[block] += (1 - weight) * _z(right[block], of_right)
    return mixed


def _z(values: Floats, moments: ScoreMoments) -> npt.NDArray[np.float32]:
    if moments.deviation == 0:
        return np.zeros(values.shape, dtype=np.float32)
    standardised: npt.NDArray[np.float32] = (
        (values.astype(np.float64) - moments.mean) / moments.deviation
    ).astype(np.float32)
    return standardised
