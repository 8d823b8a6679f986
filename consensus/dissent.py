"""Who stands away from the middle of the panel, so that a reason can be asked for.

Dissent is kept, carried to a minority report and never trimmed from any count.
"""

import numpy as np
import numpy.typing as npt

from consensus.distribution import (
    Booleans,
    Codes,
    Integers,
    Medians,
    code_table,
    counts,
    medians,
)
from consensus.scale import NO_CODE

MEDIAN_NEIGHBOURHOOD = 1


def distance_to_medians(codes: npt.ArrayLike, categories: int = 4) -> Integers:
    """Return how many categories each code lies from the nearer of its item's two medians.

    Nobody stands between the two medians, which are neighbours in the order of the codes, so a
    panel of two halves has no code away from its middle.

    Parameters: codes, integers of shape (raters, items), -1 for no code.
    Returns: categories, int64 of shape (raters, items).
    Missing and undefined: -1 where the rater gave no code. Raises: ValueError if a code or the
    table is unsound.
    Reference: our own rule on the two medians of an ordinal scale.

    >>> distance_to_medians([[2], [2], [0], [-1]]).tolist()
    [[0], [0], [2], [-1]]
    """
    table = code_table(codes, categories).astype(np.int64)
    middle = medians(counts(table, categories))
    away = np.maximum(np.maximum(middle.lower - table, table - middle.upper), 0)
    return np.where(table == NO_CODE, NO_CODE, away).astype(np.int64)


def is_outlying(
    codes: npt.ArrayLike, distance: int = MEDIAN_NEIGHBOURHOOD, categories: int = 4
) -> Booleans:
    """Say of each code whether it lies more than a distance from the nearer median.

    Parameters: codes, integers of shape (raters, items), -1 for no code; distance in categories.
    Returns: booleans of shape (raters, items).
    Missing and undefined: False where the rater gave no code. Raises: ValueError if a code or
    the table is unsound, or the distance is below zero.
    Reference: as `distance_to_medians`; more than one category away by default.

    >>> is_outlying([[2], [2], [2], [0], [1]]).tolist()
    [[False], [False], [False], [True], [False]]
    """
    if distance < 0:
        raise ValueError("A distance is not below zero.")
    table = code_table(codes, categories)
    return outlying_from(table, medians(counts(table, categories)), distance)


def outlying_from(table: Codes, middle: Medians, distance: int) -> Booleans:
    """Say what `is_outlying` says of sound codes whose medians are known already.

    Parameters: codes of shape (raters, items), -1 for no code; their medians; the distance.

    >>> middle = Medians(np.array([2]), np.array([2]))
    >>> outlying_from(np.array([[2], [0], [-1]], dtype=np.int8), middle, 1).tolist()
    [[False], [True], [False]]
    """
    # Any code lies on the scale, so no distance needs to reach beyond the widest of bytes.
    reach = min(distance, int(np.iinfo(table.dtype).max) // 2)
    # In the codes' own type: a panel in bytes is compared without being copied.
    lowest = np.maximum(middle.lower - reach, 0).astype(table.dtype)
    highest = np.minimum(middle.upper + reach, np.iinfo(table.dtype).max).astype(table.dtype)
    outlying: Booleans = (table < lowest) & (table != NO_CODE)
    outlying |= table > highest
    return outlying
