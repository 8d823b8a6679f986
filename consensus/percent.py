"""Percent agreement and the published rules that count on it.

Shares are compared as whole numbers. The rule by which Pythia itself decides lives in `outcome`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy.typing as npt

from consensus.distribution import Booleans, count_table
from consensus.undefined import Undefined


@dataclass(frozen=True, slots=True)
class PercentAgreement:
    """How many of the rated items have one category at the threshold."""

    threshold_percent: int
    reaching: int
    rated: int


def reaches_threshold(counts: npt.ArrayLike, threshold_percent: int) -> Booleans:
    """Say of each item whether its largest category holds the threshold share of the raters.

    Parameters: counts, shape (items, categories); threshold in percent.
    Returns: booleans of shape (items,).
    Missing: raters without a code are not in the counts. Undefined: False where nobody gave a
    code. Raises: ValueError if the counts are unsound or the threshold is not 1 to 100.
    Reference: percent agreement, compared as 100 × count >= threshold × n.

    >>> reaches_threshold([[0, 1, 3, 0], [0, 3, 7, 0]], 75).tolist()
    [True, False]
    """
    if not 1 <= threshold_percent <= 100:
        raise ValueError("The threshold lies between 1 and 100.")
    table = count_table(counts)
    n = table.sum(axis=1)
    at_threshold: Booleans = (100 * table.max(axis=1) >= threshold_percent * n) & (n > 0)
    return at_threshold


def agreement_table(
    counts: npt.ArrayLike, thresholds: tuple[int, ...] = (70, 75, 80)
) -> tuple[PercentAgreement, ...]:
    """Count the items that reach each threshold, out of those anybody rated.

    Parameters: counts, shape (items, categories); thresholds in percent.
    Returns: one row a threshold, in the order asked.
    Missing: raters without a code are not in the counts. Undefined: an item nobody rated is in
    neither number. Raises: as `reaches_threshold`. Reference: percent agreement.

    >>> [row.reaching for row in agreement_table([[0, 3, 7, 0], [0, 1, 8, 1]])]
    [2, 1, 1]
    """
    table = count_table(counts)
    rated = int((table.sum(axis=1) > 0).sum())
    return tuple(
        PercentAgreement(each, int(reaches_threshold(table, each).sum()), rated)
        for each in thresholds
    )


def most_outside_mode(n: int) -> int | Undefined:
    """Return how many of n raters may stand outside the mode for an item to be agreed.

    Missing: n counts only raters with a code. Undefined: OUTSIDE_TABLE for panels other than 8
    to 25, for which nothing is published.
    Reference: panel-size table in PMC5966219, table 4.

    >>> most_outside_mode(10), most_outside_mode(23)
    (2, 7)
    """
    return (n - 2) // 3 if 8 <= n <= 25 else Undefined.OUTSIDE_TABLE


def is_included_by_comet(high: int, low: int, n: int, high_percent: int = 70) -> bool:
    """Say whether a core-outcome item is in: 70 % or more rate it high and under 15 % low.

    Parameters: raters in the top third of the scale, in the bottom third, and in all; the
    percent that must rate it high, which the same source sets at 50 for round 1.
    Missing: n counts only raters with a code. Undefined: False when n is 0.
    Raises: ValueError if the two do not fit into n.
    Reference: the 70/15 definition, PMC8024512, table 1.

    >>> is_included_by_comet(7, 1, 10), is_included_by_comet(17, 3, 20)
    (True, False)
    """
    if min(high, low) < 0 or high + low > n:
        raise ValueError("Those who rate high and low are among the raters.")
    return n > 0 and 100 * high >= high_percent * n and 100 * low < 15 * n


def average_majority_percent(
    agreements: Sequence[int], disagreements: Sequence[int]
) -> float | Undefined:
    """Return the average percent of majority opinions (APMO), the cut-off of a whole study.

    (Majority agreements + majority disagreements) / opinions given, as a percentage; an item
    tied half and half has no majority and adds opinions only.

    Parameters: for each item, how many agree and how many disagree.
    Missing: people without an opinion are in neither. Undefined: NO_CODES without an opinion.
    Raises: ValueError if the two differ in length or a number is below zero.
    Reference: Cottam et al. (2004), as von der Gracht (2012) describes it, Technological
    Forecasting and Social Change 79(8).

    >>> average_majority_percent([8, 3, 5], [1, 6, 5])
    50.0
    """
    votes = list(zip(agreements, disagreements, strict=True))
    if any(min(pair) < 0 for pair in votes):
        raise ValueError("Opinions are counted from zero.")
    opinions = sum(agree + disagree for agree, disagree in votes)
    if not opinions:
        return Undefined.NO_CODES
    majorities = sum(max(pair) for pair in votes if pair[0] != pair[1])
    return 100 * majorities / opinions


def is_reopened(settled: int, argued: Sequence[int]) -> bool:
    """Say whether an agreed item reopens: two people or more argue the same way.

    The same way means both for a higher code or both for a lower one: one who wants Not needed
    and one who wants Awareness both say that Practitioner is too much.

    Parameters: the settled code; the code that each person who objects argues for.
    Missing: people who do not object are not in the list. Undefined: never.
    Reference: the two-person rule.

    >>> is_reopened(2, [3, 3]), is_reopened(2, [0, 1]), is_reopened(2, [3, 1, 2, 2])
    (True, True, False)
    """
    higher = sum(code > settled for code in argued)
    lower = sum(code < settled for code in argued)
    return max(higher, lower) >= 2
