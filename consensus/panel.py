"""A whole panel read at once: from the codes of a round, and of the one before, to every flag.

One call gives, as arrays, all that is frozen when a round closes and all that the room is shown.
Who the raters are, and what may be shown of them to whom, never comes here.

Left for one item or one pair of people at a time, because each is a test or a look at
particulars and not a figure of every cell: Wilcoxon's and McNemar's tests (`stability`), the
comparison of groups (`divergence`), weighted kappa (`reliability`), leavers beside stayers
(`attrition`), and priorities from 1 to 9 (`rand`).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.columns import VerdictColumns, verdict_columns
from consensus.dissent import MEDIAN_NEIGHBOURHOOD, outlying_from
from consensus.distribution import (
    Booleans,
    Codes,
    Floats,
    Integers,
    Medians,
    Quartiles,
    code_table,
    counts,
    medians,
    quartiles,
)
from consensus.interval import Intervals, wilson_intervals
from consensus.krippendorff import krippendorff_alpha
from consensus.outcome import PROFICIENCY_CATEGORIES
from consensus.percent import reaches_threshold
from consensus.rule import Rule
from consensus.stability import distribution_change, is_stable, share_moved
from consensus.stopping import CLOSINGS, Closing, closing_codes
from consensus.undefined import Undefined
from consensus.verdict import Verdict, records


@dataclass(frozen=True, slots=True)
class Spread:
    """How each item's codes spread: counts (items, 4), the two medians, the two quartiles."""

    counts: Integers
    medians: Medians
    quartiles: Quartiles


@dataclass(frozen=True, slots=True)
class Movement:
    """How far each item moved since the earlier round, three arrays of shape (items,).

    change: of the distribution, 0 to 1. share_moved: of the people, 0 to 1. Both are NaN where
    a round has no code, or nobody has one in both. is_stable: by the rule, False where unknown.
    """

    change: Floats
    is_stable: Booleans
    share_moved: Floats


@dataclass(frozen=True, slots=True)
class PanelReading:
    """All figures of a round, in the order of the items.

    judged: the verdicts, one array a figure. reaches_threshold: whether one of the four
    categories holds the threshold share, the plain percent agreement. needed_interval: Wilson's
    interval of the share who say needed. is_outlying: of each code, (raters, items), whether it
    lies more than one category from the nearer median. movement: None without an earlier round.
    closings: positions in `CLOSINGS`, int8. alpha: Krippendorff's, ordinal, over all items.
    """

    judged: VerdictColumns
    reaches_threshold: Booleans
    needed_interval: Intervals
    is_outlying: Booleans
    movement: Movement | None
    closings: npt.NDArray[np.int8]
    alpha: float | Undefined

    def verdicts(self) -> tuple[Verdict, ...]:
        """Return one verdict an item, in words and plain numbers fit to store."""
        return records(self.judged)

    def closing_words(self) -> tuple[Closing, ...]:
        """Return whether and why asking stops, one an item."""
        return tuple(CLOSINGS[code] for code in self.closings.tolist())


def read_spread(codes: npt.ArrayLike, categories: int = PROFICIENCY_CATEGORIES) -> Spread:
    """Count a panel and find the medians and quartiles of every item, and nothing more.

    Parameters: codes, integers of shape (raters, items), -1 for no code; fastest as int8.
    Returns: counts, medians and quartiles over items.
    Missing: a cell without a code is in no count. Undefined: medians and quartiles are -1 where
    nobody gave a code. Raises: ValueError if the table or a code is unsound.
    Reference: `distribution.medians` and `distribution.quartiles`, whose conventions are pinned.

    >>> read_spread([[2, 0], [3, -1]]).medians.upper.tolist()
    [3, 0]
    """
    table = counts(codes, categories)
    return Spread(table, medians(table), quartiles(table))


def read_panel(
    codes: npt.ArrayLike,
    rule: Rule,
    before: npt.ArrayLike | None = None,
    round_number: int = 1,
) -> PanelReading:
    """Judge a round by the rule: verdicts, flags, movement, closings and outlying codes.

    Parameters: codes of the round, integers of shape (raters, items), 0 to 3 for N, A, P and E,
    -1 for no code; fastest as int8. before, the codes of the earlier round in the same shape:
    row i is the same person, column j the same item. round_number from 1.
    Returns: the reading, every figure an array over the items.
    Missing: a cell without a code leaves every denominator; only people with a code in both
    rounds can have moved. Undefined: an item nobody rated is insufficient, with -1 and NaN in
    its columns and None in its verdict; alpha is a named answer; without an earlier round
    nothing is known to be stable, so movement is None.
    Raises: ValueError if a table or a code is unsound, the rounds differ in shape, the round is
    below 1, or round 1 is given an earlier round.
    Reference: each statistic's own function; the order of the work is our own.

    >>> reading = read_panel([[2, 0], [2, 3], [2, 3], [2, 0], [2, -1]], Rule(minimum_n=4))
    >>> [each.outcome.value for each in reading.verdicts()]
    ['level', 'split']
    >>> [each.value for each in reading.closing_words()]
    ['agreed', 'open']
    """
    if round_number == 1 and before is not None:
        raise ValueError("Round 1 has no earlier round.")
    table = code_table(codes, PROFICIENCY_CATEGORIES)
    judged = verdict_columns(counts(table), rule)
    movement = None if before is None else _movement(before, table, judged.counts, rule)
    stable = np.zeros_like(judged.is_fragile) if movement is None else movement.is_stable
    return PanelReading(
        judged=judged,
        reaches_threshold=reaches_threshold(judged.counts, rule.threshold_percent),
        needed_interval=wilson_intervals(judged.needed, judged.n),
        is_outlying=outlying_from(table, judged.medians, MEDIAN_NEIGHBOURHOOD),
        movement=movement,
        closings=closing_codes(judged.outcomes, judged.is_fragile, stable, round_number, rule),
        alpha=krippendorff_alpha(judged.counts),
    )


def _movement(before: npt.ArrayLike, codes: Codes, after: Integers, rule: Rule) -> Movement:
    earlier = code_table(before, PROFICIENCY_CATEGORIES)
    # People are compared first: tables of other people may well count to the same shape.
    moved = share_moved(earlier, codes)
    counted = counts(earlier)
    return Movement(
        change=distribution_change(counted, after),
        is_stable=is_stable(counted, after, rule),
        share_moved=moved,
    )
