"""What is told of a round as a whole: reliability, order, luck, and other thresholds.

The figures were frozen when the round closed; other thresholds are worked out anew from frozen
counts, and never take the place of the rule card's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from consensus.percent import agreement_table
from consensus.rule import Rule
from consensus.sensitivity import threshold_sensitivity
from workshop.rooms.disclosure import may_show
from workshop.rooms.latest import latest_verdicts
from workshop.rooms.models import RoomState, Round, ScaleName, Workshop
from workshop.rooms.queries import rounds_of
from workshop.rooms.telling import p_words, signed

THRESHOLDS = (60, 65, 70, 75, 80, 85, 90)


@dataclass(frozen=True)
class Tile:
    """One figure of a round: its name, the number or why there is none, and what it says."""

    label: str
    value: str
    note: str


@dataclass(frozen=True)
class ThresholdLine:
    """How many items agree at one threshold."""

    percent: int
    agreed: int
    is_rule: bool


@dataclass(frozen=True)
class RoundFigures:
    """The latest closed round as a whole. ``thresholds`` is empty for priorities."""

    number: int
    tiles: tuple[Tile, ...]
    luck: str
    thresholds: tuple[ThresholdLine, ...]
    asked: int


def round_figures(workshop: Workshop, rule: Rule) -> RoundFigures | None:
    """Return the figures of a workshop's latest closed round, or None before there are any."""
    closed = [one for one in rounds_of(workshop.id) if one.state == RoomState.CLOSED]
    if not closed or closed[-1].figures is None:
        return None
    last, figures = closed[-1], closed[-1].figures
    latest = [one.verdict.counts for one in latest_verdicts(workshop.id)]
    is_shown = may_show(figures["raters"], rule.minimum_n)
    return RoundFigures(
        number=last.number,
        tiles=_tiles(figures) if is_shown else (),
        luck=_luck(figures, rule),
        thresholds=_thresholds(latest, last, rule),
        asked=len(latest),
    )


def _tiles(figures: dict[str, Any]) -> tuple[Tile, ...]:
    alpha, w = figures["alpha"], figures["w"]
    if isinstance(alpha, str):
        first = Tile("Krippendorff’s alpha", "–", alpha)
    else:
        first = Tile("Krippendorff’s alpha", signed(alpha), "1 is perfect, 0 what chance gives")
    if isinstance(w, str):
        return first, Tile("Kendall’s W", "–", w)
    note = (
        f"{figures['w_strength']} agreement on the order; "
        f"{figures['w_raters']} with complete answers, p {p_words(figures['w_p'])}"
    )
    return first, Tile("Kendall’s W", f"{w:.2f}", note)


def _luck(figures: dict[str, Any], rule: Rule) -> str:
    luck, settling, rated = figures["luck"], figures["settling_luck"], figures["rated"]
    if luck is None or not rated:
        return ""
    unit = "cells" if settling is not None else "statements"
    told = (
        f"Of {rated} {unit} with enough answers a random panel of this size would agree on about "
        f"{_about(luck)}: that is how often one answer reaches {rule.threshold_percent} % by "
        "chance."
    )
    if settling is None:
        return told
    return f"{told} By the whole rule it would settle about {_about(settling)}."


def _about(number: float) -> str:
    return f"{number:.0f}" if number >= 1 or not number else "1 or fewer"


def _thresholds(
    counts: Sequence[Sequence[int]], last: Round, rule: Rule
) -> tuple[ThresholdLine, ...]:
    if last.scale == ScaleName.PRIORITY or not counts:
        return ()
    explored = tuple(sorted({*THRESHOLDS, rule.threshold_percent}))
    agreed = _agreed(counts, last.scale, rule, explored)
    return tuple(
        ThresholdLine(percent, number, percent == rule.threshold_percent)
        for percent, number in zip(explored, agreed, strict=True)
    )


def _agreed(
    counts: Sequence[Sequence[int]], scale: ScaleName, rule: Rule, thresholds: tuple[int, ...]
) -> list[int]:
    if scale == ScaleName.PROFICIENCY:
        return [one.agreed for one in threshold_sensitivity(counts, rule, thresholds)]
    enough: list[Sequence[int]] = [one for one in counts if sum(one) >= rule.minimum_n]
    if not enough:
        return [0] * len(thresholds)
    return [one.reaching for one in agreement_table(enough, thresholds)]
