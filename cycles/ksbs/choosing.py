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
# Looked at in 1,500 published KSBs: above it two of one kind say the same; from 0.88 on some differ
# in what they are about (electrical, gas). A knowledge and the skill that uses it come as near as
# 0.98 and are two things, so only what is of one kind is folded.
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
    """What a capability has already that educators touched: every wording with its kind, and how
    many KSBs stand there or wait, the rejected ones left out."""

    texts: tuple[tuple[KsbKind, str], ...] = ()
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
    leaders: list[_Leader] = []
    for suggestion in _ranked(statement_id, capability, candidates, vectors):
        one = suggestion.candidate.kind, suggestion.candidate.text
        if any(_is_alike(one, other, vectors) for other in held.texts):
            continue
        leader = _leader_of(one, leaders, vectors)
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
    one: tuple[KsbKind, str], leaders: Sequence[_Leader], vectors: Mapping[str, Vectors]
) -> _Leader | None:
    for leader in leaders:
        other = leader.suggestion.candidate
        if _is_alike(one, (other.kind, other.text), vectors):
            return leader
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


def _is_alike(
    one: tuple[KsbKind, str], other: tuple[KsbKind, str], vectors: Mapping[str, Vectors]
) -> bool:
    (kind, text), (other_kind, other_text) = one, other
    if _key(text) == _key(other_text):
        return True
    return kind == other_kind and float(vectors[text] @ vectors[other_text]) > SAME


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
