"""The RAND/UCLA appropriateness method, for priorities rated from 1 to 9 and nothing else.

Its constants were fitted to nine points, so the proficiency scale never comes here.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from consensus.distribution import Integers
from consensus.scale import NO_CODE
from consensus.undefined import Undefined

LOWEST, HIGHEST = 1, 9

_CLASSIC_BOUNDS = {range(8, 11): (2, 3), range(11, 14): (3, 4), range(14, 17): (4, 5)}
"""Panel sizes with the most ratings outside the median's third that still agree, and the
fewest in each outer third that disagree."""


class Reading(StrEnum):
    """What a panel says of a nine-point item."""

    HIGH = "high"
    UNCERTAIN = "uncertain"
    LOW = "low"


_READINGS = (Reading.LOW, Reading.UNCERTAIN, Reading.HIGH)


class Classic(StrEnum):
    """What the classic counting rule says, for panels of 8 to 16."""

    AGREEMENT = "agreement"
    DISAGREEMENT = "disagreement"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class RandUcla:
    """The RAND/UCLA statistics of one item, all in points of the 1 to 9 scale unless said.

    n: raters. lower_median, upper_median: the two middle ratings. p30, p70: percentiles by
    linear interpolation. ipr: p70 − p30. centre: their midpoint. asymmetry: |5 − centre|.
    ipras: 2.35 + 1.5 × asymmetry. index: ipr / ipras, no unit. is_disagreement: ipr above
    ipras. reading: the third of the median, or uncertain under disagreement. classic: the
    counting rule, or why it does not apply.
    """

    n: int
    lower_median: int
    upper_median: int
    p30: float
    p70: float
    ipr: float
    centre: float
    asymmetry: float
    ipras: float
    index: float
    is_disagreement: bool
    reading: Reading
    classic: Classic | Undefined


def rand_ucla(ratings: npt.ArrayLike) -> RandUcla | Undefined:
    """Judge one item rated from 1 to 9.

    Parameters: ratings, integers of shape (raters,), 1 to 9, or -1 for no rating.
    Returns: the statistics of the item.
    Missing: cells without a rating are left out. Undefined: NO_CODES when none is left.
    Raises: ValueError for another shape, other numbers, or numbers that are not whole.
    Reference: Fitch et al. (2001), The RAND/UCLA Appropriateness Method User's Manual. The
    constant is 2.35; a table in PMC3467596 prints 2.5 but calculates with 2.35.

    >>> result = rand_ucla([7, 7, 8, 8, 9, 9, 7, 8, 9])
    >>> round(result.ipr, 2), round(result.ipras, 2), result.reading.value
    (1.2, 6.85, 'high')
    """
    given = _ratings(ratings)
    if not len(given):
        return Undefined.NO_CODES
    # In tenths of a point the percentiles are whole numbers, and the comparison is exact.
    p30, p70 = _tenths(given, 3), _tenths(given, 7)
    spread, off_centre = p70 - p30, abs(100 - p30 - p70)
    is_disagreement = 4 * spread > 94 + 3 * off_centre
    ipras = (94 + 3 * off_centre) / 40
    third = _third(given)
    return RandUcla(
        n=len(given),
        lower_median=int(given[(len(given) - 1) // 2]),
        upper_median=int(given[len(given) // 2]),
        p30=p30 / 10,
        p70=p70 / 10,
        ipr=spread / 10,
        centre=(p30 + p70) / 20,
        asymmetry=off_centre / 20,
        ipras=ipras,
        index=spread / 10 / ipras,
        is_disagreement=is_disagreement,
        reading=Reading.UNCERTAIN if is_disagreement else _READINGS[third],
        classic=_classic(given, third),
    )


def rand_ucla_items(ratings: npt.ArrayLike) -> tuple[RandUcla | Undefined, ...]:
    """Judge every item of a panel: `rand_ucla` for each column of ratings, (raters, items).

    Missing data, the undefined case, errors and reference are those of `rand_ucla`.

    >>> len(rand_ucla_items([[7, 1], [8, -1], [9, 2]]))
    2
    """
    table = np.asarray(ratings)
    if table.ndim != 2:
        raise ValueError("Ratings come as a table with one row a rater and one column an item.")
    return tuple(rand_ucla(column) for column in table.T)


def _ratings(ratings: npt.ArrayLike) -> Integers:
    table = np.asarray(ratings)
    if table.ndim != 1:
        raise ValueError("The ratings of one item come as one row.")
    if table.size and not np.issubdtype(table.dtype, np.integer):
        raise ValueError("Ratings are whole numbers.")
    given = np.sort(table[table != NO_CODE]).astype(np.int64)
    if given.size and (given[0] < LOWEST or given[-1] > HIGHEST):
        raise ValueError(f"A rating lies between {LOWEST} and {HIGHEST}, or is -1 for none.")
    return given


def _tenths(ordered: Integers, decile: int) -> int:
    """Return the linearly interpolated percentile in tenths of a point."""
    place, part = divmod(decile * (len(ordered) - 1), 10)
    after = min(place + 1, len(ordered) - 1)
    return int(ordered[place]) * (10 - part) + int(ordered[after]) * part


def _third(ordered: Integers) -> int:
    """Return 0, 1 or 2 for the third of the median; 3.5 and 6.5 belong to the higher third."""
    twice_median = int(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2])
    return int(twice_median >= 7) + int(twice_median >= 13)


def _classic(given: Integers, third: int) -> Classic | Undefined:
    for sizes, (most_outside, least_in_each_end) in _CLASSIC_BOUNDS.items():
        if len(given) in sizes:
            thirds = np.bincount((given - LOWEST) // 3, minlength=3)
            if min(thirds[0], thirds[2]) >= least_in_each_end:
                return Classic.DISAGREEMENT
            agrees = len(given) - thirds[third] <= most_outside
            return Classic.AGREEMENT if agrees else Classic.NEITHER
    return Undefined.OUTSIDE_TABLE
