"""Whether a verdict hangs on one person.

Leave-one-out over categories: dropping any rater of one category gives the same counts, so four
reduced panels stand for all. What a fragile item means for the rounds is not decided here.
"""

import numpy as np
import numpy.typing as npt

from consensus.distribution import Booleans, Integers
from consensus.outcome import OUTCOMES, Outcome, outcome_codes, proficiency_table
from consensus.rule import Rule
from consensus.scale import AWARENESS

_INSUFFICIENT = OUTCOMES.index(Outcome.INSUFFICIENT)
_LEVEL = OUTCOMES.index(Outcome.LEVEL)


def is_fragile(counts: npt.ArrayLike, rule: Rule) -> Booleans:
    """Say of each item whether dropping any single rater changes its verdict.

    The verdict changes when its outcome does, or its level where the outcome is a level. The
    smallest number of raters is asked of the panel itself, not of the panel less one: otherwise
    every item rated by exactly that many would be fragile, and the word would say nothing.

    Parameters: counts over N, A, P, E, shape (items, 4).
    Returns: booleans of shape (items,).
    Missing: raters without a code are not in the counts. Undefined: an insufficient item has no
    verdict to overturn, and is False. A verdict of one single rater is always fragile.
    Raises: ValueError if the counts are unsound or not over four categories.
    Reference: leave-one-out, our own rule.

    >>> is_fragile([[0, 2, 6, 0], [0, 0, 10, 0]], Rule()).tolist()
    [True, False]
    """
    table = proficiency_table(counts)
    items, categories = table.shape
    less_one = table[:, np.newaxis, :] - np.eye(categories, dtype=np.int64)
    panels = np.maximum(less_one, 0).reshape(items * categories, categories)
    after = _decision(panels, outcome_codes(panels, rule, minimum_n=1))
    decided = outcome_codes(table, rule)
    before = _decision(table, decided)
    changes = (after.reshape(items, categories) != before[:, np.newaxis]) & (table > 0)
    fragile: Booleans = changes.any(axis=1) & (decided != _INSUFFICIENT)
    return fragile


def _decision(table: Integers, outcomes: npt.NDArray[np.int8]) -> Integers:
    """Number each outcome, and each level apart, so that two panels can be compared."""
    levels = table[:, AWARENESS:].argmax(axis=1)
    numbered: Integers = outcomes + len(OUTCOMES) * np.where(outcomes == _LEVEL, levels, 0)
    return numbered
