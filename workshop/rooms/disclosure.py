"""Disclosure: the one gate in front of every number and word a group said.

Pages, fragments, letters and downloads all ask here. Nothing is computed and nothing is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

SMALLEST_PANEL = 5
"""No group result below this many raters, whatever smaller number a rule card is content with."""

SMALLEST_GROUP = 3
"""No part of the panel below this many raters in a breakdown, nor left out of one together."""

SMALLEST_WITH_REASONS = 5
"""No reasons of a part of the panel below this many raters: words unmask sooner than counts."""

Key = TypeVar("Key")


@dataclass(frozen=True)
class Shown:
    """What people may see of a group's answers: the counts of each code, or the reason why not."""

    counts: tuple[int, ...] | None
    n: int | None
    sentence: str


def smallest_shown(minimum_n: int) -> int:
    """Return how many raters a group result needs before anybody sees it."""
    return max(SMALLEST_PANEL, minimum_n)


def may_show(n: int, minimum_n: int) -> bool:
    """Say whether the answers of ``n`` raters, counts or comments, may be shown."""
    return n >= smallest_shown(minimum_n)


def shown(counts: Sequence[int], minimum_n: int) -> Shown:
    """Return the counts when enough people rated, else a sentence in their place."""
    n = sum(counts)
    if may_show(n, minimum_n):
        return Shown(tuple(counts), n, f"{n} rated")
    return Shown(None, None, f"Fewer than {smallest_shown(minimum_n)} rated: counts withheld")


def may_show_reasons_of(n: int) -> bool:
    """Say whether reasons may be shown as those of a part of the panel with ``n`` raters.

    The panel as a whole must have passed ``may_show`` besides.
    """
    return n >= SMALLEST_WITH_REASONS


def stands_out(*sides: int) -> bool:
    """Say whether one or two people are alone on a side of a panel that is cut in several.

    The list of who has answered names them, so what is told of the sides would be told of them.
    """
    return any(0 < side < SMALLEST_GROUP for side in sides)


def breakdown(groups: Mapping[Key, Sequence[int]], minimum_n: int) -> dict[Key, Shown]:
    """Return what may be shown of each part of a panel, given the parts that make up the whole.

    ``groups`` are the counts of each code, of scales of any length, one a part; every rater is in
    exactly one of them, as the counts of the whole may be shown beside them. Nothing is shown
    below ``may_show``; no part with fewer than three raters is; and what is left out together is
    nobody or at least three, or the difference from the whole would tell what they said: else
    the next smallest part is left out too.
    """
    sizes = {key: sum(counts) for key, counts in groups.items()}
    total = sum(sizes.values())
    if not may_show(total, minimum_n):
        return {key: shown((total,), minimum_n) for key in groups}
    hidden = _left_out(sizes)
    return {
        key: _withheld(sizes[key])
        if key in hidden
        else Shown(tuple(counts), sizes[key], f"{sizes[key]} rated")
        for key, counts in groups.items()
    }


def _left_out(sizes: Mapping[Key, int]) -> set[Key]:
    # The order given settles ties, so that the same panel is always cut the same way.
    rising = sorted(sizes, key=lambda key: sizes[key])
    hidden = {key for key in rising if sizes[key] < SMALLEST_GROUP}
    together = sum(sizes[key] for key in hidden)
    for key in rising:
        if together == 0 or together >= SMALLEST_GROUP:
            break
        if key not in hidden:
            hidden.add(key)
            together += sizes[key]
    return hidden


def _withheld(n: int) -> Shown:
    if n < SMALLEST_GROUP:
        return Shown(None, None, f"Fewer than {SMALLEST_GROUP} rated: counts withheld")
    return Shown(None, None, "Counts withheld: they would show what a smaller group said")
