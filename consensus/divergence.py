"""Whether stakeholder groups stand apart: medians of each group, Cliff's delta and its p.

A group of fewer than three is left out, because its distribution would be its members' answers.
Why groups differ is for the reasons they give, never for this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import comb, erfc, prod, sqrt

import numpy as np
import numpy.typing as npt

from consensus.agreement import van_der_eijk
from consensus.distribution import Floats, Integers, count_table, medians
from consensus.undefined import Undefined

SMALLEST_GROUP = 3
LARGEST_EXACT_PANEL = 100

FEW_ALLOTMENTS = 50_000
"""Up to here it is faster to list the ways to draw a group than to add them up by their sums."""


@dataclass(frozen=True, slots=True)
class Divergence:
    """Two groups compared: delta from −1 (the first lower throughout) to 1, and its p.

    is_exact says whether p counts every way to share the codes out, or approximates.
    """

    delta: float
    p_value: float
    is_exact: bool


@dataclass(frozen=True, slots=True)
class GroupReading:
    """One group's answers: raters with a code, the two medians, agreement A within it."""

    name: str
    n: int
    lower_median: int
    upper_median: int
    agreement: float


@dataclass(frozen=True, slots=True)
class PanelDivergence:
    """One item seen group by group, with each pair of groups compared.

    groups: those of at least three raters, in the order given. pooled_agreement: A over those
    groups together. pairs: names of two groups and their comparison.
    """

    groups: tuple[GroupReading, ...]
    pooled_agreement: float
    pairs: tuple[tuple[str, str, Divergence], ...]

    @property
    def is_split_between_groups(self) -> bool:
        """Whether there is consensus inside the groups and none between: A below 0 only pooled."""
        inside = all(group.agreement >= 0 for group in self.groups)
        return inside and len(self.groups) > 1 and self.pooled_agreement < 0


def _row(counts: npt.ArrayLike) -> Integers:
    table = count_table(counts)
    if len(table) != 1:
        raise ValueError("Groups are compared on one item, each by one row of counts.")
    row: Integers = table[0]
    return row


def divergence(first: npt.ArrayLike, second: npt.ArrayLike) -> Divergence | Undefined:
    """Compare two groups on one item: Cliff's delta with a two-sided permutation p.

    delta = P(first above second) − P(first below second). Up to 100 raters p is exact with
    ties: every way to share the given codes out between the groups is counted, and p is the
    share of ways whose rank sum lies at least as far from its mean. Above that it is the normal
    approximation of Mann–Whitney with ties and without continuity correction.

    Parameters: counts of each group, both of shape (categories,).
    Returns: delta and p.
    Missing: raters without a code are not in the counts. Undefined: NO_PAIRS when a group has
    no code. Where nothing varies delta is 0 and p is 1: the groups do agree.
    Raises: ValueError if the counts are unsound or the scales differ.
    Reference: Cliff (1993), Psychological Bulletin 114(3).

    >>> result = divergence([3, 2, 0, 0], [0, 0, 3, 2])
    >>> result.delta, round(result.p_value, 7)
    (-1.0, 0.0079365)
    """
    a, b = _row(first), _row(second)
    if a.shape != b.shape:
        raise ValueError("Groups are compared on the same scale.")
    if not a.sum() or not b.sum():
        return Undefined.NO_PAIRS
    above = int((a * (b.cumsum() - b)).sum())
    below = int((b * (a.cumsum() - a)).sum())
    delta = (above - below) / int(a.sum() * b.sum())
    is_exact = bool(a.sum() + b.sum() <= LARGEST_EXACT_PANEL)
    return Divergence(delta, _exact_p(a, b) if is_exact else _approximate_p(a, b), is_exact)


def _exact_p(a: Integers, b: Integers) -> float:
    """Count the allotments of codes to the first group at least as far out as the one seen."""
    small, totals = (a if a.sum() <= b.sum() else b), a + b
    # Doubled mid-ranks are whole numbers; taking the lowest off and the common factor out
    # keeps the table of sums short.
    ranks = 2 * totals.cumsum() - totals
    scores = ranks - ranks.min()
    scores = scores // max(int(np.gcd.reduce(scores)), 1)
    size, n = int(small.sum()), int(totals.sum())
    # The largest category is what the others leave: nothing is to be chosen there.
    order = np.argsort(totals, kind="stable")
    choices = prod(min(total, size) + 1 for total in totals[order[:-1]].tolist())
    allot = _listed if choices <= FEW_ALLOTMENTS else _summed
    ways, sums = allot(totals[order], scores[order], size)
    centre = size * int(totals @ scores)
    seen = abs(n * int(small @ scores) - centre)
    return min(1.0, float(ways[np.abs(n * sums - centre) >= seen].sum() / ways.sum()))


def _listed(totals: Integers, scores: Integers, size: int) -> tuple[Floats, Integers]:
    """List every number to draw from each category: the ways to draw so, and the sum of scores."""
    ways, drawn, sums = np.ones(1), np.zeros(1, np.int64), np.zeros(1, np.int64)
    for total, score in zip(totals[:-1].tolist(), scores[:-1].tolist(), strict=True):
        more = np.arange(min(total, size) + 1)
        ways = np.outer(ways, _combinations(total)[: len(more)]).ravel()
        sums = np.add.outer(sums, score * more).ravel()
        drawn = np.add.outer(drawn, more).ravel()
    rest = size - drawn
    fits = (rest >= 0) & (rest <= totals[-1])
    rest = rest[fits]
    return ways[fits] * _combinations(int(totals[-1]))[rest], sums[fits] + rest * scores[-1]


@cache
def _combinations(total: int) -> Floats:
    drawn = np.array([comb(total, some) for some in range(total + 1)], dtype=np.float64)
    drawn.flags.writeable = False
    return drawn


def _summed(totals: Integers, scores: Integers, size: int) -> tuple[Floats, Integers]:
    """Count the ways by their sum of scores, where there are too many to be listed."""
    ways = _allotments(totals, scores, size)
    return ways, np.arange(len(ways))


def _allotments(totals: Integers, scores: Integers, size: int) -> Floats:
    """Count, for each sum of scores, the ways to draw so many raters from the pooled codes."""
    ways = np.zeros((size + 1, size * int(scores.max()) + 1))
    ways[0, 0] = 1
    for total, score in zip(totals.tolist(), scores.tolist(), strict=True):
        grown = np.zeros_like(ways)
        for drawn in range(min(total, size) + 1):
            shift, width = drawn * score, ways.shape[1] - drawn * score
            grown[drawn:, shift:] += comb(total, drawn) * ways[: size + 1 - drawn, :width]
        ways = grown
    drawn_all: Floats = ways[size]
    return drawn_all


def _approximate_p(a: Integers, b: Integers) -> float:
    """Return the two-sided p of Mann and Whitney's U by the normal distribution, with ties."""
    totals = a + b
    if (totals > 0).sum() == 1:
        return 1.0
    first, second, n = int(a.sum()), int(b.sum()), int(totals.sum())
    ties = sum(total**3 - total for total in totals.tolist())
    variance = first * second * (n**3 - n - ties) / (12 * n * (n - 1))
    # U less its mean, doubled: those above less those below, as in delta.
    away = int((a * (b.cumsum() - b)).sum()) - int((b * (a.cumsum() - a)).sum())
    return erfc(abs(away) / 2 / sqrt(2 * variance))


def panel_divergence(groups: Mapping[str, npt.ArrayLike]) -> PanelDivergence | Undefined:
    """Read one item group by group and compare every pair of groups.

    Parameters: counts of each named group, each of shape (categories,), 3 to 12 categories.
    Returns: medians and agreement within each group of three or more, pooled A, and pairs.
    Missing: raters without a code are not in the counts; smaller groups are left out of every
    figure, the pooled one too. Undefined: NO_CODES when no group has three raters.
    Raises: ValueError if the counts are unsound or the scales differ.
    Reference: `divergence` and `agreement.van_der_eijk`; leaving small groups out is our rule.

    >>> panel_divergence({"a": [3, 2, 0, 0], "b": [0, 0, 3, 2]}).is_split_between_groups
    True
    """
    rows = {name: _row(counts) for name, counts in groups.items()}
    rows = {name: row for name, row in rows.items() if row.sum() >= SMALLEST_GROUP}
    if not rows:
        return Undefined.NO_CODES
    if len({row.shape for row in rows.values()}) > 1:
        raise ValueError("Groups are compared on the same scale.")
    table = np.array(list(rows.values()))
    pairs = []
    for first, second in combinations(rows, 2):
        compared = divergence(rows[first], rows[second])
        if isinstance(compared, Divergence):
            pairs.append((first, second, compared))
    pooled = float(van_der_eijk(table.sum(axis=0))[0])
    return PanelDivergence(_readings(tuple(rows), table), pooled, tuple(pairs))


def _readings(names: tuple[str, ...], table: Integers) -> tuple[GroupReading, ...]:
    middle, agreement = medians(table), van_der_eijk(table)
    return tuple(
        GroupReading(
            name=name,
            n=int(table[row].sum()),
            lower_median=int(middle.lower[row]),
            upper_median=int(middle.upper[row]),
            agreement=float(agreement[row]),
        )
        for row, name in enumerate(names)
    )
