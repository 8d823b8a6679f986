"""What people who stopped answering may have done to the result.

The primary analysis uses whoever answered. The two other ways to treat drop-out, and the
comparison of leavers with stayers, stand beside it and never replace it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.dissent import distance_to_medians
from consensus.distribution import Integers
from consensus.divergence import Divergence, divergence
from consensus.scale import NO_CODE
from consensus.undefined import Undefined


@dataclass(frozen=True, slots=True)
class Attrition:
    """Leavers beside stayers, by their mean distance to the round 1 medians, in categories.

    comparison: Cliff's delta over people (above 0: the leavers stood further out) and its p.
    """

    leavers: int
    stayers: int
    leavers_distance: float
    stayers_distance: float
    comparison: Divergence


def attrition(
    codes: npt.ArrayLike, stayed: npt.ArrayLike, categories: int = 4
) -> Attrition | Undefined:
    """Compare those who left after round 1 with those who stayed, by where they had stood.

    If the leavers stood further from the medians, agreement in later rounds is partly theirs
    to have caused by leaving.

    Parameters: codes of round 1, integers of shape (raters, items), -1 for no code; stayed,
    booleans of shape (raters,).
    Returns: mean distance of each person to the nearer median, averaged over each side.
    Missing: cells without a code are left out of a person's mean, a person without any code is
    left out altogether. Undefined: NO_PAIRS when a side has nobody, as when nobody left.
    Raises: ValueError if a code is unsound or there is not one answer a rater.
    Reference: our own comparison; see `divergence.divergence` for the statistic.

    >>> result = attrition([[2], [2], [2], [0]], [True, True, True, False])
    >>> result.leavers_distance, result.stayers_distance
    (2.0, 0.0)
    """
    away = distance_to_medians(codes, categories)
    stays = np.asarray(stayed)
    if stays.shape != (len(away),) or stays.dtype != np.bool_:
        raise ValueError("Each rater either stayed or left.")
    rated = away != NO_CODE
    answers = rated.sum(axis=1)
    present = answers > 0
    means = np.where(rated, away, 0).sum(axis=1)[present] / answers[present]
    stays = stays[present]
    values, ranks = np.unique(means, return_inverse=True)
    # A scale has two categories at least, though all distances may be one.
    width = max(len(values), 2)
    left_counts = np.bincount(ranks[~stays], minlength=width)
    stay_counts = np.bincount(ranks[stays], minlength=width)
    comparison = divergence(left_counts, stay_counts)
    if isinstance(comparison, Undefined):
        return comparison
    left, stay = means[~stays], means[stays]
    return Attrition(len(left), len(stay), float(left.mean()), float(stay.mean()), comparison)


def _rounds(codes: npt.ArrayLike) -> Integers:
    table = np.asarray(codes)
    if table.ndim != 3 or not len(table) or not np.issubdtype(table.dtype, np.integer):
        raise ValueError("Codes come as whole numbers by round, by rater and by item.")
    return table.astype(np.int64)


def complete_cases(codes: npt.ArrayLike) -> Integers:
    """Return the last round's codes of those who gave one in every round.

    Parameters: codes, integers of shape (rounds, raters, items), -1 for no code. Give only
    rounds in which the items were asked, since a closed item has no code for anybody.
    Returns: int64 of shape (raters, items).
    Missing and undefined: -1 where any round has no code. Raises: ValueError for another shape.
    Reference: complete-case analysis.

    >>> complete_cases([[[1], [-1]], [[2], [3]]]).tolist()
    [[2], [-1]]
    """
    table = _rounds(codes)
    answered = (table != NO_CODE).all(axis=0)
    last: Integers = np.where(answered, table[-1], NO_CODE)
    return last


def carried_forward(codes: npt.ArrayLike) -> Integers:
    """Return each person's last code on each item, carried over rounds they did not answer.

    Parameters: codes, integers of shape (rounds, raters, items), -1 for no code.
    Returns: int64 of shape (raters, items).
    Missing and undefined: -1 where no round has a code. Raises: ValueError for another shape.
    Reference: last observation carried forward.

    >>> carried_forward([[[1], [-1]], [[-1], [3]]]).tolist()
    [[1], [3]]
    """
    table = _rounds(codes)
    latest: Integers = table[0]
    for following in table[1:]:
        latest = np.where(following == NO_CODE, latest, following)
    return latest
