"""The coefficient of variation, for comparison with tools that print it.

It treats codes as distances, which an ordinal scale does not support, so no verdict, no
stability and no closing of Pythia's ever rests on it.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from consensus.scale import NO_CODE
from consensus.undefined import Undefined


@dataclass(frozen=True, slots=True)
class Variation:
    """Mean, standard deviation (n − 1) and their ratio over the raters with a code.

    `complement` is 1 − the ratio, which some survey tools print as "stability".
    """

    n: int
    mean: float
    deviation: float
    coefficient: float

    @property
    def complement(self) -> float:
        """1 − the coefficient of variation, no unit; below 0 when the spread exceeds the mean."""
        return 1 - self.coefficient


def variation(codes: npt.ArrayLike) -> Variation | Undefined:
    """Return the coefficient of variation of one item's codes.

    Parameters: codes, whole numbers of shape (raters,), 0 upward, -1 for no code.
    Returns: mean and deviation in categories, coefficient without unit.
    Missing: cells without a code are left out. Undefined: TOO_FEW_RATERS below two codes,
    ZERO_MEAN when every code is 0. Raises: ValueError for another shape, for numbers that are
    not whole, or below -1.
    Reference: the sample coefficient of variation; for stability between rounds a difference
    below .2 is usual.

    >>> round(variation([1, 1, 2, 3, 3, 5, 1]).complement, 6)
    0.345488
    """
    table = np.asarray(codes)
    if table.ndim != 1 or (table.size and not np.issubdtype(table.dtype, np.integer)):
        raise ValueError("The codes of one item come as one row of whole numbers.")
    given = table[table != NO_CODE].astype(np.int64)
    n, total = len(given), int(given.sum())
    if n and given.min() < 0:
        raise ValueError("A code is 0 or more, or -1 for no code.")
    if n < 2:
        return Undefined.TOO_FEW_RATERS
    if total == 0:
        return Undefined.ZERO_MEAN
    mean = total / n
    # Whole numbers until the last step: equal codes then have a deviation of exactly 0.
    squares = n * int((given**2).sum()) - total**2
    deviation = sqrt(squares / (n * (n - 1)))
    return Variation(n, mean, deviation, deviation / mean)
