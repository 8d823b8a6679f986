"""From a score to a chance: how often pairs with such a score were judged to match.

Here lives the curve and the measure of how far it is off. A chance in words ("about 1 in 5") is
for the screens; which pairs it is learnt from is for the caller, and must be said beside it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.matching.matches import MILLIONTHS, score_millionths

BINS = 10

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Calibration:
    """A rising curve from score to chance, by its knots.

    scores float64 (k,)  rising strictly, in steps of a millionth
    chances float64 (k,) never falling, in (0, 1)
    pairs int            how many judged pairs it was learnt from
    """

    scores: Numbers
    chances: Numbers
    pairs: int

    def chance(self, scores: npt.ArrayLike) -> Numbers:
        """The chance of a match at each score, of any shape; straight lines between the knots.

        Below the first knot and above the last the chance stays what it is there: nothing was
        observed farther out. NaN for NaN.
        """
        asked = score_millionths(np.asarray(scores)) / MILLIONTHS
        found: Numbers = np.asarray(np.interp(asked, self.scores, self.chances))
        return found


def calibrate(scores: npt.ArrayLike, is_match: npt.ArrayLike) -> Calibration:
    """Learn the curve from judged pairs, by isotonic regression (pool adjacent violators).

    Scores are taken in whole millionths, and equal ones together. Within a pool the chance is the
    share of matches. A pool of n pairs without a match takes 1/(n + 2), one of nothing but
    matches (n + 1)/(n + 2), never past its neighbour: certainty is not learnt from a sample.

    Parameters
    ----------
    scores : float (n,)
    is_match : bool (n,)

    Returns
    -------
    Calibration
        The same whatever the order of the pairs.

    Missing data: leave pairs out that nobody judged. Undefined: raises ValueError for no pairs,
    for lengths that differ, for scores that are not finite and for judgements not boolean.

    Reference: Zadrozny and Elkan, Transforming classifier scores into accurate multiclass
    probability estimates, KDD 2002; scipy.optimize.isotonic_regression.

    >>> curve = calibrate([0.1, 0.2, 0.3, 0.4], [False, True, False, True])
    >>> curve.chance([0.0, 0.1, 0.25, 0.4]).round(3).tolist()
    [0.333, 0.333, 0.5, 0.667]
    """
    from scipy.optimize import isotonic_regression

    values, judged = _pairs(scores, is_match)
    if not len(values):
        raise ValueError("a calibration cannot be learnt without judged pairs")
    steps, place = np.unique(score_millionths(values), return_inverse=True)
    count = np.bincount(place)
    share = np.bincount(place, weights=judged) / count
    fitted = isotonic_regression(share, weights=count)
    starts = np.asarray(fitted.blocks, dtype=np.int64)
    chances = _uncertain(np.asarray(fitted.x)[starts[:-1]], np.asarray(fitted.weights))
    ends = starts[1:] - 1
    # Each pool is level from its first score to its last; a pool of one score has one knot.
    knots = np.unique(np.concatenate((starts[:-1], ends)))
    pool = np.searchsorted(starts, knots, side="right") - 1
    return Calibration(steps[knots] / MILLIONTHS, chances[pool], len(values))


def _uncertain(chances: Numbers, sizes: Numbers) -> Numbers:
    """Keep the lowest pool above 0 and the highest below 1; only they can be there."""
    kept = chances.copy()
    if len(kept) == 1:
        return np.clip(kept, 1 / (sizes + 2), (sizes + 1) / (sizes + 2))
    if kept[0] <= 0:
        kept[0] = min(1 / (sizes[0] + 2), kept[1])
    if kept[-1] >= 1:
        kept[-1] = max((sizes[-1] + 1) / (sizes[-1] + 2), kept[-2])
    return kept


def expected_calibration_error(
    chances: npt.ArrayLike, is_match: npt.ArrayLike, bins: int = BINS
) -> float:
    """How far stated chances are from what happened, on average.

    Pairs are put into `bins` bins of equal width over 0 to 1 by their chance, i/b belonging to
    the bin above and 1 to the last. The error is the mean over all pairs of the distance, in
    their bin, between the mean chance and the share of matches.

    Parameters
    ----------
    chances : float (n,)
        In [0, 1].
    is_match : bool (n,)
    bins : int

    Returns
    -------
    float
        From 0 to 1. It says how honest the chances are, not how useful: the base rate alone,
        said of every pair, has an error near 0.

    Missing data: leave such pairs out. Undefined: NaN for no pairs. Raises ValueError for chances
    outside 0 … 1, lengths that differ, or fewer than one bin.

    Reference: Naeini, Cooper and Hauskrecht, Obtaining well calibrated probabilities using
    Bayesian binning, AAAI 2015.

    >>> expected_calibration_error([0.25, 0.25, 0.75, 0.75], [False, True, True, True])
    0.25
    """
    stated, judged = _pairs(chances, is_match)
    if bins < 1:
        raise ValueError("bins must be at least 1")
    if not len(stated):
        return float("nan")
    if stated.min() < 0 or stated.max() > 1:
        raise ValueError("chances lie between 0 and 1")
    place = np.minimum((stated * bins).astype(np.int64), bins - 1)
    distance = np.bincount(place, weights=stated) - np.bincount(place, weights=judged)
    return float(np.abs(distance).sum() / len(stated))


def _pairs(values: npt.ArrayLike, is_match: npt.ArrayLike) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    numbers = np.asarray(values, dtype=np.float64)
    flags = np.asarray(is_match)
    if flags.size and flags.dtype != np.bool_:
        raise ValueError(f"is_match must be boolean, not {flags.dtype}")
    if numbers.ndim != 1 or numbers.shape != flags.shape:
        raise ValueError(f"one judgement a score: {numbers.shape} and {flags.shape}")
    if not np.isfinite(numbers).all():
        raise ValueError("a score or a chance is not a finite number")
    return numbers, flags.astype(np.bool_)
