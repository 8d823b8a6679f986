"""How the codes of a panel spread over the scale: counts, medians, quartiles, shares.

Everything after `counts` works on a table of counts, one row an item and one column a category.
No judgement of what a distribution means is made here.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from consensus.scale import NO_CODE

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.signedinteger[Any]]

FEW_CATEGORIES = 16
"""Up to here one comparison a category counts faster than one pass over numbered cells."""

LARGEST_BYTE = 255


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


def code_table(codes: npt.ArrayLike, categories: int) -> Codes:
    """Return codes of shape (raters, items), once they are known to be sound.

    Codes run from 0 to categories − 1, and `NO_CODE` (-1) marks a cell without a code. They
    come back as int8 on scales of up to 64 categories and else as int64: a whole panel in
    bytes is read many times faster. Codes that are bytes already are not copied.
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
    # Differences of two codes must fit as well, so a byte serves half of what it could hold.
    return table.astype(np.int8 if categories <= 64 else np.int64, copy=False)


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
    return table.astype(np.int64, copy=False)


def true_per_item(answers: Booleans) -> Integers:
    """Count, for each item, the raters of whom something is true.

    Parameters: booleans of shape (raters, items). Returns: raters, int64 of shape (items,).

    >>> true_per_item(np.array([[True, False], [True, True]])).tolist()
    [2, 1]
    """
    bits = answers.view(np.uint8)
    total = np.zeros(bits.shape[1], dtype=np.int64)
    # Bytes add up fastest, and 255 of them cannot overflow a byte.
    for start in range(0, len(bits), LARGEST_BYTE):
        total += np.add.reduce(bits[start : start + LARGEST_BYTE], axis=0, dtype=np.uint8)
    return total


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
    if categories <= FEW_CATEGORIES:
        return _counted_by_comparing(table, categories)
    items = table.shape[1]
    cells = table + np.arange(items, dtype=np.int64) * categories
    flat = np.bincount(cells[table != NO_CODE], minlength=items * categories)
    return flat.astype(np.int64).reshape(items, categories)


def _counted_by_comparing(table: Codes, categories: int) -> Integers:
    by_category = np.empty((categories, table.shape[1]), dtype=np.int64)
    is_given = np.empty_like(table, dtype=np.bool_)
    for code in range(categories):
        np.equal(table, code, out=is_given)
        by_category[code] = true_per_item(is_given)
    # Kept category by category: every statistic reads along the items, not along the scale.
    return by_category.T


def _running(table: Integers) -> Integers:
    """Add the counts up along the scale; one row a category, so that each pass is one long row."""
    running: Integers = np.ascontiguousarray(table.T).cumsum(axis=0)
    return running


def _category_after(passed: Booleans, n: Integers) -> Integers:
    """Return the first category that the running count did not pass; -1 without a code."""
    return np.where(n == 0, NO_CODE, passed.sum(axis=0))


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
    running = _running(count_table(counts))
    n = running[-1]
    # Exactly half below leaves the median between two categories: the upper one is past it.
    return Medians(_category_after(2 * running < n, n), _category_after(2 * running <= n, n))


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
    running = _running(count_table(counts))
    n = running[-1]
    return Quartiles(_category_after(4 * running < n, n), _category_after(4 * running < 3 * n, n))


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
