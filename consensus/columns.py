"""Everything that a verdict holds, for all items of a panel at once: one array a figure.

The arithmetic of a verdict is made here and only here. `verdict` cuts these columns into one
record an item; how a panel moved since an earlier round is in `panel`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.agreement import tastle_wierman, van_der_eijk
from consensus.distribution import (
    Booleans,
    Floats,
    Integers,
    Medians,
    Quartiles,
    medians,
    quartiles,
)
from consensus.luck import chance_of_agreement, chance_of_settling
from consensus.outcome import (
    ADJACENT_CODE,
    LEVEL_CODE,
    NO_LEVEL_CODE,
    NOT_NEEDED_CODE,
    Outcomes,
    outcome_codes,
    proficiency_table,
)
from consensus.robustness import is_fragile
from consensus.rule import Rule
from consensus.scale import NO_CODE, NOT_NEEDED
from consensus.shape import has_two_humps


@dataclass(frozen=True, slots=True)
class VerdictColumns:
    """The figures of `verdict.Verdict`, each an array over items, in the order of the counts.

    Where a verdict carries None these carry -1 (codes) or NaN (numbers). Neither is fit to show
    to a person: `verdict.records` turns them into None.

    counts: raters per category, (items, 4). outcomes: positions in `OUTCOMES`, int8. level,
    upper: the codes beside the outcome. quartiles: first and third, over all codes.
    has_two_humps: two humps of a fifth or more with a trough between, as `shape` finds them.
    All else is named and defined as in `verdict.Verdict`.
    """

    counts: Integers
    n: Integers
    needed: Integers
    share_needed_percent: Floats
    outcomes: Outcomes
    level: Integers
    upper: Integers
    medians: Medians
    quartiles: Quartiles
    agreement: Floats
    consensus: Floats
    luck: Floats
    settling_luck: Floats
    is_fragile: Booleans
    is_two_camps: Booleans
    has_two_humps: Booleans

    @property
    def is_agreed(self) -> Booleans:
        """Whether the panel agrees on each item: on a level, or that it is not needed."""
        agreed: Booleans = (self.outcomes == LEVEL_CODE) | (self.outcomes == NOT_NEEDED_CODE)
        return agreed


def verdict_columns(counts: npt.ArrayLike, rule: Rule) -> VerdictColumns:
    """Judge every item by the rule, and give each figure as one array.

    Parameters: counts over N, A, P, E, shape (items, 4), as `distribution.counts` gives them.
    Returns: the columns, in the order of the rows.
    Missing: raters without a code are not in the counts. Undefined: an item nobody rated is
    insufficient, its codes are -1 and its numbers NaN.
    Raises: ValueError if the counts are unsound or not over four categories.
    Reference: our own rule; see `outcome.outcome_codes` and each statistic's own function.

    >>> columns = verdict_columns([[0, 1, 8, 1], [0, 5, 0, 5]], Rule())
    >>> columns.level.tolist(), columns.is_two_camps.tolist()
    ([2, 1], [False, True])
    """
    table = proficiency_table(counts)
    n = table.sum(axis=1)
    needed = n - table[:, NOT_NEEDED]
    outcomes = outcome_codes(table, rule)
    level, upper = _levels(table, outcomes)
    agreement = van_der_eijk(table)
    return VerdictColumns(
        counts=table,
        n=n,
        needed=needed,
        share_needed_percent=_percent(needed, n),
        outcomes=outcomes,
        level=level,
        upper=upper,
        medians=medians(table),
        quartiles=quartiles(table),
        agreement=agreement,
        consensus=tastle_wierman(table),
        luck=_by_panel_size(n, rule, chance_of_agreement),
        settling_luck=_by_panel_size(n, rule, chance_of_settling),
        is_fragile=is_fragile(table, rule),
        is_two_camps=agreement < 0,
        has_two_humps=has_two_humps(table),
    )


def _levels(table: Integers, outcomes: Outcomes) -> tuple[Integers, Integers]:
    among = table.copy()
    among[:, NOT_NEEDED] = 0
    middle = medians(among)
    # A level held by more than half is both medians, so this serves all three outcomes.
    has_level = np.isin(outcomes, (LEVEL_CODE, ADJACENT_CODE, NO_LEVEL_CODE))
    otherwise = np.where(outcomes == NOT_NEEDED_CODE, NOT_NEEDED, NO_CODE)
    return (
        np.where(has_level, middle.lower, otherwise),
        np.where(has_level, middle.upper, otherwise),
    )


def _percent(part: Integers, n: Integers) -> Floats:
    percent = np.full(len(n), np.nan)
    np.divide(100 * part, n, out=percent, where=n > 0)
    return percent


def _by_panel_size(n: Integers, rule: Rule, chance: Callable[[int, int], float | None]) -> Floats:
    """Look each item's chance up by its number of raters: few sizes serve many items."""
    sizes, places = np.unique(n, return_inverse=True)
    chances = [chance(size, rule.threshold_percent) for size in sizes.tolist()]
    found: Floats = np.array(chances, dtype=np.float64)[places]
    return found
