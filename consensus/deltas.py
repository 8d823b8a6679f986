"""Cliff's delta of two groups on every item of a panel at once, without the test of it.

The permutation p is worked out one item at a time, where somebody looks (``divergence``): over a
whole panel it would take longer than everything else together.
"""

import numpy as np
import numpy.typing as npt

from consensus.distribution import Floats, count_table


def cliffs_deltas(first: npt.ArrayLike, second: npt.ArrayLike) -> Floats:
    """Measure how far two groups stand apart on each item: P(first above) − P(first below).

    Parameters: counts of each group, both of shape (items, categories).
    Returns: float64 of shape (items,), from −1 (the first lower throughout) to 1.
    Missing: raters without a code are not in the counts. Undefined: NaN where a group has no
    code, for further arithmetic only.
    Raises: ValueError if the counts are unsound or the shapes differ.
    Reference: as `divergence.divergence`, whose delta it equals item by item.

    >>> cliffs_deltas([[3, 2, 0, 0]], [[0, 0, 3, 2]]).tolist()
    [-1.0]
    """
    a, b = count_table(first), count_table(second)
    if a.shape != b.shape:
        raise ValueError("Groups are compared on the same items and the same scale.")
    above = (a * (b.cumsum(axis=1) - b)).sum(axis=1)
    below = (b * (a.cumsum(axis=1) - a)).sum(axis=1)
    pairs = a.sum(axis=1) * b.sum(axis=1)
    deltas = np.full(len(a), np.nan)
    np.divide(above - below, pairs, out=deltas, where=pairs > 0)
    return deltas
