"""How much a panel moved between two rounds, seen from the distribution and from the people.

The two views differ: moves that offset one another leave the distribution as it was. Agreement
between the rounds as a coefficient lives in `reliability`; whether asking stops, in `stopping`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.distribution import Booleans, Floats, Integers, count_table, shares, true_per_item
from consensus.rule import Rule
from consensus.scale import NO_CODE
from consensus.undefined import Undefined


@dataclass(frozen=True, slots=True)
class SignedRanks:
    """Wilcoxon's signed-rank test: the smaller rank sum, its p, how many people changed."""

    statistic: float
    p_value: float
    changed: int


@dataclass(frozen=True, slots=True)
class Switches:
    """McNemar's exact test: people who switched one way and the other, and the p of that."""

    one_way: int
    other_way: int
    p_value: float


def _two_tables(before: npt.ArrayLike, after: npt.ArrayLike) -> tuple[Integers, Integers]:
    first, second = count_table(before), count_table(after)
    if first.shape != second.shape:
        raise ValueError("Two rounds are compared on the same items and the same scale.")
    return first, second


def distribution_change(before: npt.ArrayLike, after: npt.ArrayLike) -> Floats:
    """Measure how far each item's distribution moved: half the sum of |p1 − p2|.

    Proportions, so that rounds with unequal numbers of raters compare (total variation).

    Parameters: counts of the two rounds, both of shape (items, categories).
    Returns: float64 of shape (items,), from 0 (same shares) to 1 (nothing in common).
    Missing: raters without a code are not in the counts. Undefined: NaN where a round has no
    code, for further arithmetic only. Use `is_stable` to compare with the rule.
    Raises: ValueError if the counts are unsound or the shapes differ.
    Reference: Scheibe, Skutsch and Schofer in Linstone and Turoff (1975), The Delphi Method.

    >>> distribution_change([1, 2, 5, 2], [0, 1, 7, 2]).round(6).tolist()
    [0.2]
    """
    first, second = _two_tables(before, after)
    moved: Floats = np.abs(shares(first) - shares(second)).sum(axis=1)
    return moved / 2


def is_stable(before: npt.ArrayLike, after: npt.ArrayLike, rule: Rule) -> Booleans:
    """Say of each item whether its distribution changed by no more than the rule allows.

    Compared in whole numbers by cross-multiplying, because a change of exactly the bound is
    stable and 0.15 is not a float.

    Parameters: counts of the two rounds, both of shape (items, categories).
    Returns: booleans of shape (items,).
    Missing: raters without a code are not in the counts. Undefined: False where a round has no
    code, since what is unknown is not stable.
    Raises: ValueError if the counts are unsound or the shapes differ.
    Reference: as `distribution_change`, which puts the bound at 15 %.

    >>> is_stable([[1, 2, 5, 2], [0, 0, 10, 0]], [[0, 1, 7, 2], [0, 0, 9, 1]], Rule()).tolist()
    [False, True]
    """
    first, second = _two_tables(before, after)
    n1, n2 = first.sum(axis=1), second.sum(axis=1)
    moved: Integers = np.abs(first * n2[:, np.newaxis] - second * n1[:, np.newaxis]).sum(axis=1)
    within = 100 * moved <= 2 * rule.stability_percent * n1 * n2
    stable: Booleans = within & (n1 > 0) & (n2 > 0)
    return stable


def share_moved(codes_before: npt.ArrayLike, codes_after: npt.ArrayLike) -> Floats:
    """Return the share of people who changed their code on each item.

    Parameters: codes of the same people in two rounds, both of shape (raters, items), -1 for
    no code; row i is the same person in both.
    Returns: float64 of shape (items,), from 0 to 1.
    Missing: only people with a code in both rounds count. Undefined: NaN where there is none.
    Raises: ValueError if the shapes differ or are not two-dimensional.
    Reference: individual stability, Chaffin and Talley (1980), Technological Forecasting and
    Social Change 16(1).

    >>> share_moved([[2], [1], [-1]], [[2], [2], [3]]).tolist()
    [0.5]
    """
    first, second = np.asarray(codes_before), np.asarray(codes_after)
    if first.ndim != 2 or first.shape != second.shape:
        raise ValueError("Two rounds are compared on the same people and the same items.")
    both = (first != NO_CODE) & (second != NO_CODE)
    people = true_per_item(both)
    result = np.full(first.shape[1], np.nan)
    np.divide(true_per_item(both & (first != second)), people, out=result, where=people > 0)
    return result


def wilcoxon(codes_before: npt.ArrayLike, codes_after: npt.ArrayLike) -> SignedRanks | Undefined:
    """Test whether people moved in one direction between two rounds of one item.

    One item at a time; `panel` reads whole panels. Pinned: people who did not change are left
    out (`zero_method="wilcox"`), p is two-sided by the normal approximation without continuity
    correction. A p above .05 from ten people is not stability; it is shown beside stability,
    never in its place.

    Parameters: codes of the same people, both of shape (raters,), -1 for no code.
    Returns: the statistic, the p and how many changed.
    Missing: only people with a code in both rounds count. Undefined: NO_PAIRS without such a
    person, NO_CHANGE when none of them changed.
    Raises: ValueError if the shapes differ or are not one-dimensional.
    Reference: Wilcoxon (1945), Biometrics Bulletin 1(6).

    >>> round(wilcoxon([2, 1, 0, 2], [2, 2, 1, 3]).p_value, 6)
    0.083265
    """
    first, second = pairs(codes_before, codes_after)
    changed = int((first != second).sum())
    if not len(first):
        return Undefined.NO_PAIRS
    if not changed:
        return Undefined.NO_CHANGE
    from scipy import stats

    result = stats.wilcoxon(
        first, second, zero_method="wilcox", correction=False, method="asymptotic"
    )
    return SignedRanks(float(result.statistic), float(result.pvalue), changed)


def mcnemar(one_way: int, other_way: int) -> Switches | Undefined:
    """Test whether switches between needed and not needed went mostly one way.

    Exact and two-sided: the binomial test of the switches at one half. One item at a time.

    Parameters: people who switched one way, and the other. Returns: both and the p.
    Missing: only people with a code in both rounds can switch. Undefined: NO_CHANGE when
    nobody switched. Raises: ValueError for a number below zero.
    Reference: McNemar (1947), Psychometrika 12(2), in its exact form.

    >>> mcnemar(5, 0).p_value
    0.0625
    """
    if min(one_way, other_way) < 0:
        raise ValueError("Switches are counted from zero.")
    if one_way + other_way == 0:
        return Undefined.NO_CHANGE
    from scipy import stats

    result = stats.binomtest(min(one_way, other_way), one_way + other_way, 0.5)
    return Switches(one_way, other_way, float(result.pvalue))


def pairs(codes_before: npt.ArrayLike, codes_after: npt.ArrayLike) -> tuple[Integers, Integers]:
    """Return the codes of those who gave one in both rounds, two int64 arrays of shape (pairs,).

    Raises ValueError if the shapes differ, are not one-dimensional, or codes are not whole.

    >>> [side.tolist() for side in pairs([2, -1, 1], [3, 2, 1])]
    [[2, 1], [3, 1]]
    """
    first, second = np.asarray(codes_before), np.asarray(codes_after)
    if first.ndim != 1 or first.shape != second.shape:
        raise ValueError("Two rounds are compared on the same people.")
    if first.size and not np.issubdtype(np.result_type(first, second), np.integer):
        raise ValueError("Codes are whole numbers.")
    both = (first != NO_CODE) & (second != NO_CODE)
    return first[both].astype(np.int64), second[both].astype(np.int64)
