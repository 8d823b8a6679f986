"""Choosing which KSBs to suggest for each capability. Arrays and records in, records out.

Where texts and vectors come from, and what becomes of a suggestion, is not known here.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cycles.semantics.vectors import normalise
from cycles.standards.models import KsbKind

Vectors = npt.NDArray[np.floating[Any]]

FLOOR = 0.45
DUTIES = 3
FROM_LIBRARY = 5
# A KSB linked to a near duty may still have nothing to do with the capability.
LEAST_ALIKE = 0.15
SAME = 0.92
MOST = 8
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
    """A KSB for one capability: its cosine to the capability's text."""

    statement_id: uuid.UUID
    candidate: Candidate
    score: float


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


@dataclass(frozen=True)
class Decided:
    """What educators have decided for one capability: every wording, and how many accepted."""

    texts: tuple[str, ...] = ()
    accepted: int = 0


def choose(
    statement_id: uuid.UUID,
    capability: Vectors,
    candidates: Sequence[Candidate],
    vectors: Mapping[str, Vectors],
    decided: Decided,
) -> list[Suggestion]:
    """Return suggestions for one capability, best first, no two alike: ``MOST`` with the accepted.

    ``capability`` is (d,); ``vectors`` holds every candidate's and every decided text's. What
    somebody has decided already is not suggested again, whichever way it was decided.
    """
    ranked = _ranked(statement_id, capability, candidates, vectors)
    seen = [(_key(text), vectors[text]) for text in decided.texts]
    distinct = []
    for suggestion in ranked:
        text = suggestion.candidate.text
        if not _is_alike(text, vectors[text], seen):
            seen.append((_key(text), vectors[text]))
            distinct.append(suggestion)
    return _mixed(distinct, MOST - decided.accepted)


def _ranked(
    statement_id: uuid.UUID,
    capability: Vectors,
    candidates: Sequence[Candidate],
    vectors: Mapping[str, Vectors],
) -> list[Suggestion]:
    scored = [
        Suggestion(statement_id, one, round(float(vectors[one.text] @ capability), SCORE_DECIMALS))
        for one in candidates
    ]
    alike = [one for one in scored if one.score >= LEAST_ALIKE]
    return sorted(alike, key=lambda one: -one.score)


def _key(text: str) -> str:
    return normalise(text).casefold().rstrip(".")


def _is_alike(text: str, vector: Vectors, seen: Sequence[tuple[str, Vectors]]) -> bool:
    key = _key(text)
    return any(key == other or float(vector @ near) > SAME for other, near in seen)


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
