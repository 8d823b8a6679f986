"""What stands beside a verdict in words: what each part of the panel said, how far they stand
apart, and how far people moved. Every count has been through ``disclosure``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consensus.agreement import van_der_eijk
from consensus.divergence import Divergence, divergence
from cycles.setup.commands.rules import BY_GROUP
from cycles.setup.queries import rule_card_of
from workshop.rooms.disclosure import Shown, breakdown, may_show
from workshop.rooms.models import RoomState, Workshop

LARGE = 0.474
"""From here on Cliff's delta is called large (Romano and others, 2006)."""
MOST_PARTS = 2


@dataclass(frozen=True)
class PartShown:
    """One part of the panel: its counts, or the sentence in their place."""

    key: str
    name: str
    counts: tuple[int, ...] | None
    words: str


@dataclass(frozen=True)
class PairShown:
    """Two parts of the panel compared: which is lower, by what delta (its size), and the p."""

    words: str
    delta: str
    p: str


def shows_parts(workshop: Workshop, *, may_convene: bool) -> bool:
    """Say whether this reader may see the parts of the panel apart.

    While raters can still answer, only where the rule card says that they are shown them.
    """
    if may_convene or workshop.state == RoomState.CLOSED:
        return True
    return rule_card_of(workshop.cycle_id).feedback == BY_GROUP


def parts_shown(figures: Mapping[str, Any], minimum_n: int) -> tuple[PartShown, ...]:
    """Return what may be shown of each part of a panel; nothing where it has but one part."""
    parts: Sequence[Mapping[str, Any]] = figures.get("groups") or ()
    if len(parts) < MOST_PARTS:
        return ()
    gated: Mapping[str, Shown] = breakdown(
        {one["key"]: tuple(one["counts"]) for one in parts}, minimum_n
    )
    return tuple(
        PartShown(one["key"], one["name"], gated[one["key"]].counts, gated[one["key"]].sentence)
        for one in parts
    )


def divergence_words(figures: Mapping[str, Any], parts: Sequence[PartShown]) -> str:
    """Say that parts of the panel stand apart, or nothing where none do that may be shown."""
    apart = figures.get("divergence")
    shown = {one.key: one for one in parts if one.counts}
    if not apart or len(shown) < MOST_PARTS:
        return ""
    if _is_split(list(shown.values())):
        return "Agreed inside each group, not between them"
    pairs = [pair for pair in apart["pairs"] if {pair[0], pair[1]} <= shown.keys()]
    first, second, delta = max(pairs, key=lambda pair: abs(pair[2]), default=("", "", 0.0))
    if abs(delta) < LARGE:
        return ""
    lower, higher = (first, second) if delta < 0 else (second, first)
    return f"{shown[lower].name} answered lower than {shown[higher].name}"


def _is_split(parts: Sequence[PartShown]) -> bool:
    """Say whether the parts shown agree inside and not together; hidden parts tell nothing."""
    rows = [one.counts for one in parts if one.counts]
    inside = van_der_eijk(rows)
    pooled = van_der_eijk([sum(column) for column in zip(*rows, strict=True)])
    return bool((inside >= 0).all() and pooled[0] < 0)


def pairs_shown(parts: Sequence[PartShown]) -> tuple[PairShown, ...]:
    """Return the parts that may be shown and differ, two by two, the widest apart first."""
    shown = [one for one in parts if one.counts]
    found = []
    for place, first in enumerate(shown):
        for second in shown[place + 1 :]:
            compared = divergence(first.counts or (), second.counts or ())
            if isinstance(compared, Divergence) and compared.delta:
                found.append((abs(compared.delta), _pair(first, second, compared)))
    return tuple(pair for _, pair in sorted(found, key=lambda one: -one[0]))


def _pair(first: PartShown, second: PartShown, compared: Divergence) -> PairShown:
    lower, higher = (first, second) if compared.delta < 0 else (second, first)
    words = f"{lower.name} lower than {higher.name}"
    return PairShown(words, f"{abs(compared.delta):.2f}", p_words(compared.p_value))


def movement_words(figures: Mapping[str, Any], n: int, minimum_n: int) -> str:
    """Say how many people changed their answer since it was last asked, or nothing."""
    moved = figures.get("share_moved")
    if moved is None or not may_show(n, minimum_n):
        return ""
    return f"moved: {100 * moved:.0f} %"


def signed(number: float) -> str:
    """Return a number between −1 and 1 with a real minus sign."""
    return f"{number:.2f}".replace("-", "−")


def p_words(p: float) -> str:
    """Return a p-value as papers print it."""
    return "below 0.001" if p < 0.001 else f"{p:.3f}"
