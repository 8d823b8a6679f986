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
from workshop.rooms.models import ItemVerdict, RoomState, ScaleName, Workshop
from workshop.rooms.queries import rounds_of
from workshop.rooms.scales import KIND_SCALES
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
class RoundLine:
    """One closed round: how many items enough people rated, alpha and W, or a dash."""

    number: int
    rated: int
    alpha: str
    w: str


@dataclass(frozen=True)
class RoundFigures:
    """The latest closed round as a whole, and the workshop's verdicts at other thresholds.

    ``rounds`` is empty for a single round, ``thresholds`` for priorities.
    """

    number: int
    tiles: tuple[Tile, ...]
    rounds: tuple[RoundLine, ...]
    luck: str
    thresholds: tuple[ThresholdLine, ...]
    asked: int


def round_figures(workshop: Workshop, rule: Rule) -> RoundFigures | None:
    """Return the figures of a workshop's latest closed round, or None before there are any."""
    closed = [
        (one.number, one.figures)
        for one in rounds_of(workshop.id)
        if one.state == RoomState.CLOSED and one.figures is not None
    ]
    if not closed:
        return None
    scale = KIND_SCALES[workshop.kind].name
    latest = [one.verdict for one in latest_verdicts(workshop.id)]
    shown = [(number, of) for number, of in closed if may_show(of["raters"], rule.minimum_n)]
    return RoundFigures(
        number=closed[-1][0],
        tiles=_tiles(closed[-1][1]) if closed[-1] in shown else (),
        rounds=tuple(_line(*one) for one in shown) if len(shown) > 1 else (),
        luck=_luck(latest, scale, rule),
        thresholds=_thresholds([one.counts for one in latest], scale, rule),
        asked=len(latest),
    )


def _line(number: int, figures: dict[str, Any]) -> RoundLine:
    alpha, w = figures["alpha"], figures["w"]
    return RoundLine(
        number=number,
        rated=figures["rated"],
        alpha="–" if isinstance(alpha, str) else signed(alpha),
        w="–" if isinstance(w, str) else f"{w:.2f}",
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


def _luck(latest: Sequence[ItemVerdict], scale: ScaleName, rule: Rule) -> str:
    """Say how much of the agreement chance alone would give, over all verdicts as they stand."""
    rated = [one.figures for one in latest if sum(one.counts) >= rule.minimum_n]
    if scale == ScaleName.PRIORITY or not rated:
        return ""
    is_cells = scale == ScaleName.PROFICIENCY
    told = (
        f"Of {len(rated)} {'cells' if is_cells else 'statements'} a random panel of this size "
        f"would agree on {_about(sum(one['luck'] for one in rated))}: that is how often one "
        f"answer reaches {rule.threshold_percent} % by chance."
    )
    if not is_cells:
        return told
    settling = sum(one["settling_luck"] for one in rated)
    return f"{told} By the whole rule it would settle {_about(settling)}."


def _about(number: float) -> str:
    return f"about {number:.0f}" if number >= 1 else "fewer than one"


def _thresholds(
    counts: Sequence[Sequence[int]], scale: ScaleName, rule: Rule
) -> tuple[ThresholdLine, ...]:
    if scale == ScaleName.PRIORITY or not counts:
        return ()
    explored = tuple(sorted({*THRESHOLDS, rule.threshold_percent}))
    agreed = _agreed(counts, scale, rule, explored)
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
