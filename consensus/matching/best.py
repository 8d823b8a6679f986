"""The best duty for each capability: over the whole framework, and within each standard.

What an explorer shows beside a capability. Whether that duty is good enough is for `matches`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Floats, Indices, Integers, duties_by_standard, finite_matrix
from consensus.matching.matches import verdict_pairs

NO_DUTY = -1


@dataclass(frozen=True, eq=False)
class BestDuty:
    """Best duties of c capabilities over s standards.

    duty              int64 (c,)      index of the best duty of all, −1 for none
    score             float64 (c,)    its machine score, NaN for none
    standard_duty     int64 (c, s)    index of the best duty within each standard, −1 for none
    standard_score    float64 (c, s)  its machine score, NaN for none
    """

    duty: Indices
    score: npt.NDArray[np.float64]
    standard_duty: Indices
    standard_score: npt.NDArray[np.float64]


def best_duty(
    scores: Floats,
    standard_of_duty: Integers,
    standards: int,
    *,
    accepted: npt.ArrayLike | None = None,
    rejected: npt.ArrayLike | None = None,
) -> BestDuty:
    """Find the best duty of each capability, overall and in every standard.

    Accepted pairs stand before all others, rejected ones never stand; among the rest the highest
    score wins, and of equal scores the lowest duty index. The score given is always the
    machine's own, so that suggestion and decision can be shown side by side.

    Parameters
    ----------
    scores : float (c, m)
    standard_of_duty : int (m,)
    standards : int
    accepted, rejected : int (k, 2), or None

    Returns
    -------
    BestDuty

    Missing data: none. Undefined: −1 and NaN where there is no duty, or every duty was rejected.
    Raises ValueError as `fit.two_way` does.

    Reference: nearest neighbour by exhaustive search; ties by order of the framework.

    >>> best = best_duty(np.array([[0.5, 0.9, 0.9]]), np.array([0, 1, 1]), 3)
    >>> best.duty.tolist(), best.standard_duty.tolist()
    ([1], [[0, 1, -1]])
    """
    values = finite_matrix(scores, "scores").astype(np.float64)
    yes, no = verdict_pairs((values.shape[0], values.shape[1]), accepted, rejected)
    duties = duties_by_standard(standard_of_duty, standards)
    if len(duties.order) != values.shape[1]:
        raise ValueError("standard_of_duty must name one standard per duty")
    keys = values.copy()
    keys[yes[:, 0], yes[:, 1]] += 4  # above any cosine, and still in order among the accepted
    keys[no[:, 0], no[:, 1]] = -np.inf
    within = np.full((len(values), standards), NO_DUTY, dtype=np.int64)
    for begin, standard in zip(duties.starts, duties.present, strict=True):
        own = duties.order[begin : begin + duties.duty_count[standard]]
        within[:, standard] = _best_of(keys, own)
    overall = _best_of(keys, np.arange(values.shape[1]))
    return BestDuty(
        duty=overall,
        score=_scores_at(values, overall[:, None])[:, 0],
        standard_duty=within,
        standard_score=_scores_at(values, within),
    )


def _best_of(keys: npt.NDArray[np.float64], duties: Indices) -> Indices:
    """The duty with the highest key in each row, of `duties` alone; the first of equals."""
    if not len(duties):
        return np.full(len(keys), NO_DUTY, dtype=np.int64)
    own = keys[:, duties]
    first = own.argmax(axis=1)
    is_there = own[np.arange(len(own)), first] > -np.inf
    return np.where(is_there, duties[first], NO_DUTY)


def _scores_at(values: npt.NDArray[np.float64], duty: Indices) -> npt.NDArray[np.float64]:
    if not values.size:
        return np.full(duty.shape, np.nan)
    found = np.take_along_axis(values, np.maximum(duty, 0), axis=1)
    return np.where(duty == NO_DUTY, np.nan, found)
