"""What the answers to each item come to, on each scale: an outcome and the figures beside it.

Proficiency goes by the rule card through ``consensus``; priorities by the RAND/UCLA method, which
was made for nine points; keep, reword or drop by per cent agreement at the card's threshold.
Counts are enough for all three. Nothing is read or stored here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from consensus.agreement import tastle_wierman, van_der_eijk
from consensus.columns import VerdictColumns, verdict_columns
from consensus.distribution import Booleans, Integers, Medians, medians
from consensus.interval import wilson_interval
from consensus.luck import chance_of_agreement
from consensus.outcome import INSUFFICIENT_CODE, LEVEL_CODE, NO_LEVEL_CODE, Outcome
from consensus.percent import reaches_threshold
from consensus.rand import LOWEST, RandUcla, Reading, rand_ucla
from consensus.rule import Rule
from consensus.scale import NO_CODE
from consensus.verdict import Verdict, records
from workshop.rooms.models import ScaleName

TOO_FEW = "too few rated"
HIGH, MIDDLING, LOW, DISAGREEMENT = "high priority", "middling", "low priority", "disagreement"
DROP, REWORD, KEEP, NO_AGREEMENT = "drop", "reword", "keep", "no agreement"
RELEVANCE = (DROP, REWORD, KEEP)
"""The outcomes of the relevance scale, in the order of its codes."""

AGREED_OUTCOMES = frozenset(
    (Outcome.LEVEL.value, Outcome.NOT_NEEDED.value, HIGH, MIDDLING, LOW, DROP, REWORD, KEEP)
)
"""The outcomes, of every scale, on which a panel agreed."""

_READINGS = {Reading.HIGH: HIGH, Reading.UNCERTAIN: MIDDLING, Reading.LOW: LOW}


@dataclass(frozen=True)
class Judged:
    """What each item came to, in the order of the items.

    ``stops`` holds positions in ``consensus.outcome.OUTCOMES`` that say what the stop rule asks:
    whether the item is agreed, answered but not agreed, or answered by too few.
    """

    outcomes: tuple[str, ...]
    levels: tuple[int | None, ...]
    stops: npt.NDArray[np.int8]
    is_fragile: Booleans
    is_two_camps: Booleans
    figures: tuple[dict[str, Any], ...]


def judge(table: Integers, scale: ScaleName, rule: Rule) -> Judged:
    """Judge counts of shape (items, categories) on a scale."""
    return JUDGES[scale](table, rule)


def _proficiency(table: Integers, rule: Rule) -> Judged:
    columns = verdict_columns(table, rule)
    judged = records(columns)
    return Judged(
        outcomes=tuple(one.outcome.value for one in judged),
        levels=tuple(one.level for one in judged),
        stops=columns.outcomes,
        is_fragile=columns.is_fragile,
        is_two_camps=columns.is_two_camps,
        figures=tuple(_proficiency_figures(judged, columns, rule)),
    )


def _proficiency_figures(
    judged: Sequence[Verdict], columns: VerdictColumns, rule: Rule
) -> Iterator[dict[str, Any]]:
    reaches = reaches_threshold(columns.counts, rule.threshold_percent).tolist()
    first, third = columns.quartiles.lower.tolist(), columns.quartiles.upper.tolist()
    humps = columns.has_two_humps.tolist()
    for item, one in enumerate(judged):
        interval = wilson_interval(one.needed, one.n)
        yield {
            "n": one.n,
            "needed": one.needed,
            "upper": one.upper,
            "share_needed_percent": one.share_needed_percent,
            "needed_interval": [interval.low, interval.high] if interval else None,
            "lower_median": one.lower_median,
            "upper_median": one.upper_median,
            "lower_quartile": _code(first[item]),
            "upper_quartile": _code(third[item]),
            "agreement": one.agreement,
            "consensus": one.consensus,
            "luck": one.luck,
            "settling_luck": one.settling_luck,
            "reaches_threshold": reaches[item],
            "has_two_humps": humps[item],
        }


def _priority(table: Integers, rule: Rule) -> Judged:
    outcomes = [_priority_outcome(row, rule.minimum_n) for row in table]
    middle = medians(table)
    return Judged(
        outcomes=tuple(outcomes),
        levels=tuple(_level(outcome, middle, item) for item, outcome in enumerate(outcomes)),
        stops=_stops(outcomes, DISAGREEMENT),
        is_fragile=_fragile(table, outcomes, lambda row: _priority_outcome(row, 1)),
        is_two_camps=van_der_eijk(table) < 0,
        figures=tuple(
            {**common, **_rand_figures(row)}
            for common, row in zip(_common(table, middle), table, strict=True)
        ),
    )


def ratings_of(row: Integers) -> Integers:
    """Return the ratings, 1 to 9, that these counts of one item are made of."""
    return np.repeat(np.arange(len(row)) + LOWEST, row)


def _priority_outcome(row: Integers, minimum_n: int) -> str:
    if row.sum() < minimum_n:
        return TOO_FEW
    found = rand_ucla(ratings_of(row))
    if not isinstance(found, RandUcla):
        return TOO_FEW
    return DISAGREEMENT if found.is_disagreement else _READINGS[found.reading]


def _rand_figures(row: Integers) -> dict[str, Any]:
    found = rand_ucla(ratings_of(row))
    if not isinstance(found, RandUcla):
        names = ("median", "p30", "p70", "ipr", "ipras", "index", "is_disagreement", "classic")
        return dict.fromkeys(names)
    return {
        "median": (found.lower_median + found.upper_median) / 2,
        "p30": found.p30,
        "p70": found.p70,
        "ipr": found.ipr,
        "ipras": found.ipras,
        "index": found.index,
        "is_disagreement": found.is_disagreement,
        "classic": found.classic.value,
    }


def _relevance(table: Integers, rule: Rule) -> Judged:
    outcomes = [_relevance_outcome(row, rule, rule.minimum_n) for row in table]
    middle = medians(table)
    return Judged(
        outcomes=tuple(outcomes),
        levels=tuple(RELEVANCE.index(one) if one in RELEVANCE else None for one in outcomes),
        stops=_stops(outcomes, NO_AGREEMENT),
        is_fragile=_fragile(table, outcomes, lambda row: _relevance_outcome(row, rule, 1)),
        is_two_camps=van_der_eijk(table) < 0,
        figures=tuple(
            {**common, **_percent_figures(row, rule)}
            for common, row in zip(_common(table, middle), table, strict=True)
        ),
    )


def _relevance_outcome(row: Integers, rule: Rule, minimum_n: int) -> str:
    if row.sum() < minimum_n:
        return TOO_FEW
    if not reaches_threshold(row, rule.threshold_percent)[0]:
        return NO_AGREEMENT
    return RELEVANCE[int(row.argmax())]


def _percent_figures(row: Integers, rule: Rule) -> dict[str, Any]:
    n, most = int(row.sum()), int(row.max())
    interval = wilson_interval(most, n)
    return {
        "share_percent": 100 * most / n if n else None,
        "share_interval": [interval.low, interval.high] if interval else None,
        "luck": chance_of_agreement(n, rule.threshold_percent, len(row)),
    }


def _common(table: Integers, middle: Medians) -> Iterator[dict[str, Any]]:
    agreement, consensus = van_der_eijk(table).tolist(), tastle_wierman(table).tolist()
    for item, n in enumerate(table.sum(axis=1).tolist()):
        yield {
            "n": n,
            "lower_median": _code(int(middle.lower[item])),
            "upper_median": _code(int(middle.upper[item])),
            "agreement": agreement[item] if n else None,
            "consensus": consensus[item] if n else None,
        }


def _code(code: int) -> int | None:
    return None if code == NO_CODE else code


def _level(outcome: str, middle: Medians, item: int) -> int | None:
    return None if outcome == TOO_FEW else int(middle.lower[item])


def _stops(outcomes: Sequence[str], not_agreed: str) -> npt.NDArray[np.int8]:
    stands_for = {TOO_FEW: INSUFFICIENT_CODE, not_agreed: NO_LEVEL_CODE}
    return np.array([stands_for.get(one, LEVEL_CODE) for one in outcomes], dtype=np.int8)


def _fragile(
    table: Integers, outcomes: Sequence[str], decide: Callable[[Integers], str]
) -> Booleans:
    """Say of each item whether dropping any single rater changes its outcome."""
    return np.array(
        [
            outcome != TOO_FEW and any(decide(less) != outcome for less in _less_one(row))
            for row, outcome in zip(table, outcomes, strict=True)
        ],
        dtype=np.bool_,
    )


def _less_one(row: Integers) -> Iterator[Integers]:
    for code in np.flatnonzero(row):
        less = row.copy()
        less[code] -= 1
        yield less


def as_last_round(rule: Rule, number: int) -> Rule:
    """Return the rule with this round as its last: a workshop in real time has no other."""
    return replace(rule, round_cap=number)


JUDGES: dict[ScaleName, Callable[[Integers, Rule], Judged]] = {
    ScaleName.PROFICIENCY: _proficiency,
    ScaleName.PRIORITY: _priority,
    ScaleName.RELEVANCE: _relevance,
}
