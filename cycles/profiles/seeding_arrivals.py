"""What becomes of a capability that comes from an earlier cycle: new, there already, or near one.

Compared by meaning where vectors are held, else by words; nothing is encoded here, nothing kept.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cycles.profiles.seeding_sources import Brought
from cycles.semantics import vectors
from cycles.semantics.nearest import Method
from cycles.statements.comparing import FROM_PERCENT
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.prepared import by_words, has_model
from cycles.statements.queries import statements_of
from cycles.statements.rules import LIVE
from cycles.statements.wording import key


@dataclass(frozen=True)
class Arrival:
    """One capability and what this cycle has of it.

    ``own`` says the same in the same words; ``near`` nearly the same, ``percent`` alike.
    ``is_rejected``: its wording was merged here into a statement that was rejected.
    """

    brought: Brought
    own: CapabilityStatement | None = None
    near: CapabilityStatement | None = None
    percent: int = 0
    is_rejected: bool = False


@dataclass(frozen=True)
class Arrivals:
    """Every capability once, in the order given, and how likeness was judged."""

    lines: tuple[Arrival, ...]
    method: Method


def arrivals(cycle_id: uuid.UUID, brought: Sequence[Brought]) -> Arrivals:
    """Hold the capabilities against the statements of the cycle."""
    once: dict[uuid.UUID, Brought] = {}
    for each in brought:
        once.setdefault(each.statement.id, each)
    everything = statements_of(cycle_id)
    lines = [resolve(each, everything) for each in once.values()]
    fresh = [line.brought for line in lines if line.own is None and not line.is_rejected]
    live = [each for each in everything if each.status in LIVE]
    near, method = _near(fresh, live)
    return Arrivals(
        tuple(
            replace(line, near=near[found][0], percent=near[found][1])
            if (found := key(line.brought.text)) in near
            else line
            for line in lines
        ),
        method,
    )


def resolve(brought: Brought, everything: Sequence[CapabilityStatement]) -> Arrival:
    """Find the live statement that stands for the wording, following what it was merged into."""
    by_id = {each.id: each for each in everything}
    wording = key(brought.text)
    same = [
        each
        for each in everything
        if each.status != StatementStatus.REJECTED and key(each.text) == wording
    ]
    for statement in same:
        end = statement
        while end.merged_into_id is not None:
            end = by_id[end.merged_into_id]
        if end.status in LIVE:
            return Arrival(brought, own=end)
    return Arrival(brought, is_rejected=bool(same))


Near = dict[str, tuple[CapabilityStatement, int]]


def _near(fresh: Sequence[Brought], live: Sequence[CapabilityStatement]) -> tuple[Near, Method]:
    texts, others = [each.text for each in fresh], [each.text for each in live]
    held = vectors.cached([*texts, *others]) if has_model() else {}
    if texts and others and all(each in held for each in (*texts, *others)):
        left = np.stack([held[each] for each in texts])
        scores, method = left @ np.stack([held[each] for each in others]).T, Method.MEANING
    else:
        method = Method.WORDS
        scores = np.zeros((len(texts), len(others)), dtype=np.float32)
        found = by_words(texts, others, 1, FROM_PERCENT[method] / 100)
        scores[found.row, found.other] = found.score
    near: Near = {}
    for row, brought in enumerate(fresh if others else ()):
        best = int(np.argmax(scores[row]))
        percent = round(100 * float(scores[row, best]))
        if percent >= FROM_PERCENT[method]:
            near[key(brought.text)] = (live[best], min(percent, 100))
    return near, method
