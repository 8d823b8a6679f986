"""How far a distribution over an ordered scale agrees with itself.

Three measures of one item's spread, each over all items at once. Agreement between raters over
many items lives in `krippendorff` and `concordance`; no verdict is ever reached here.
"""

from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

from consensus.distribution import Floats, Integers, count_table, shares

LARGEST_SCALE = 12

DECIMALS = 12
"""Results are rounded here, because the last bits of a float sum depend on how many items are
computed at once, and a verdict judged again on its own must come out the same."""


def van_der_eijk(counts: npt.ArrayLike) -> Floats:
    """Measure agreement A of each item, from −1 (two opposite camps) to 1 (unanimous).

    The distribution is peeled into layers of equal height; A is the mean of the layers' own
    agreement weighed by their raters. It is 0 for a flat distribution and below 0 for camps
    with a gap between them. Results nearer to 0 than 10⁻¹² are 0, so that a sum of thirds
    that cancels does not read as two camps.

    Parameters: counts, shape (items, categories), 3 to 12 categories.
    Returns: float64 of shape (items,), no unit.
    Missing: raters without a code are not in the counts. Undefined: NaN where nobody gave a
    code, for further arithmetic only; a verdict carries None instead.
    Raises: ValueError if the counts are unsound or the scale has fewer than 3 or more than 12.
    Reference: van der Eijk (2001), Quality & Quantity 35(3), 325–341.

    >>> van_der_eijk([[0, 1, 8, 1], [5, 0, 0, 5]]).round(4).tolist()
    [0.8, -1.0]
    """
    table = count_table(counts)
    categories = table.shape[1]
    if not 3 <= categories <= LARGEST_SCALE:
        raise ValueError(f"Agreement A is for scales of 3 to {LARGEST_SCALE} categories.")
    weight, pattern = _layers(table)
    raters = weight.sum(axis=0)
    total = (weight * np.array(_layer_agreements(categories))[pattern]).sum(axis=0)
    result = np.full(len(table), np.nan)
    np.divide(total, raters, out=result, where=raters > 0)
    # Adding zero turns a negative zero into a plain one.
    return result.round(DECIMALS) + 0.0


def _layers(table: Integers) -> tuple[Integers, Integers]:
    """Peel every item at once: the raters of each layer and its pattern, (categories, items).

    In the order of their counts, the layer of the m tallest categories is as high as the m-th
    is taller than the next. Layers between equals have no height, so their pattern is of no
    account.
    """
    tallest_first = np.argsort(-table, axis=1, kind="stable").T
    heights = np.take_along_axis(table.T, tallest_first, axis=0)
    heights[:-1] -= heights[1:]
    widths = np.arange(1, len(heights) + 1)[:, np.newaxis]
    return heights * widths, (1 << tallest_first).cumsum(axis=0)


@cache
def _layer_agreements(categories: int) -> tuple[float, ...]:
    """List the agreement of each of the 2^categories layers, bit k of the index being category k.

    A tuple, because a cached array could be altered by whoever receives it.
    """
    return tuple(_layer_agreement(pattern, categories) for pattern in range(1 << categories))


def _layer_agreement(pattern: int, categories: int) -> float:
    cells = [pattern >> k & 1 for k in range(categories)]
    filled = sum(cells)
    if filled in (0, categories):
        return 0.0
    if filled == 1:
        return 1.0
    triples = list(combinations(cells, 3))
    unimodal = triples.count((1, 1, 0)) + triples.count((0, 1, 1))
    bimodal = triples.count((1, 0, 1))
    k = categories
    unimodality = ((k - 2) * unimodal - (k - 1) * bimodal) / ((k - 2) * (unimodal + bimodal))
    return unimodality * (1 - (filled - 1) / (k - 1))


def polarisation(counts: npt.ArrayLike) -> Floats:
    """Turn agreement A into polarisation (1 − A) / 2, from 0 (unanimous) to 1 (opposite camps).

    Shapes, missing data, the undefined case, errors and reference are those of `van_der_eijk`.

    >>> polarisation([[0, 0, 10, 0], [5, 0, 0, 5]]).tolist()
    [0.0, 1.0]
    """
    return (1 - van_der_eijk(counts)) / 2


def tastle_wierman(counts: npt.ArrayLike) -> Floats:
    """Measure consensus of each item, from 0 (half at each end of the scale) to 1 (unanimous).

    1 + Σ p log2(1 − |X − μ| / d), with d the width of the scale (not of the answers). It cannot
    tell a flat distribution from two camps; agreement A can, and stands beside it.

    Parameters: counts, shape (items, categories).
    Returns: float64 of shape (items,), no unit.
    Missing: raters without a code are not in the counts. Undefined: NaN where nobody gave a
    code, for further arithmetic only; a verdict carries None instead.
    Raises: ValueError if the counts are unsound.
    Reference: Tastle and Wierman (2007), International Journal of Approximate Reasoning 45(3).

    >>> tastle_wierman([0, 1, 8, 1]).round(6).tolist()
    [0.883007]
    """
    share = shares(counts)
    categories = np.arange(share.shape[1])
    mean = share @ categories
    return _log_agreement(share, mean, width=float(categories[-1]))


def targeted_agreement(counts: npt.ArrayLike, target: npt.ArrayLike) -> Floats:
    """Measure how far each item agrees on a given category, from 0 to 1 (all on the target).

    1 + Σ p log2(1 − |X − τ| / 2d): it is 0 when all stand at one end and the target is the other.

    Parameters: counts, shape (items, categories); target, one category or shape (items,).
    Returns: float64 of shape (items,), no unit.
    Missing: raters without a code are not in the counts. Undefined: NaN where nobody gave a
    code, for further arithmetic only.
    Raises: ValueError if the counts are unsound or the target is off the scale.
    Reference: Tastle and Wierman (2007), as above, the strength of agreement with a target.

    >>> targeted_agreement([[0, 0, 10, 0], [10, 0, 0, 0]], [2, 3]).tolist()
    [1.0, 0.0]
    """
    share = shares(counts)
    width = share.shape[1] - 1
    towards = np.broadcast_to(np.asarray(target, dtype=np.float64), (len(share),))
    if towards.size and (towards.min() < 0 or towards.max() > width):
        raise ValueError(f"The target lies on the scale, between 0 and {width}.")
    return _log_agreement(share, towards, width=2.0 * width)


def _log_agreement(share: Floats, centre: Floats, width: float) -> Floats:
    distance = np.abs(np.arange(share.shape[1]) - centre[:, np.newaxis])
    # An empty category may lie a whole width away, where the logarithm has no value.
    nearness = np.where(share > 0, 1 - distance / width, 1.0)
    strength: Floats = 1 + (share * np.log2(nearness)).sum(axis=1)
    return strength.round(DECIMALS).clip(0, 1)
