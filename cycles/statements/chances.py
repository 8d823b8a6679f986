"""How sure a likeness is: the chance that two statements belong to the same group of activities.

Learnt from analysts' links, beside the adapter. Without an adapter there is no chance to tell.
"""

from collections.abc import Sequence

import numpy as np

from consensus.matching import apply_adapter
from cycles.semantics import vectors
from cycles.semantics.adapters import active_adapter


def chances_of(pairs: Sequence[tuple[str, str]]) -> list[float | None]:
    """Return the chance of each pair of texts; None where it cannot be told."""
    adapter = active_adapter() if pairs else None
    if adapter is None:
        return [None] * len(pairs)
    held = vectors.cached([text for pair in pairs for text in pair])
    known = [number for number, pair in enumerate(pairs) if all(text in held for text in pair)]
    found: list[float | None] = [None] * len(pairs)
    if known:
        left, right = (
            apply_adapter(np.stack([held[pairs[number][side]] for number in known]), adapter.matrix)
            for side in (0, 1)
        )
        told = adapter.chance(np.einsum("ij,ij->i", left, right))
        for number, chance in zip(known, told, strict=True):
            found[number] = float(chance)
    return found


def chance_words(chance: float | None) -> str:
    """Return a chance in words; empty where there is none to tell.

    >>> chance_words(0.68), chance_words(0.97), chance_words(0.02)
    ('about 7 in 10', 'more than 9 in 10', 'less than 1 in 10')
    """
    if chance is None:
        return ""
    if chance < 0.05:
        return "less than 1 in 10"
    if chance >= 0.95:
        return "more than 9 in 10"
    return f"about {max(1, min(9, round(10 * chance)))} in 10"
