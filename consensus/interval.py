"""How sure a share is: Wilson's interval, for one share and for a whole panel of them.

An interval is shown beside a share. No verdict and no closing ever rests on it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.distribution import Floats

Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval of a proportion, both ends between 0 and 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Intervals:
    """The intervals of many proportions, each end of shape (items,); NaN where n is 0."""

    low: Floats
    high: Floats


def wilson_intervals(successes: npt.ArrayLike, n: npt.ArrayLike, z: float = Z_95) -> Intervals:
    """Return the Wilson score interval of each of many proportions.

    Parameters: successes out of n raters, whole numbers, both of shape (items,); z, the normal
    quantile (1.96 for 95 %).
    Returns: both ends as proportions from 0 to 1, float64 of shape (items,).
    Missing: n counts only raters with a code. Undefined: NaN where n is 0, for further
    arithmetic only; `wilson_interval` answers None.
    Raises: ValueError unless 0 <= successes <= n and z > 0, and for numbers that are not whole.
    Reference: Wilson (1927), Journal of the American Statistical Association 22(158).

    >>> wilson_intervals([8, 0], [10, 0]).high.round(4).tolist()
    [0.9433, nan]
    """
    x, raters = np.atleast_1d(successes), np.atleast_1d(n)
    if not all(each.size == 0 or np.issubdtype(each.dtype, np.integer) for each in (x, raters)):
        raise ValueError("Raters are counted in whole numbers.")
    if x.shape != raters.shape or (x < 0).any() or (x > raters).any():
        raise ValueError("Successes lie between none and all of the raters.")
    if z <= 0:
        raise ValueError("The normal quantile is above zero.")
    # Where nobody answered the sums are made for one rater, and the answer is then taken out.
    size = np.maximum(raters, 1)
    share, spread = x / size, z * z / size
    half = z * np.sqrt(share * (1 - share) / size + spread / (4 * size))
    low, high = ((share + spread / 2 + side) / (1 + spread) for side in (-half, half))
    nobody = raters == 0
    return Intervals(
        np.where(nobody, np.nan, low.clip(0, 1)), np.where(nobody, np.nan, high.clip(0, 1))
    )


def wilson_interval(successes: int, n: int, z: float = Z_95) -> Interval | None:
    """Return the Wilson score interval of a proportion: `wilson_intervals` of a single one.

    Parameters: successes out of n raters; z, the normal quantile (1.96 for 95 %).
    Returns: both ends as proportions from 0 to 1.
    Missing: n counts only raters with a code. Undefined: None when n is 0.
    Raises and reference: as in `wilson_intervals`.

    >>> interval = wilson_interval(8, 10)
    >>> round(interval.low, 4), round(interval.high, 4)
    (0.4902, 0.9433)
    """
    ends = wilson_intervals(successes, n, z)
    return Interval(float(ends.low[0]), float(ends.high[0])) if n else None
