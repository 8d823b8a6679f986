"""Disclosure: the one gate in front of every number and word a group said.

Pages, fragments and downloads all ask here. Nothing is computed and nothing is stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SMALLEST_PANEL = 5
"""No group result below this many raters, whatever smaller number a rule card is content with."""


@dataclass(frozen=True)
class Shown:
    """What people may see of a group's answers: the counts of N, A, P, E, or the reason why not."""

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
