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


def proficiency_table(counts: npt.ArrayLike) -> Integers:
    """Return counts over N, A, P, E as int64 of shape (items, 4), or raise ValueError.

    >>> proficiency_table([0, 1, 8, 1]).tolist()
    [[0, 1, 8, 1]]
    """
    table = count_table(counts)
    if table.shape[1] != PROFICIENCY_CATEGORIES:
        raise ValueError("A proficiency item is counted over four categories: N, A, P and E.")
    return table


def outcome_codes(
    counts: npt.ArrayLike, rule: Rule, *, minimum_n: int | None = None
) -> npt.NDArray[np.int8]:
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
    table = proficiency_table(counts)
    floor = rule.minimum_n if minimum_n is None else minimum_n
    threshold = rule.threshold_percent
    n = table.sum(axis=1)
    needed = n - table[:, NOT_NEEDED]
    mode = table[:, AWARENESS:].max(axis=1)
    pair = table[:, PRACTITIONER] + np.maximum(table[:, AWARENESS], table[:, EXPERT])
    decisions = [
        n < floor,
        100 * table[:, NOT_NEEDED] >= threshold * n,
        100 * needed < threshold * n,
        100 * mode >= threshold * needed,
        100 * pair >= threshold * needed,
    ]
    return np.select(decisions, range(len(decisions)), default=len(decisions)).astype(np.int8)
