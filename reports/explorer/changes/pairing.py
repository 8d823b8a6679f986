"""Which capability of one set of results is which of another.

Within a cycle codes say so. Between cycles the same words do, and for the rest nearness in meaning
by vectors that are held already; nothing is encoded here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from consensus.matching import similarity
from cycles.semantics import vectors
from cycles.statements.prepared import has_model
from reports.document.facts import Capability

ALIKE_PERCENT = 80
"""From this likeness on two capabilities of two cycles stand for one another."""


@dataclass(frozen=True)
class Pair:
    """A capability as it is in the results looked at and in the others; None where it is not.

    ``likeness`` is in per cent where the two were paired by meaning alone.
    """

    now: Capability | None
    then: Capability | None
    likeness: float | None = None


@dataclass(frozen=True)
class Paired:
    """All capabilities of both sides, each once.

    ``by_meaning`` is False where vectors were wanted and not at hand, so that words alone paired
    them.
    """

    pairs: tuple[Pair, ...]
    by_meaning: bool


def by_code(now: Sequence[Capability], then: Sequence[Capability]) -> Paired:
    """Pair the capabilities of one cycle."""
    others = {each.code: each for each in then}
    pairs = [Pair(each, others.pop(each.code, None)) for each in now]
    return Paired((*pairs, *(Pair(None, each) for each in others.values())), by_meaning=True)


def by_words(now: Sequence[Capability], then: Sequence[Capability]) -> Paired:
    """Pair the capabilities of two cycles: the same words, then the nearest in meaning."""
    others: dict[str, Capability] = {}
    for each in then:
        others.setdefault(_words(each), each)
    same = {each.code: others.pop(_words(each), None) for each in now}
    taken = {each.code for each in same.values() if each}
    left = [each for each in now if same[each.code] is None]
    rest = [each for each in then if each.code not in taken]
    nearest, by_meaning = _nearest(left, rest)
    taken |= {other.code for other, _likeness in nearest.values()}
    pairs = []
    for each in now:
        other, likeness = nearest.get(each.code, (same[each.code], None))
        pairs.append(Pair(each, other, likeness))
    gone = [Pair(None, each) for each in rest if each.code not in taken]
    return Paired((*pairs, *gone), by_meaning)


def _words(capability: Capability) -> str:
    return vectors.as_encoded(capability.text).casefold().rstrip(".")


def _nearest(
    left: Sequence[Capability], rest: Sequence[Capability]
) -> tuple[dict[str, tuple[Capability, float | None]], bool]:
    """Return for a capability its nearest other, by code; each other is taken by its nearest."""
    if not left or not rest:
        return {}, True
    if not has_model():
        return {}, False
    held = vectors.cached([each.text for each in (*left, *rest)])
    some = [each for each in left if each.text in held]
    others = [each for each in rest if each.text in held]
    if not some or not others:
        return {}, False
    scores = similarity(
        np.stack([held[each.text] for each in some]), np.stack([held[each.text] for each in others])
    )
    found: dict[str, tuple[Capability, float | None]] = {}
    taken: set[int] = set()
    places = np.argwhere(scores >= ALIKE_PERCENT / 100)
    for row, column in sorted(places.tolist(), key=lambda at: (-scores[at[0], at[1]], at)):
        code = some[row].code
        if code not in found and column not in taken:
            taken.add(column)
            found[code] = (others[column], round(float(scores[row, column]) * 100, 1))
    return found, True
