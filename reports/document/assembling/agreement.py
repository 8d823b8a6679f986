"""The rounds, the verdicts and what the panel did not agree on.

Answers pass the gate of ``disclosure`` here: what too few gave never enters a document.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from consensus.outcome import OUTCOMES
from consensus.ratifying import PanelRule
from consensus.scale import PROFICIENCY_WORDS
from consensus.sensitivity import threshold_sensitivity
from consensus.stopping import Closing
from consensus.verdict import Outcome
from cycles.setup.models import RuleCard
from reports.document.assembling.deviations import deviation_facts
from reports.document.assembling.rounds import comments_of, round_lines, workshop_lines
from reports.document.assembling.rows import Rows
from reports.document.assembling.subject import maybe_day_of, share
from reports.document.facts import (
    Agreement,
    Dissent,
    DissentReason,
    LevelOutcomes,
    RuleFacts,
    Sensitivity,
    Tally,
)
from workshop.ratification.dissent import NOBODY, Minority, minorities_of
from workshop.ratification.votes import is_stable_dissent
from workshop.rooms.disclosure import may_show, smallest_shown
from workshop.rooms.queries import Cell
from workshop.rooms.words import CLOSING_WORDS, OUTCOME_WORDS, voted_words

MOST_COMMENTS = 6
PANEL_RULES = {
    PanelRule.MAJORITY: "more than half of those who answered",
    PanelRule.TWO_THIRDS: "at least two thirds of those who answered",
    PanelRule.UNANIMOUS: "all who answered",
}
Word = TypeVar("Word", bound=StrEnum)


def agreement_facts(rows: Rows) -> Agreement:
    """Return the rule card, the rounds and the verdicts, counted from one reading of the cells."""
    card, cells, dissent = rows.card, rows.cells, _dissent(rows)
    return Agreement(
        rule=_rule(card),
        smallest_shown=smallest_shown(card.minimum_n),
        workshops=workshop_lines(rows.workshops),
        rounds=round_lines(rows.workshops, card.minimum_n),
        deviations=deviation_facts(rows),
        **_counts(cells, rows.cell_count),
        without_agreement=len(dissent),
        expected_by_luck=_luck(cells),
        outcomes=_tallies(Outcome, OUTCOME_WORDS, (each.outcome for each in cells)),
        closings=_tallies(Closing, CLOSING_WORDS, (each.closing for each in cells)),
        role_levels=_by_role_level(rows),
        sensitivity=_sensitivity(card, cells),
        dissent=dissent,
    )


def _counts(cells: Sequence[Cell], total: int) -> dict[str, int]:
    settled = sum(each.is_settled for each in cells)
    return {
        "total": total,
        "judged": len(cells),
        "settled": settled,
        "unsettled": total - settled,
        "agreed": sum(each.is_agreed for each in cells),
        "agreed_at_cap": sum(each.is_agreed and each.closing == Closing.CAPPED for each in cells),
        "provisional": sum(each.is_provisional for each in cells),
        "decided": sum(each.is_decided for each in cells),
        "fragile": sum(each.is_fragile for each in cells),
        "two_camps": sum(each.is_two_camps for each in cells),
        "stable_dissent": sum(each.closing == Closing.STABLE_DISSENT for each in cells),
    }


def _tallies(
    kind: type[Word], words: Mapping[Word, str], found: Iterable[Word]
) -> tuple[Tally, ...]:
    counts = Counter(found)
    return tuple(
        Tally(words[each], counts[each], share(counts[each], counts.total())) for each in kind
    )


def _rule(card: RuleCard) -> RuleFacts:
    rule = card.rule()
    return RuleFacts(
        threshold_percent=card.threshold_percent,
        minimum_n=card.minimum_n,
        stability_percent=card.stability_percent,
        round_cap=card.round_cap,
        panel_quorum=card.panel_quorum,
        feedback=rule.feedback,
        engine=rule.engine,
        rationale=card.rationale,
        set_on=maybe_day_of(card.set_at),
        fixed_on=maybe_day_of(card.fixed_at),
        digest=card.digest or "",
        panel_rule=PANEL_RULES[card.panel_rule],
    )


def _luck(cells: Sequence[Cell]) -> float | None:
    """Return how many judged cells a panel answering at random would be expected to agree on."""
    chances = [
        each.figures["settling_luck"]
        for each in cells
        if each.outcome != Outcome.INSUFFICIENT and each.figures.get("settling_luck") is not None
    ]
    return round(sum(chances), 1) if chances else None


def _by_role_level(rows: Rows) -> tuple[LevelOutcomes, ...]:
    counts = Counter((each.role_level_id, each.outcome) for each in rows.cells)
    return tuple(
        LevelOutcomes(
            role_level=level.name,
            counts=tuple(counts[level.id, outcome] for outcome in OUTCOMES),
            total=sum(counts[level.id, outcome] for outcome in OUTCOMES),
        )
        for level in rows.role_levels
    )


def _sensitivity(card: RuleCard, cells: Sequence[Cell]) -> tuple[Sensitivity, ...]:
    if not cells:
        return ()
    own = card.threshold_percent
    thresholds = tuple(sorted({70, 75, 80, own}))
    readings = threshold_sensitivity([each.counts for each in cells], card.rule(), thresholds)
    return tuple(
        Sensitivity(each.threshold_percent, each.agreed, len(each.changed)) for each in readings
    )


def _dissent(rows: Rows) -> tuple[Dissent, ...]:
    """Return the finished items without agreement, by capability, then by role level."""
    minimum_n = rows.card.minimum_n
    statements = {each.id: (place, each) for place, each in enumerate(rows.kept)}
    levels = {each.id: (place, each.name) for place, each in enumerate(rows.role_levels)}
    comments = comments_of(rows.cycle.id)
    finished = [cell for cell in rows.cells if cell.is_finished and not cell.is_agreed]
    apart = minorities_of(finished, minimum_n)
    lines = []
    for cell in finished:
        place, statement = statements[cell.statement_id]
        at, level = levels[cell.role_level_id]
        is_shown = may_show(cell.n, minimum_n)
        said = comments.get(cell.statement_id, ()) if is_shown else ()
        names, minority = (statement.code, statement.text, level), apart.get(cell.item_id, NOBODY)
        line = _line(cell, names, said, minority, is_shown=is_shown)
        lines.append((place, at, line))
    return tuple(line for _, _, line in sorted(lines, key=lambda each: each[:2]))


def _line(
    cell: Cell,
    names: tuple[str, str, str],
    comments: tuple[str, ...],
    minority: Minority,
    *,
    is_shown: bool,
) -> Dissent:
    return Dissent(
        *names,
        verdict=voted_words(cell),
        closing=CLOSING_WORDS[cell.closing],
        holds=_holds(cell),
        decision=cell.reason,
        counts=cell.counts if is_shown else (),
        is_two_camps=cell.is_two_camps,
        comments=comments[:MOST_COMMENTS],
        minority=minority.words if is_stable_dissent(cell) else "",
        reasons=tuple(
            DissentReason(each.side, each.text) for each in minority.reasons[:MOST_COMMENTS]
        ),
    )


def _holds(cell: Cell) -> str:
    if not cell.is_settled:
        return "Unsettled"
    words = PROFICIENCY_WORDS[cell.level or 0]
    return f"{words}, provisional" if cell.is_provisional else words
