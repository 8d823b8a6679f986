"""Finding things by meaning: the cached vectors of their texts beside that of what was typed.

What is typed is encoded by the worker's search service, and kept nowhere. A thing whose texts the
cache lacks is found by words alone. Nothing here encodes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select

from cycles.core.extensions import db
from cycles.semantics.encoder import Vectors, active_model
from cycles.semantics.index.exact import best_of
from cycles.semantics.models import TextVector
from cycles.semantics.service.asking import ask
from cycles.semantics.service.questions import Question, Unanswered
from cycles.semantics.vectors import text_hash
from reports.explorer.once import once
from reports.explorer.searching.things import (
    Shelf,
    Sort,
    Thing,
    once_for_ground,
    own_shelf,
    provision_shelf,
)
from reports.mapping.ground import Ground, Indices
from reports.results.results import Results

# Few statements, so that a page asks the database little; below what either database takes.
AT_ONCE = 30_000
WITHIN = 0.25
"""Seconds that the service is given: a page is waited for."""
FLOOR = 0.25
"""A few words are shorter than any statement, and never lie as near as another statement."""
SHARE_OF_BEST = 0.75
"""Of what a cycle is about, everything is somewhat near: kept is what is nearly as near as the best
of its sort."""
MOST_OF_A_SORT = 50


@dataclass(frozen=True, eq=False)
class Meanings:
    """The things that can be found by meaning, one row of the matrix each, unit vectors.

    ``rows`` are those of each sort.
    """

    things: tuple[Thing, ...]
    matrix: Vectors
    rows: dict[Sort, Indices]


@dataclass(frozen=True, eq=False)
class Near:
    """The nearest things of every sort with their cosines; ``because`` says why there are none."""

    scores: dict[Thing, float]
    because: str = ""


def near_to(typed: str, results: Results, ground: Ground | None) -> Near:
    """Return what is near to what was typed, up to a few dozen of each sort."""
    reply = ask(Question(text=typed, most=1, wants_vector=True), within=WITHIN)
    if isinstance(reply, Unanswered):
        return Near({}, reply.because)
    if reply.vector is None:
        return Near({}, "search by meaning gave no answer")
    found: dict[Thing, float] = {}
    for meanings in (own_meanings(results), *([provision_meanings(ground)] if ground else [])):
        if len(meanings.things):
            found |= _nearest(meanings, reply.vector)
    return Near(found)


def _nearest(meanings: Meanings, vector: Vectors) -> dict[Thing, float]:
    scores = meanings.matrix @ vector
    found: dict[Thing, float] = {}
    for rows in meanings.rows.values():
        best = best_of(scores[rows], MOST_OF_A_SORT)
        least = max(FLOOR, SHARE_OF_BEST * float(best.scores[0])) if len(best.rows) else FLOOR
        for place, score in zip(best.rows.tolist(), best.scores.tolist(), strict=True):
            if score >= least:
                found[meanings.things[int(rows[place])]] = float(score)
    return found


@once
def own_meanings(results: Results) -> Meanings:
    """Return the meanings of the cycle's own things."""
    return _meanings(own_shelf(results))


@once_for_ground
def provision_meanings(ground: Ground) -> Meanings:
    """Return the meanings of standards and duties."""
    return _meanings(provision_shelf(ground))


def _meanings(shelf: Shelf) -> Meanings:
    """Give each thing the mean of its texts' vectors, where the cache has every one of them."""
    texts = list(dict.fromkeys(text for each in shelf.things for text in each.parts))
    row_of, vectors = _cached(texts)
    things = [
        each for each in shelf.things if each.parts and all(text in row_of for text in each.parts)
    ]
    if not things:
        return Meanings((), np.zeros((0, 0), dtype=np.float32), {})
    rows = np.array([row_of[text] for each in things for text in each.parts])
    sizes = np.array([len(each.parts) for each in things])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    means = _units(np.add.reduceat(vectors[rows], starts, axis=0))
    return Meanings(tuple(things), means, _rows_of_sorts(things))


def _rows_of_sorts(things: Sequence[Thing]) -> dict[Sort, Indices]:
    rows: dict[Sort, list[int]] = {sort: [] for sort in Sort}
    for row, thing in enumerate(things):
        rows[thing.sort].append(row)
    return {sort: np.array(own, dtype=np.int64) for sort, own in rows.items()}


def _units(sums: Vectors) -> Vectors:
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return (sums / np.where(lengths == 0, 1, lengths)).astype(np.float32)


def _cached(texts: Sequence[str]) -> tuple[dict[str, int], Vectors]:
    """Return the row of each text that the cache holds, and the rows."""
    keys = {text: text_hash(text) for text in texts}
    held = _held(list(dict.fromkeys(keys.values())))
    place = {key: row for row, key in enumerate(held)}
    row_of = {text: place[key] for text, key in keys.items() if key in place}
    if not held:
        return {}, np.zeros((0, 0), dtype=np.float32)
    packed = np.frombuffer(b"".join(held.values()), dtype="<f4")
    return row_of, packed.reshape(len(held), -1).astype(np.float32, copy=False)


def _held(keys: Sequence[str]) -> dict[str, bytes]:
    held: dict[str, bytes] = {}
    for start in range(0, len(keys), AT_ONCE):
        wanted = select(TextVector.text_hash, TextVector.vector).where(
            TextVector.model_digest == active_model()[1],
            TextVector.text_hash.in_(keys[start : start + AT_ONCE]),
        )
        held |= {key: vector for key, vector in db.session.execute(wanted)}  # noqa: C416 - rows unpack, dict() does not see their types
    return held
