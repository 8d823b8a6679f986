"""Whether a verdict hangs on one person.

Leave-one-out over categories: dropping any rater of one category gives the same counts, so four
reduced panels stand for all. What a fragile item means for the rounds is not decided here.
"""

import numpy as np
import numpy.typing as npt

from consensus.distribution import Booleans, Integers
from consensus.outcome import (
    INSUFFICIENT_CODE,
    LEVEL_CODE,
    OUTCOMES,
    Outcomes,
    decide,
    proficiency_table,
)
from consensus.rule import Rule
from consensus.scale import AWARENESS


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
    by_category = np.ascontiguousarray(proficiency_table(counts).T)
    one_each = np.eye(len(by_category), dtype=np.int64)[:, :, np.newaxis]
    # The counts, the category that loses a rater, the item: all panels less one at once.
    less_one = np.maximum(by_category[:, np.newaxis, :] - one_each, 0)
    after = _numbered(less_one, decide(less_one, rule.threshold_percent, 1))
    decided = decide(by_category, rule.threshold_percent, rule.minimum_n)
    changes = (after != _numbered(by_category, decided)) & (by_category > 0)
    fragile: Booleans = changes.any(axis=0) & (decided != INSUFFICIENT_CODE)
    return fragile


def _numbered(by_category: Integers, outcomes: Outcomes) -> Outcomes:
    """Number each outcome, and each level apart, so that two panels can be compared."""
    numbered = outcomes.copy()
    settled = outcomes == LEVEL_CODE
    levels = by_category[AWARENESS:, settled].argmax(axis=0)
    numbered[settled] += (len(OUTCOMES) * levels).astype(np.int8)
    return numbered
