"""Whether raters put many items in the same order: Kendall's W.

It is about order and says nothing of level: raters one step apart throughout agree perfectly
here. Agreement on the level itself lives in `krippendorff`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from consensus.distribution import Integers, code_table, counts
from consensus.scale import NO_CODE
from consensus.undefined import Undefined


class Strength(StrEnum):
    """Schmidt's words for W, each from its mark upward."""

    NONE = "none to speak of"
    VERY_WEAK = "very weak"
    WEAK = "weak"
    MODERATE = "moderate"
    STRONG = "strong"
    UNUSUALLY_STRONG = "unusually strong"


_MARKS = (0.1, 0.3, 0.5, 0.7, 0.9)


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W, 0 to 1, with what it was made of.

    raters: those with complete rows. items: ranked by each. squares: S, the squared distances
    of the rank sums from their mean. ties: the sum of t³ − t over all groups of tied ranks.
    """

    w: float
    chi_square: float
    degrees_of_freedom: int
    p_value: float
    raters: int
    items: int
    squares: float
    ties: int

    @property
    def strength(self) -> Strength:
        """Schmidt's word for W: .1 very weak, .3 weak, .5 moderate, .7 strong, .9 unusual."""
        return tuple(Strength)[int(np.searchsorted(_MARKS, self.w, side="right"))]


def kendalls_w(codes: npt.ArrayLike) -> Concordance | Undefined:
    """Measure how far raters order the items alike, corrected for ties.

    W = 12 S / (m² (n³ − n) − m T) on mid-ranks. On a short scale ties are the rule, and without
    T the result is far too low.

    Parameters: codes or ranks, whole numbers of shape (raters, items), -1 for no code.
    Returns: W, its chi-square and p, and the raters used.
    Missing: W needs complete rows, so a rater with any cell missing is left out and `raters`
    says how many stayed. Undefined: TOO_FEW_ITEMS below two items, TOO_FEW_RATERS below two
    complete rows, NO_VARIATION when every rater gives all items the same code.
    Raises: ValueError for another shape or numbers that are not whole.
    Reference: Kendall and Babington Smith (1939), Annals of Mathematical Statistics 10(3);
    words from Schmidt (1997), Decision Sciences 28(3).

    >>> kendalls_w([[1, 2, 3], [1, 2, 3]]).w
    1.0
    """
    table = np.asarray(codes)
    if table.ndim != 2 or not np.issubdtype(table.dtype, np.integer):
        raise ValueError("Codes come as whole numbers, one row a rater and one column an item.")
    complete = table[(table != NO_CODE).all(axis=1)]
    m, n = complete.shape
    if n < 2:
        return Undefined.TOO_FEW_ITEMS
    if m < 2:
        return Undefined.TOO_FEW_RATERS
    # Much lighter than scipy.stats, whose import would hold up the first round that closes.
    from scipy.special import chdtrc

    doubled_sums, ties = _doubled_rank_sums(complete)
    squares = int(((doubled_sums - m * (n + 1)) ** 2).sum()) / 4
    most = m * m * (n**3 - n) - m * ties
    if most == 0:
        return Undefined.NO_VARIATION
    w = 12 * squares / most
    chi_square = m * (n - 1) * w
    p_value = float(chdtrc(n - 1, chi_square))
    return Concordance(w, chi_square, n - 1, p_value, m, n, squares, ties)


def _doubled_rank_sums(complete: npt.NDArray[Any]) -> tuple[Integers, int]:
    """Return each item's sum of mid-ranks, doubled, and the sum of t³ − t over all ties.

    Twice a mid-rank is a whole number, so nothing is lost to floats. On a short scale a rank is
    looked up by its code: nothing is sorted, however many the items.
    """
    lowest, highest = int(complete.min()), int(complete.max())
    codes = complete.astype(np.int64) - lowest if lowest else complete
    if highest - lowest >= codes.shape[1]:
        # Codes with wide gaps between them: only their order matters.
        codes = np.unique(codes, return_inverse=True)[1].reshape(codes.shape)
    categories = int(codes.max()) + 1
    codes = code_table(codes, categories)
    sizes = counts(codes.T, categories)
    doubled = 2 * sizes.cumsum(axis=1) - sizes + 1
    sums = np.zeros(codes.shape[1], dtype=np.int64)
    # Rater by rater, because one person's few ranks stay at hand while the row is read.
    for ranks, row in zip(doubled, codes, strict=True):
        sums += ranks.take(row)
    return sums, int((sizes**3 - sizes).sum())
