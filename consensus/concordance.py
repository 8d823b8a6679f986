"""Whether raters put many items in the same order: Kendall's W.

It is about order and says nothing of level: raters one step apart throughout agree perfectly
here. Agreement on the level itself lives in `krippendorff`.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from consensus.distribution import Floats
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
    from scipy import stats

    ranks: Floats = stats.rankdata(complete, axis=1)
    squares = float(((ranks.sum(axis=0) - m * (n + 1) / 2) ** 2).sum())
    ties = sum(_ties(row) for row in complete)
    most = m * m * (n**3 - n) - m * ties
    if most == 0:
        return Undefined.NO_VARIATION
    w = 12 * squares / most
    chi_square = m * (n - 1) * w
    p_value = float(stats.chi2.sf(chi_square, n - 1))
    return Concordance(w, chi_square, n - 1, p_value, m, n, squares, ties)


def _ties(row: npt.NDArray[np.int64]) -> int:
    sizes = np.unique(row, return_counts=True)[1].astype(np.int64)
    return int((sizes**3 - sizes).sum())
