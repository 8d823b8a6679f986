"""From scores to matches: the threshold, the human verdicts, and which capabilities stay alone.

This is the one place where a score meets a threshold. Fit and surplus are counted in `fit`.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import (
    Flags,
    Floats,
    Indices,
    finite_matrix,
    flag_matrix,
    index_pairs,
)

MILLIONTHS = 1_000_000
MILLIONTHS_PER_PERCENT = 10_000


def score_millionths(scores: Floats) -> npt.NDArray[np.float64]:
    """Scores in whole millionths: the form in which they are held against a threshold.

    A float32 score of .7 is .699999988, and the batch size of the encoder moves a cosine by up to
    6e-7. Rounding to a millionth (a ten-thousandth of a percentage point) makes a score that
    prints as 70 % pass a threshold of 70. Rounding never reverses two scores, so a higher
    threshold can only lose matches.

    >>> score_millionths(np.array([0.7], dtype=np.float32)).tolist()
    [700000.0]
    """
    return np.rint(np.asarray(scores, dtype=np.float64) * MILLIONTHS)


def threshold_millionths(threshold_percent: float) -> int:
    """A threshold of 0 to 100 % in whole millionths, the same unit as `score_millionths`.

    Raises ValueError outside 0 … 100 or for a threshold that is not a number.

    >>> threshold_millionths(55.8)
    558000
    """
    if not 0 <= threshold_percent <= 100:
        raise ValueError(f"a threshold lies between 0 and 100 %, not at {threshold_percent}")
    return round(threshold_percent * MILLIONTHS_PER_PERCENT)


def reached(scores: Floats, threshold_percent: float) -> Flags:
    """Which scores reach a threshold, in an array of any shape, whatever people say of the pairs.

    Raises ValueError as `threshold_millionths`.

    >>> reached(np.array([0.7, 0.69999], dtype=np.float32), 70).tolist()
    [True, False]
    """
    reaches: Flags = score_millionths(scores) >= threshold_millionths(threshold_percent)
    return reaches


def verdict_pairs(
    shape: tuple[int, int], accepted: npt.ArrayLike | None, rejected: npt.ArrayLike | None
) -> tuple[Indices, Indices]:
    """The human verdicts on matches, checked: rows (capability, duty) inside `shape`.

    Raises ValueError where a pair is malformed, lies outside `shape`, or is both accepted and
    rejected: which of two verdicts counts is for the caller to know. Repeats are harmless.
    """
    yes = index_pairs(accepted, shape, "accepted")
    no = index_pairs(rejected, shape, "rejected")
    both = np.intersect1d(yes[:, 0] * shape[1] + yes[:, 1], no[:, 0] * shape[1] + no[:, 1])
    if both.size:
        capability, duty = divmod(int(both[0]), shape[1])
        raise ValueError(f"capability {capability}, duty {duty} is both accepted and rejected")
    return yes, no


def matched(
    scores: Floats,
    threshold_percent: float,
    accepted: npt.ArrayLike | None = None,
    rejected: npt.ArrayLike | None = None,
) -> Flags:
    """Which capabilities match which duties.

    A pair matches when its score reaches the threshold, compared in whole millionths. A human
    verdict always wins: an accepted pair matches whatever its score, a rejected one never does.

    Parameters
    ----------
    scores : float (c, m)
        Similarities in [−1, 1].
    threshold_percent : float
        0 to 100; `score * 100 >= threshold_percent`, see `score_millionths` for the rounding.
    accepted, rejected : int (k, 2), or None
        Rows (capability, duty). Repeats are harmless.

    Returns
    -------
    bool (c, m)

    Missing data: a score must be a number; give a pair that was not compared a score of 0 or
    reject it. Undefined: none. Raises ValueError for a threshold outside 0 … 100, scores that are
    not finite, a verdict outside the scores, or a pair both accepted and rejected.

    Reference: design rule of map and gap, "a human verdict outranks the score".

    >>> matched(np.array([[0.9, 0.7, 0.2]]), 70, accepted=[(0, 2)], rejected=[(0, 0)]).tolist()
    [[False, True, True]]
    """
    values = finite_matrix(scores, "scores")
    yes, no = verdict_pairs(_shape(values), accepted, rejected)
    result = reached(values, threshold_percent)
    result[yes[:, 0], yes[:, 1]] = True
    result[no[:, 0], no[:, 1]] = False
    return result


def unsupported(matched: Flags) -> Flags:
    """Which capabilities are matched by no duty of the whole framework.

    `matched` is bool (c, m); the result bool (c,). With no duties at all every capability is
    unsupported: that is the definition, not a special case. Raises ValueError for scores in place
    of flags.

    >>> unsupported(np.array([[True, False], [False, False]])).tolist()
    [False, True]
    """
    flags = flag_matrix(matched, "matched")
    alone: Flags = ~np.logical_or.reduce(flags, axis=1)
    return alone


def unsupported_curve(
    scores: Floats,
    thresholds: Sequence[float] | npt.NDArray[np.floating] | npt.NDArray[np.integer],
    accepted: npt.ArrayLike | None = None,
    rejected: npt.ArrayLike | None = None,
) -> Indices:
    """How many capabilities are unsupported at each threshold.

    Equal at every threshold to `unsupported(matched(scores, threshold, accepted, rejected)).sum()`
    but with one pass over the scores: only the best score that was not rejected matters, and a
    capability with an accepted match is supported at any threshold.

    Parameters
    ----------
    scores : float (c, m)
    thresholds : (t,) percentages, 0 to 100, in any order
    accepted, rejected : int (k, 2), or None

    Returns
    -------
    int64 (t,)
        Counts of capabilities, from 0 to c; never falls as the threshold rises.

    Missing data, undefined cases and errors as in `matched`; with no duties every count is c.

    >>> unsupported_curve(np.array([[0.9], [0.5]]), [40, 60, 95]).tolist()
    [0, 1, 2]
    """
    values = finite_matrix(scores, "scores")
    yes, no = verdict_pairs(_shape(values), accepted, rejected)
    best = score_millionths(values)
    best[no[:, 0], no[:, 1]] = -np.inf
    best[yes[:, 0], yes[:, 1]] = np.inf
    peaks = np.sort(best.max(axis=1, initial=-np.inf))
    cuts = [threshold_millionths(float(threshold)) for threshold in thresholds]
    return np.searchsorted(peaks, np.asarray(cuts, dtype=np.float64), side="left").astype(np.int64)


def _shape(values: Floats) -> tuple[int, int]:
    return values.shape[0], values.shape[1]
