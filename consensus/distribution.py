"""How the codes of a panel spread over the scale: counts, medians, quartiles, shares, intervals.

Everything after `counts` works on a table of counts, one row an item and one column a category.
No judgement of what a distribution means is made here.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from consensus.scale import NO_CODE

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]

Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Medians:
    """Lower and upper median category of each item, shape (items,); -1 where nobody gave a code."""

    lower: Integers
    upper: Integers


@dataclass(frozen=True, slots=True)
class Quartiles:
    """First and third quartile category of each item, shape (items,); -1 without a code."""

    lower: Integers
    upper: Integers

    @property
    def distance(self) -> Integers:
        """Interquartile range in categories, shape (items,); -1 where nobody gave a code."""
        return np.where(self.lower == NO_CODE, NO_CODE, self.upper - self.lower)


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval of a proportion, both ends between 0 and 1."""

    low: float
    high: float


def code_table(codes: npt.ArrayLike, categories: int) -> Integers:
    """Return codes as int64, shape (raters, items), once they are known to be sound.

    Codes run from 0 to categories − 1, and `NO_CODE` (-1) marks a cell without a code.
    Raises ValueError for another shape, for numbers that are not whole, for codes off the scale.

    >>> code_table([[0, -1], [3, 2]], 4).shape
    (2, 2)
    """
    table = np.asarray(codes)
    if table.ndim != 2:
        raise ValueError("Codes come as a table with one row a rater and one column an item.")
    if not np.issubdtype(table.dtype, np.integer):
        raise ValueError("Codes are whole numbers.")
    if table.size and (table.min() < NO_CODE or table.max() >= categories):
        raise ValueError(f"A code lies between 0 and {categories - 1}, or is -1 for no code.")
    return table.astype(np.int64)


def count_table(counts: npt.ArrayLike) -> Integers:
    """Return counts as int64, shape (items, categories), once they are known to be sound.

    One row alone is read as one item. Raises ValueError for another shape, for numbers that are
    not whole and for counts below zero.

    >>> count_table([0, 1, 8, 1]).shape
    (1, 4)
    """
    table = np.asarray(counts)
    if table.ndim == 1:
        table = table[np.newaxis, :]
    if table.ndim != 2 or table.shape[1] < 2:
        raise ValueError("Counts come as a table with one row an item and one column a category.")
    if not np.issubdtype(table.dtype, np.integer):
        raise ValueError("Counts are whole numbers.")
    if table.size and table.min() < 0:
        raise ValueError("A count is never below zero.")
    return table.astype(np.int64)


def counts(codes: npt.ArrayLike, categories: int = 4) -> Integers:
    """Count, for each item, how many raters gave each code.

    Parameters: codes, integers of shape (raters, items), 0 to categories − 1, or -1 for no code.
    Returns: raters per category, int64 of shape (items, categories).
    Missing: a cell without a code is in no count, so it leaves every denominator.
    Undefined: an item without a code is a row of zeros.
    Raises: ValueError if the table or a code is unsound.

    >>> counts([[2, 0], [2, -1], [3, 0]]).tolist()
    [[0, 0, 2, 1], [2, 0, 0, 0]]
    """
    table = code_table(codes, categories)
    items = table.shape[1]
    cells = table + np.arange(items, dtype=np.int64) * categories
    flat = np.bincount(cells[table != NO_CODE], minlength=items * categories)
    return flat.astype(np.int64).reshape(items, categories)


def _first_category_reaching(table: Integers, share: tuple[int, int]) -> Integers:
    """Return the lowest category at which the running count reaches the share of the raters."""
    running = table.cumsum(axis=1)
    numerator, denominator = share
    reached = denominator * running >= numerator * running[:, -1:]
    return np.where(running[:, -1] == 0, NO_CODE, reached.argmax(axis=1)).astype(np.int64)


def medians(counts: npt.ArrayLike) -> Medians:
    """Find the lower and the upper median category of each item.

    With an odd number of raters the two are one. With an even number they may differ, and the
    midpoint is never taken: "two and a half" is not a category of an ordinal scale.

    Parameters: counts, shape (items, categories).
    Returns: two int64 arrays of shape (items,).
    Missing: raters without a code are not in the counts. Undefined: -1 where nobody gave a code.
    Raises: ValueError if the counts are unsound.

    >>> both = medians([[0, 0, 5, 5], [0, 0, 0, 0]])
    >>> both.lower.tolist(), both.upper.tolist()
    ([2, -1], [3, -1])
    """
    table = count_table(counts)
    lower = _first_category_reaching(table, (1, 2))
    # The upper median is the lower median read from the other end of the scale.
    mirrored = _first_category_reaching(table[:, ::-1], (1, 2))
    upper = np.where(mirrored == NO_CODE, NO_CODE, table.shape[1] - 1 - mirrored)
    return Medians(lower, upper)


def quartiles(counts: npt.ArrayLike) -> Quartiles:
    """Find the first and the third quartile category of each item, by inverted distribution.

    The convention is pinned because "IQR at most 1" changes with it: for 1,1,2,2,2,2,3,3 the
    range is 0, 0.5, 1 or 1.5 in common libraries. This one (numpy's `inverted_cdf`) always
    answers with a real category.

    Parameters: counts, shape (items, categories).
    Returns: two int64 arrays of shape (items,); `distance` is the range in categories.
    Missing: raters without a code are not in the counts. Undefined: -1 where nobody gave a code.
    Raises: ValueError if the counts are unsound.
    Reference: Hyndman and Fan (1996), The American Statistician 50(4), definition 1.

    >>> quartiles([0, 2, 4, 2]).distance.tolist()
    [1]
    """
    table = count_table(counts)
    return Quartiles(
        _first_category_reaching(table, (1, 4)), _first_category_reaching(table, (3, 4))
    )


def shares(counts: npt.ArrayLike) -> Floats:
    """Divide each count by the raters who gave a code on that item.

    Parameters: counts, shape (items, categories).
    Returns: proportions from 0 to 1, float64 of shape (items, categories).
    Missing: raters without a code are not in the counts. Undefined: a row of NaN where nobody
    gave a code; it is for further arithmetic and never for a screen.
    Raises: ValueError if the counts are unsound.

    >>> shares([0, 1, 8, 1]).tolist()
    [[0.0, 0.1, 0.8, 0.1]]
    """
    table = count_table(counts)
    raters = table.sum(axis=1, keepdims=True)
    result = np.full(table.shape, np.nan)
    np.divide(table, raters, out=result, where=raters > 0)
    return result


def wilson_interval(successes: int, n: int, z: float = Z_95) -> Interval | None:
    """Return the Wilson score interval of a proportion.

    Parameters: successes out of n raters; z, the normal quantile (1.96 for 95 %).
    Returns: both ends as proportions from 0 to 1.
    Missing: n counts only raters with a code. Undefined: None when n is 0.
    Raises: ValueError unless 0 <= successes <= n and z > 0.
    Reference: Wilson (1927), Journal of the American Statistical Association 22(158).

    >>> interval = wilson_interval(8, 10)
    >>> round(interval.low, 4), round(interval.high, 4)
    (0.4902, 0.9433)
    """
    if not 0 <= successes <= n:
        raise ValueError("Successes lie between none and all of the raters.")
    if z <= 0:
        raise ValueError("The normal quantile is above zero.")
    if n == 0:
        return None
    share, spread = successes / n, z * z / n
    centre = share + spread / 2
    half = z * sqrt(share * (1 - share) / n + spread / (4 * n))
    return Interval(
        max(0.0, (centre - half) / (1 + spread)), min(1.0, (centre + half) / (1 + spread))
    )
