"""The verdict of an item: its outcome and everything that stands beside it.

A verdict is a plain frozen record, one an item, that can be stored as it is. Whether asking goes
on is decided in `stopping`; who said what never comes here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.agreement import tastle_wierman, van_der_eijk
from consensus.distribution import Integers, Medians, medians
from consensus.luck import chance_of_agreement, chance_of_settling
from consensus.outcome import OUTCOMES, Outcome, outcome_codes, proficiency_table
from consensus.robustness import is_fragile
from consensus.rule import Rule
from consensus.scale import NO_CODE, NOT_NEEDED

__all__ = ["Outcome", "Verdict", "verdict", "verdicts"]

_AMONG_THE_NEEDED = (Outcome.LEVEL, Outcome.ADJACENT, Outcome.NO_LEVEL)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one panel's answers to one item come to.

    outcome: the decision of the rule.
    level: the settled code for a level (1 to 3) and for not needed (0); for adjacent and no
        level the lower median among those who say needed, provisional; else None.
    upper: the upper median beside `level`, the same code when there is one median; else None.
    counts: raters per category, N, A, P, E.
    n: raters with a code. needed: those of them who say A, P or E.
    share_needed_percent: 100 × needed / n for display, None without a code. Never compare it.
    agreement: van der Eijk's A, −1 to 1, None without a code.
    consensus: Tastle and Wierman's, 0 to 1, None without a code.
    luck: chance that one category of a random panel of n reaches the threshold, None without
        a code.
    settling_luck: chance that a random panel of n gets an agreed verdict by this very rule,
        which is more often; None without a code.
    is_fragile: dropping any single rater changes the verdict.
    is_two_camps: A is below 0.
    lower_median, upper_median: over all codes, None without a code.
    """

    outcome: Outcome
    level: int | None
    upper: int | None
    counts: tuple[int, ...]
    n: int
    needed: int
    share_needed_percent: float | None
    agreement: float | None
    consensus: float | None
    luck: float | None
    settling_luck: float | None
    is_fragile: bool
    is_two_camps: bool
    lower_median: int | None
    upper_median: int | None

    @property
    def is_agreed(self) -> bool:
        """Whether the panel agrees: on a level, or that the capability is not needed."""
        return self.outcome in (Outcome.LEVEL, Outcome.NOT_NEEDED)


@dataclass(frozen=True, slots=True)
class _Columns:
    """What is computed for all items at once, before it is cut into verdicts."""

    table: Integers
    outcomes: npt.NDArray[np.int8]
    overall: Medians
    among_the_needed: Medians
    agreement: list[float]
    consensus: list[float]
    fragile: list[bool]


def verdicts(counts: npt.ArrayLike, rule: Rule) -> tuple[Verdict, ...]:
    """Judge every item by the rule.

    Parameters: counts over N, A, P, E, shape (items, 4), as `distribution.counts` gives them.
    Returns: one verdict an item, in the order of the rows.
    Missing: raters without a code are not in the counts. Undefined: an item nobody rated is
    insufficient, and its statistics are None.
    Raises: ValueError if the counts are unsound or not over four categories.
    Reference: our own rule; see `outcome.outcome_codes` and each statistic's own function.

    >>> [each.outcome.value for each in verdicts([[0, 1, 8, 1], [0, 5, 0, 5]], Rule())]
    ['level', 'no level']
    """
    table = proficiency_table(counts)
    needed = table.copy()
    needed[:, NOT_NEEDED] = 0
    columns = _Columns(
        table=table,
        outcomes=outcome_codes(table, rule),
        overall=medians(table),
        among_the_needed=medians(needed),
        agreement=van_der_eijk(table).tolist(),
        consensus=tastle_wierman(table).tolist(),
        fragile=is_fragile(table, rule).tolist(),
    )
    return tuple(_rows(columns, rule))


def verdict(counts_row: npt.ArrayLike, rule: Rule) -> Verdict:
    """Judge one item by the rule: `verdicts` of a single row of counts over N, A, P, E.

    Raises ValueError if there is not exactly one row. All else is as in `verdicts`.

    >>> verdict([8, 1, 1, 0], Rule()).outcome.value
    'not needed'
    """
    judged = verdicts(counts_row, rule)
    if len(judged) != 1:
        raise ValueError("One verdict is asked of one row of counts.")
    return judged[0]


def _rows(columns: _Columns, rule: Rule) -> Iterator[Verdict]:
    for item, row in enumerate(columns.table.tolist()):
        n, needed = sum(row), sum(row) - row[NOT_NEEDED]
        outcome = OUTCOMES[columns.outcomes[item]]
        level, upper = _levels(outcome, columns.among_the_needed, item)
        yield Verdict(
            outcome=outcome,
            level=level,
            upper=upper,
            counts=tuple(row),
            n=n,
            needed=needed,
            share_needed_percent=100 * needed / n if n else None,
            agreement=columns.agreement[item] if n else None,
            consensus=columns.consensus[item] if n else None,
            luck=chance_of_agreement(n, rule.threshold_percent),
            settling_luck=chance_of_settling(n, rule.threshold_percent),
            is_fragile=columns.fragile[item],
            is_two_camps=columns.agreement[item] < 0,
            lower_median=_code(columns.overall.lower, item),
            upper_median=_code(columns.overall.upper, item),
        )


def _levels(outcome: Outcome, among: Medians, item: int) -> tuple[int | None, int | None]:
    if outcome is Outcome.NOT_NEEDED:
        return NOT_NEEDED, NOT_NEEDED
    if outcome in _AMONG_THE_NEEDED:
        # A level held by more than half is both medians, so this serves all three outcomes.
        return _code(among.lower, item), _code(among.upper, item)
    return None, None


def _code(codes: Integers, item: int) -> int | None:
    code = int(codes[item])
    return None if code == NO_CODE else code
