"""Whether raters give the same items the same codes: Krippendorff's alpha.

Written from the published formula. Raters are interchangeable in it, so counts are enough and
no person's answers ever come here.
"""

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from consensus.distribution import Floats, count_table
from consensus.distribution import counts as counts_of
from consensus.undefined import Undefined


class Metric(StrEnum):
    """How far apart two categories are held to be."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def krippendorff_alpha(
    counts: npt.ArrayLike,
    metric: Metric = Metric.ORDINAL,
    values: npt.ArrayLike | None = None,
) -> float | Undefined:
    """Measure the reliability of a panel over many items: 1 − observed / expected disagreement.

    1 is perfect, 0 is what chance would give, below 0 is worse than chance. It collapses when
    everybody agrees on one level: with nothing to expect by chance there is nothing to beat,
    which is why the answer then is a word and not a number.

    Parameters: counts, shape (items, categories); metric; values of the categories for interval
    and ratio, shape (categories,), by default 0, 1, 2, …
    Returns: alpha, no unit.
    Missing: any cell may be missing; an item with fewer than two codes is left out. Undefined:
    NO_PAIRS when no item has two codes, NO_VARIATION when all codes are of one category.
    Raises: ValueError if the counts are unsound or the categories have not each their own value.
    Reference: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.

    >>> round(krippendorff_alpha([[2, 0], [0, 2], [1, 1]], Metric.NOMINAL), 6)
    0.444444
    """
    table = count_table(counts)
    weights = np.arange(table.shape[1]) if values is None else np.asarray(values)
    if weights.shape != (table.shape[1],) or len(np.unique(weights)) != len(weights):
        raise ValueError("Each category has a value of its own.")
    pairable, n = table, table.sum(axis=1)
    if len(n) and n.min() < 2:
        pairable, n = table[n >= 2], n[n >= 2]
    if not len(pairable):
        return Undefined.NO_PAIRS
    totals = pairable.sum(axis=0)
    if (totals > 0).sum() == 1:
        return Undefined.NO_VARIATION
    distance = _squared_distances(totals, metric, weights.astype(np.float64))
    numbers = pairable.astype(np.float64)
    # A code is also paired with itself here; that pair has no distance and adds nothing.
    together = (numbers.T / (n - 1)) @ numbers
    observed = float((together * distance).sum())
    expected = float((np.outer(totals, totals) * distance).sum()) / (int(totals.sum()) - 1)
    return 1 - observed / expected


def alpha_of_codes(
    codes: npt.ArrayLike,
    metric: Metric = Metric.ORDINAL,
    values: npt.ArrayLike | None = None,
    categories: int = 4,
) -> float | Undefined:
    """Measure the reliability of a panel from its codes: `krippendorff_alpha` of their counts.

    Parameters: codes, integers of shape (raters, items), -1 for no code; all else, the missing
    data, the undefined cases, errors and the reference are those of `krippendorff_alpha`.

    >>> round(alpha_of_codes([[0, 1, 0], [0, 1, 1]], Metric.NOMINAL), 6)
    0.444444
    """
    return krippendorff_alpha(counts_of(codes, categories), metric, values)


def _squared_distances(totals: npt.NDArray[np.int64], metric: Metric, values: Floats) -> Floats:
    if metric is Metric.NOMINAL:
        return 1 - np.eye(len(totals))
    if metric is Metric.ORDINAL:
        # The raters between two categories, each end counted by half, is the difference of the
        # middles of their runs: the published sum in closed form.
        values = totals.cumsum() - totals / 2
    apart: Floats = (values[:, np.newaxis] - values) ** 2
    if metric is not Metric.RATIO:
        return apart
    size = (values[:, np.newaxis] + values) ** 2
    return np.divide(apart, size, out=np.zeros_like(apart), where=size > 0)
