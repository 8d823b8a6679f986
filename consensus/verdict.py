"""The verdict of an item: its outcome and everything that stands beside it.

A verdict is a plain frozen record, one an item, that can be stored as it is. Whether asking goes
on is decided in `stopping`; who said what never comes here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isnan

import numpy.typing as npt

from consensus.columns import VerdictColumns, verdict_columns
from consensus.distribution import Floats, Integers
from consensus.outcome import OUTCOMES, Outcome
from consensus.rule import Rule
from consensus.scale import NO_CODE

__all__ = ["Outcome", "Verdict", "records", "verdict", "verdicts"]


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
    return records(verdict_columns(counts, rule))


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


def records(columns: VerdictColumns) -> tuple[Verdict, ...]:
    """Cut the columns of a panel into one verdict an item, in the order of the rows.

    Parameters: columns as `columns.verdict_columns` gives them. Missing and undefined: what is
    -1 or NaN there is None here.

    >>> records(verdict_columns([0, 0, 0, 0], Rule()))[0].agreement is None
    True
    """
    return tuple(map(Verdict, *_figures(columns)))


def _figures(columns: VerdictColumns) -> Iterator[Iterable[object]]:
    """Give each field of a verdict for all items, in the order of the fields."""
    yield [OUTCOMES[code] for code in columns.outcomes.tolist()]
    yield _codes(columns.level)
    yield _codes(columns.upper)
    yield map(tuple, columns.counts.tolist())
    yield columns.n.tolist()
    yield columns.needed.tolist()
    yield _numbers(columns.share_needed_percent)
    yield _numbers(columns.agreement)
    yield _numbers(columns.consensus)
    yield _numbers(columns.luck)
    yield _numbers(columns.settling_luck)
    yield columns.is_fragile.tolist()
    yield columns.is_two_camps.tolist()
    yield _codes(columns.medians.lower)
    yield _codes(columns.medians.upper)


def _codes(column: Integers) -> list[int | None]:
    return [None if code == NO_CODE else code for code in column.tolist()]


def _numbers(column: Floats) -> list[float | None]:
    return [None if isnan(number) else number for number in column.tolist()]
