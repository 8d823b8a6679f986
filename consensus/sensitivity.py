"""What the verdicts would have been at other thresholds.

A sensitivity is explored and printed beside the result. It never replaces the rule card.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from consensus.outcome import OUTCOMES, Outcome, outcome_codes, proficiency_table
from consensus.rule import Rule

USUAL_THRESHOLDS = (70, 75, 80)


@dataclass(frozen=True, slots=True)
class ThresholdReading:
    """How many items reach each outcome at one threshold.

    tally: every outcome with its number of items, in the order of the outcomes.
    agreed: items with a level or not needed. changed: rows whose outcome is not the rule's.
    """

    threshold_percent: int
    tally: tuple[tuple[Outcome, int], ...]
    agreed: int
    changed: tuple[int, ...]


def threshold_sensitivity(
    counts: npt.ArrayLike, rule: Rule, thresholds: tuple[int, ...] = USUAL_THRESHOLDS
) -> tuple[ThresholdReading, ...]:
    """Count how many items reach each outcome at each threshold, all else as in the rule.

    Parameters: counts over N, A, P, E, shape (items, 4); the rule; thresholds in percent.
    Returns: one reading a threshold, in the order asked.
    Missing: raters without a code are not in the counts. Undefined: never; an item nobody rated
    is insufficient at every threshold.
    Raises: ValueError if the counts are unsound or a threshold is not between 51 and 100.
    Reference: our own; see `outcome.outcome_codes`.

    >>> [each.agreed for each in threshold_sensitivity([[0, 3, 7, 0], [0, 0, 10, 0]], Rule())]
    [2, 1, 1]
    """
    table = proficiency_table(counts)
    decided = outcome_codes(table, rule)
    readings = []
    for threshold in thresholds:
        explored = outcome_codes(table, replace(rule, threshold_percent=threshold))
        numbers = np.bincount(explored, minlength=len(OUTCOMES)).tolist()
        tally = tuple(zip(OUTCOMES, numbers, strict=True))
        by_outcome = dict(tally)
        readings.append(
            ThresholdReading(
                threshold_percent=threshold,
                tally=tally,
                agreed=by_outcome[Outcome.LEVEL] + by_outcome[Outcome.NOT_NEEDED],
                changed=tuple(np.flatnonzero(explored != decided).tolist()),
            )
        )
    return tuple(readings)
