"""How far the same people's answers agree between two rounds, as one coefficient.

How much the panel moved, and whether that is stable, lives in `stability` and never here.
"""

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from consensus.distribution import Floats
from consensus.stability import pairs
from consensus.undefined import Undefined


class Weighting(StrEnum):
    """How much a disagreement of several categories weighs."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


def weighted_kappa(
    codes_before: npt.ArrayLike,
    codes_after: npt.ArrayLike,
    weighting: Weighting = Weighting.LINEAR,
    categories: int = 4,
) -> float | Undefined:
    """Measure agreement between two rounds beyond chance: 1 − Σ w·observed / Σ w·expected.

    Parameters: codes of the same people, both of shape (raters,), -1 for no code; how several
    categories weigh: |i − j| / (k − 1), its square, or any difference alike.
    Returns: kappa, at most 1, no unit.
    Missing: only people with a code in both rounds count. Undefined: NO_PAIRS without such a
    person, NO_VARIATION when both rounds hold one and the same category.
    Raises: ValueError if the shapes differ or a code is off the scale.
    Reference: Cohen (1968), Psychological Bulletin 70(4); between rounds: Holey et al. (2007),
    BMC Medical Research Methodology 7:52.

    >>> weighted_kappa([0, 1, 2, 3], [0, 1, 2, 3])
    1.0
    """
    first, second = pairs(codes_before, codes_after)
    if not len(first):
        return Undefined.NO_PAIRS
    both = np.concatenate([first, second])
    if both.min() < 0 or both.max() >= categories:
        raise ValueError(f"A code lies between 0 and {categories - 1}, or is -1 for no code.")
    cells = np.bincount(first * categories + second, minlength=categories**2)
    observed = cells.reshape(categories, categories)
    weights = _weights(weighting, categories)
    by_chance = np.outer(observed.sum(axis=1), observed.sum(axis=0)) / len(first)
    expected = float((weights * by_chance).sum())
    if expected == 0:
        return Undefined.NO_VARIATION
    return 1 - float((weights * observed).sum()) / expected


def _weights(weighting: Weighting, categories: int) -> Floats:
    apart = np.abs(np.subtract.outer(np.arange(categories), np.arange(categories)))
    if weighting is Weighting.NONE:
        return (apart > 0).astype(np.float64)
    steps: Floats = apart / (categories - 1)
    return steps**2 if weighting is Weighting.QUADRATIC else steps


def spearman(codes_before: npt.ArrayLike, codes_after: npt.ArrayLike) -> float | Undefined:
    """Correlate the ranks of the same people's codes between two rounds.

    It says whether those who stood higher still do, not whether anybody stayed where they were.

    Parameters: codes of the same people, both of shape (raters,), -1 for no code.
    Returns: rho from −1 to 1, no unit.
    Missing: only people with a code in both rounds count. Undefined: NO_PAIRS below two such
    people, NO_VARIATION when a round holds one category.
    Raises: ValueError if the shapes differ or codes are not whole numbers.
    Reference: Spearman (1904), American Journal of Psychology 15(1).

    >>> round(spearman([0, 1, 2, 3], [0, 1, 3, 2]), 6)
    0.8
    """
    first, second = pairs(codes_before, codes_after)
    if len(first) < 2:
        return Undefined.NO_PAIRS
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return Undefined.NO_VARIATION
    from scipy import stats

    return float(stats.spearmanr(first, second).statistic)
