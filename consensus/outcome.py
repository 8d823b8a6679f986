"""What a rule makes of the counts of an item, and nothing else about it.

The decision stands apart from `verdict` because robustness and luck ask it of counts that no
panel ever gave. What surrounds a decision (medians, agreement, luck) never lives here.
"""

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from consensus.distribution import Integers, count_table
from consensus.rule import Rule
from consensus.scale import AWARENESS, EXPERT, NOT_NEEDED, PRACTITIONER

PROFICIENCY_CATEGORIES = 4

Outcomes = npt.NDArray[np.int8]


class Outcome(StrEnum):
    """What the panel's answers to one item come to."""

    INSUFFICIENT = "insufficient"
    NOT_NEEDED = "not needed"
    SPLIT = "split"
    LEVEL = "level"
    ADJACENT = "adjacent"
    NO_LEVEL = "no level"


OUTCOMES = tuple(Outcome)
"""The outcomes in the order of their codes."""

INSUFFICIENT_CODE, NOT_NEEDED_CODE, SPLIT_CODE, LEVEL_CODE, ADJACENT_CODE, NO_LEVEL_CODE = range(6)


def proficiency_table(counts: npt.ArrayLike) -> Integers:
    """Return counts over N, A, P, E as int64 of shape (items, 4), or raise ValueError.

    >>> proficiency_table([0, 1, 8, 1]).tolist()
    [[0, 1, 8, 1]]
    """
    table = count_table(counts)
    if table.shape[1] != PROFICIENCY_CATEGORIES:
        raise ValueError("A proficiency item is counted over four categories: N, A, P and E.")
    return table


def outcome_codes(counts: npt.ArrayLike, rule: Rule, *, minimum_n: int | None = None) -> Outcomes:
    """Decide the outcome of each item.

    Fewer raters than the minimum: insufficient. Not needed at the threshold: not needed. Needed
    below the threshold: split. Then, among those who say needed: one level at the threshold:
    level; two adjacent levels together at the threshold: adjacent; else no level. The threshold
    is compared in whole numbers (100 × count >= T × n), never as floats. That the medians of an
    adjacent pair are at most one apart needs no test: a threshold above one half puts both there.

    Parameters: counts over N, A, P, E, shape (items, 4); minimum_n stands in for the rule's.
    Returns: positions in `OUTCOMES`, int8 of shape (items,).
    Missing: raters without a code are not in the counts. Undefined: never; no codes at all is
    insufficient.
    Raises: ValueError if the counts are unsound or not over four categories.
    Reference: our own rule, in two stages: is it needed, and at which level.

    >>> codes = outcome_codes([[0, 1, 8, 1], [3, 0, 7, 0]], Rule())
    >>> [OUTCOMES[code].value for code in codes]
    ['level', 'split']
    """
    floor = rule.minimum_n if minimum_n is None else minimum_n
    by_category = np.ascontiguousarray(proficiency_table(counts).T)
    return decide(by_category, rule.threshold_percent, floor)


def decide(by_category: Integers, threshold_percent: int, minimum_n: int) -> Outcomes:
    """Decide outcomes as `outcome_codes` does, of sound counts with the categories first.

    Parameters: counts of shape (4, …), whatever stands behind the categories; the threshold in
    percent; the fewest raters. Returns: positions in `OUTCOMES`, int8 of the shape behind.

    >>> OUTCOMES[decide(np.array([0, 1, 8, 1]), 75, 5)].value
    'level'
    """
    n = by_category.sum(axis=0)
    needed = n - by_category[NOT_NEEDED]
    mode = by_category[AWARENESS:].max(axis=0)
    ends = np.maximum(by_category[AWARENESS], by_category[EXPERT])
    decisions = [
        n < minimum_n,
        100 * by_category[NOT_NEEDED] >= threshold_percent * n,
        100 * needed < threshold_percent * n,
        100 * mode >= threshold_percent * needed,
        100 * (by_category[PRACTITIONER] + ends) >= threshold_percent * needed,
    ]
    decided = np.full(n.shape, len(decisions), dtype=np.int8)
    # Backwards, so that the first decision that holds is the one that stays.
    for code in reversed(range(len(decisions))):
        decided[decisions[code]] = code
    return decided
