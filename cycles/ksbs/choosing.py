"""Choosing which KSBs to suggest for each capability. Arrays and records in, records out.

Where texts and vectors come from, and what becomes of a suggestion, is not known here.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from cycles.semantics.vectors import normalise
from cycles.standards.models import KsbKind

Vectors = npt.NDArray[np.floating[Any]]

FLOOR = 0.45
DUTIES = 3
FROM_LIBRARY = 5
FROM_EARLIER = 3
# A KSB linked to a near duty may still have nothing to do with the capability.
LEAST_ALIKE = 0.15
SAME = 0.92
MOST = 8
MOST_FOLDED = 12
SCORE_DECIMALS = 4
# Each kind has its places first; what one kind leaves free goes to the nearest of any kind.
PLACES = {KsbKind.KNOWLEDGE: 3, KsbKind.SKILL: 3, KsbKind.BEHAVIOUR: 2}


@dataclass(frozen=True)
class Candidate:
    """A KSB that might be suggested, and where it comes from."""

    kind: KsbKind
    text: str
    source: str


@dataclass(frozen=True)
class Suggestion:
    """A KSB for one capability: its cosine to the capability's text.

    ``folded`` are the near duplicates that it stands for, nearest to the capability first.
    """

    statement_id: uuid.UUID
    candidate: Candidate
    score: float
    folded: tuple["Suggestion", ...] = ()


@dataclass(frozen=True)
class Held:
    """What a capability has already that educators touched: every wording, and how many KSBs
    stand there or wait, the rejected ones left out."""

    texts: tuple[str, ...] = ()
    count: int = 0


@dataclass
class _Leader:
    """A suggestion that others are folded into."""

    suggestion: Suggestion
    folded: list[Suggestion] = field(default_factory=list)


def nearest_rows(rows: Vectors, others: Vectors, most: int) -> list[list[int]]:
    """Return for each row the indices of the nearest others at or above the floor, best first.

    ``rows`` is (n, d), ``others`` (m, d), both of unit rows; ties in the others' order.
    """
    if not len(others):
        return [[] for _ in rows]
    scores = np.round(rows @ others.T, SCORE_DECIMALS)
    found = []
    for row in scores:
        order = np.argsort(-row, kind="stable")[:most]
        found.append([int(index) for index in order if row[index] >= FLOOR])
    return found


def choose(
    statement_id: uuid.UUID,
    capability: Vectors,
    candidates: Sequence[Candidate],
    vectors: Mapping[str, Vectors],
    held: Held,
) -> list[Suggestion]:
    """Return suggestions for one capability, best first, no two alike: ``MOST`` with those held.

    ``capability`` is (d,); ``vectors`` holds every candidate's and every held text's. What is
    like something that somebody touched already is not suggested again, whichever way that went.
    What is like a nearer suggestion is folded into it.
    """
    seen = [(_key(text), vectors[text]) for text in held.texts]
    leaders: list[_Leader] = []
    for suggestion in _ranked(statement_id, capability, candidates, vectors):
        text = suggestion.candidate.text
        key, vector = _key(text), vectors[text]
        if any(_is_alike(key, vector, *other) for other in seen):
            continue
        leader = _leader_of(key, vector, leaders, vectors)
        if leader is None:
            leaders.append(_Leader(suggestion))
        elif len(leader.folded) < MOST_FOLDED:
            leader.folded.append(suggestion)
    distinct = [
        Suggestion(statement_id, one.suggestion.candidate, one.suggestion.score, tuple(one.folded))
        for one in leaders
    ]
    return _mixed(distinct, MOST - held.count)


def _leader_of(
    key: str, vector: Vectors, leaders: Sequence[_Leader], vectors: Mapping[str, Vectors]
) -> _Leader | None:
    for one in leaders:
        text = one.suggestion.candidate.text
        if _is_alike(key, vector, _key(text), vectors[text]):
            return one
    return None


def _ranked(
    statement_id: uuid.UUID,
    capability: Vectors,
    candidates: Sequence[Candidate],
    vectors: Mapping[str, Vectors],
) -> list[Suggestion]:
    scored = [
        Suggestion(statement_id, one, round(float(vectors[one.text] @ capability), SCORE_DECIMALS))
        for one in dict.fromkeys(candidates)
    ]
    alike = [one for one in scored if one.score >= LEAST_ALIKE]
    return sorted(alike, key=lambda one: -one.score)


def _key(text: str) -> str:
    return normalise(text).casefold().rstrip(".")


def _is_alike(key: str, vector: Vectors, other: str, near: Vectors) -> bool:
    return key == other or float(vector @ near) > SAME


def _mixed(ranked: Sequence[Suggestion], room: int) -> list[Suggestion]:
    """Fill each kind's places, then the rest by score; return what was taken in the ranked order.

    With less room than places the nearest of the taken remain.
    """
    left = dict(PLACES)
    first, later = [], []
    for one in ranked:
        if left[one.candidate.kind] > 0:
            left[one.candidate.kind] -= 1
            first.append(one)
        else:
            later.append(one)
    taken = (first + later)[: max(room, 0)]
    return sorted(taken, key=lambda one: -one.score)
