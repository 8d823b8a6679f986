"""What other thresholds of agreement would make of the judged cells. Explored, never substituted.

It is worked out from the counts that may be shown. What too few rated is insufficient at every
threshold where the rule asks for as many raters; else it is left out, and said to be.
"""

from dataclasses import dataclass, replace

import numpy as np

from consensus.outcome import OUTCOMES, Outcome, outcome_codes, proficiency_table
from consensus.rule import Rule
from consensus.sensitivity import threshold_sensitivity
from reports.explorer.once import once
from reports.results.records import CellLine
from reports.results.results import Results
from workshop.rooms.words import OUTCOME_WORDS

LEAST, MOST = 51, 100
INSUFFICIENT = OUTCOME_WORDS[Outcome.INSUFFICIENT]


@dataclass(frozen=True)
class AgreementReading:
    """One threshold: how many cells are agreed, how many come out otherwise than by the rule.

    ``counts`` are by outcome, in the order of ``OUTCOMES``, of ``total`` cells.
    """

    threshold_percent: int
    agreed: int
    changed: int
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class ChangedCell:
    """A cell that another threshold decides otherwise: by the rule, and then."""

    cell: CellLine
    outcome: str
    explored: str


def shown_cells(results: Results) -> tuple[CellLine, ...]:
    """Return the cells whose counts may be shown."""
    return tuple(each for each in results.detail.cells if each.counts)


def left_out(results: Results) -> int:
    """Return how many judged cells cannot be read at another threshold."""
    return sum(not each.counts and each.outcome != INSUFFICIENT for each in results.detail.cells)


@once
def agreement_readings(results: Results) -> tuple[AgreementReading, ...]:
    """Return a reading of every threshold that a rule may have; none where nothing was judged."""
    cells = shown_cells(results)
    if not cells:
        return ()
    always = sum(not each.counts and each.outcome == INSUFFICIENT for each in results.detail.cells)
    found = threshold_sensitivity(
        [each.counts for each in cells], rule_of(results), tuple(range(LEAST, MOST + 1))
    )
    return tuple(
        AgreementReading(
            threshold_percent=each.threshold_percent,
            agreed=each.agreed,
            changed=len(each.changed),
            counts=tuple(
                count + always * (outcome == Outcome.INSUFFICIENT) for outcome, count in each.tally
            ),
            total=len(cells) + always,
        )
        for each in found
    )


def changed_cells(results: Results, threshold_percent: int) -> tuple[ChangedCell, ...]:
    """Return the cells that a threshold decides otherwise than the rule, in their own order."""
    cells, rule = shown_cells(results), rule_of(results)
    if not cells:
        return ()
    table = proficiency_table([each.counts for each in cells])
    decided = outcome_codes(table, rule)
    explored = outcome_codes(table, replace(rule, threshold_percent=threshold_percent))
    return tuple(
        ChangedCell(cells[at], _words(decided[at]), _words(explored[at]))
        for at in np.flatnonzero(decided != explored).tolist()
    )


def rule_of(results: Results) -> Rule:
    """Return the rule card's rule, as far as a verdict rests on it."""
    facts = results.document.agreement.rule
    return Rule(threshold_percent=facts.threshold_percent, minimum_n=facts.minimum_n)


def _words(code: int) -> str:
    return OUTCOME_WORDS[OUTCOMES[code]]
