"""The shape of a distribution over an ordered scale: one hump or two.

It warns that a median may describe nobody. It never changes a verdict.
"""

from itertools import combinations

import numpy as np
import numpy.typing as npt

from consensus.agreement import van_der_eijk
from consensus.distribution import Booleans, count_table

HUMP_PERCENT = 20


def has_two_humps(counts: npt.ArrayLike) -> Booleans:
    """Say of each item whether two humps of 20 % or more have a strictly lower trough between.

    It finds the bloc that quartiles hide: two raters on "not needed" and eight on Practitioner
    have a range of 0 and 80 % agreement.

    Parameters: counts, shape (items, categories).
    Returns: booleans of shape (items,).
    Missing: raters without a code are not in the counts. Undefined: False where nobody gave a
    code. Raises: ValueError if the counts are unsound.
    Reference: our own rule.

    >>> has_two_humps([[2, 0, 8, 0], [0, 2, 6, 2]]).tolist()
    [True, False]
    """
    table = count_table(counts)
    n = table.sum(axis=1)
    found = np.zeros(len(table), dtype=np.bool_)
    # Two humps with a trough are three categories, of which the middle one is the lowest.
    for left, trough, right in combinations(range(table.shape[1]), 3):
        lower_hump = np.minimum(table[:, left], table[:, right])
        found |= (100 * lower_hump >= HUMP_PERCENT * n) & (table[:, trough] < lower_hump)
    return found


def is_bimodal(counts: npt.ArrayLike) -> Booleans:
    """Say of each item whether it has two camps: agreement A below 0, or two humps.

    Parameters: counts, shape (items, categories), 3 to 12 categories.
    Returns: booleans of shape (items,).
    Missing: raters without a code are not in the counts. Undefined: False where nobody gave a
    code. Raises: ValueError if the counts are unsound or the scale is too short or too long.
    Reference: van der Eijk (2001) for A; joining the two is our own rule.

    >>> is_bimodal([[0, 5, 0, 5], [0, 1, 8, 1]]).tolist()
    [True, False]
    """
    camps: Booleans = van_der_eijk(counts) < 0
    return camps | has_two_humps(counts)
