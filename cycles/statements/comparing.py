"""Near duplicates within a cycle: the job that prepares the vectors, and the pairs they show.

Vectors are only read here; the model runs in the worker. Without a model words are compared, and
the answer says so. What somebody types is compared in ``nearby``, the library in ``likeness``.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from consensus.matching import score_millionths, similarity
from consensus.matching.matches import threshold_millionths
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Conflict, Invalid
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun, ask_for, handles
from cycles.core.jobs.models import Job, JobState
from cycles.semantics import vectors
from cycles.semantics.nearest import Method
from cycles.statements import rules
from cycles.statements.models import CapabilityStatement, DistinctPair
from cycles.statements.prepared import SHARES_NO_WORD, by_words, has_model
from cycles.statements.queries import live_statements

KIND = "statements.compare"
# Shared words score lower than shared meaning.
FROM_PERCENT = {Method.MEANING: 80, Method.WORDS: 65}
MOST_PAIRS = 60
MOST_EACH = 20

Scores = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

KEPT_BOTH = EventType("statements.kept_both", "codes")
PAIRED_AGAIN = EventType("statements.paired_again", "codes")


@dataclass(frozen=True)
class Pair:
    """Two live statements and their cosine, from 0 to 1; the older code first."""

    first: CapabilityStatement
    second: CapabilityStatement
    score: float


@dataclass(frozen=True)
class Alike:
    """The pairs found, most alike first; those said to be two; and how likeness was judged.

    ``waiting`` counts the statements that could not be compared yet.
    """

    pairs: tuple[Pair, ...]
    settled: tuple[Pair, ...]
    waiting: int
    method: Method


def alike(cycle_id: uuid.UUID, from_percent: int | None = None) -> Alike:
    """Return the pairs of live statements at or above a likeness, 80 % unless another is asked."""
    statements = live_statements(cycle_id)
    if not has_model():
        scores, ready, method = _by_words(statements), statements, Method.WORDS
    else:
        found = vectors.cached([statement.text for statement in statements])
        ready = [statement for statement in statements if statement.text in found]
        stacked = np.stack([found[each.text] for each in ready]) if ready else np.zeros((0, 1))
        scores, method = similarity(stacked, stacked), Method.MEANING
    floor = from_percent if from_percent is not None else FROM_PERCENT[method]
    steps = np.triu(score_millionths(scores), k=1)
    distinct = _distinct(cycle_id)
    places = np.argwhere((steps >= threshold_millionths(floor)) & ~_are_two(ready, distinct))
    two = np.argwhere(np.triu(_are_two(ready, distinct), k=1))
    return Alike(
        pairs=_pairs(ready, scores, places)[:MOST_PAIRS],
        settled=_pairs(ready, scores, two),
        waiting=len(statements) - len(ready),
        method=method,
    )


def _pairs(
    ready: Sequence[CapabilityStatement], scores: Scores, places: Places
) -> tuple[Pair, ...]:
    pairs = [Pair(ready[row], ready[column], float(scores[row, column])) for row, column in places]
    return tuple(sorted(pairs, key=lambda one: (-one.score, one.first.code, one.second.code)))


def _are_two(
    ready: Sequence[CapabilityStatement], distinct: set[tuple[uuid.UUID, uuid.UUID]]
) -> npt.NDArray[np.bool_]:
    place = {statement.id: number for number, statement in enumerate(ready)}
    flags = np.zeros((len(ready), len(ready)), dtype=np.bool_)
    for first, second in distinct:
        if first in place and second in place:
            flags[place[first], place[second]] = flags[place[second], place[first]] = True
    return flags


def _by_words(statements: Sequence[CapabilityStatement]) -> Scores:
    texts = [statement.text for statement in statements]
    found = by_words(texts, texts, MOST_EACH, SHARES_NO_WORD)
    scores = np.zeros((len(texts), len(texts)), dtype=np.float32)
    scores[found.row, found.other] = found.score
    # A row keeps its nearest alone, so a pair may stand on one side of the diagonal only.
    return np.maximum(scores, scores.T)


def keep_both(
    *, first: CapabilityStatement, second: CapabilityStatement, actor: Actor, moment: datetime
) -> None:
    """Say that two statements which look alike are two; saying it again changes nothing."""
    if first.id == second.id:
        raise Invalid("A statement is always like itself. Choose two.")
    rules.check_open(first.cycle_id)
    low, high = _ordered(first, second)
    if (low, high) in _distinct(first.cycle_id):
        return
    db.session.add(
        DistinctPair(
            cycle_id=first.cycle_id,
            first_id=low,
            second_id=high,
            decided_by_id=actor.account_id,
            decided_at=moment,
        )
    )
    codes = sorted((first.code, second.code))
    KEPT_BOTH.record(actor=actor, moment=moment, cycle_id=first.cycle_id, codes=codes)


def take_back_both(
    *, first: CapabilityStatement, second: CapabilityStatement, actor: Actor, moment: datetime
) -> None:
    """Take back that two statements are two: they are shown as a pair again."""
    rules.check_open(first.cycle_id)
    low, high = _ordered(first, second)
    row = db.session.scalar(
        select(DistinctPair).where(DistinctPair.first_id == low, DistinctPair.second_id == high)
    )
    if row is None:
        raise Conflict("Nobody said that these are two, or it was taken back already.")
    db.session.delete(row)
    codes = sorted((first.code, second.code))
    PAIRED_AGAIN.record(actor=actor, moment=moment, cycle_id=first.cycle_id, codes=codes)


def ask_to_compare(*, cycle_id: uuid.UUID, actor: Actor, moment: datetime) -> Job:
    """Queue the comparison of the cycle's statements, or return the one that is queued already.

    A running one may have read its texts before the newest statement came, so it does not count.
    """
    rules.check_open(cycle_id)
    queued = db.session.scalar(
        select(Job)
        .where(Job.kind == KIND, Job.cycle_id == cycle_id, Job.state == JobState.QUEUED)
        .order_by(Job.asked_at)
        .limit(1)
    )
    return queued or ask_for(kind=KIND, actor=actor, moment=moment, cycle_id=cycle_id)


@handles(KIND)
def compare(run: JobRun) -> dict[str, Any]:
    """Prepare the vectors of the cycle's live statements; find how many pairs look alike."""
    if run.cycle_id is None:
        raise Invalid("A comparison needs its cycle.")
    texts = [statement.text for statement in live_statements(run.cycle_id)]
    db.session.commit()
    encoded = vectors.encode_missing(texts, run) if has_model() else 0
    return {"encoded": encoded, "pairs": len(alike(run.cycle_id).pairs)}


def _distinct(cycle_id: uuid.UUID) -> set[tuple[uuid.UUID, uuid.UUID]]:
    rows = db.session.scalars(select(DistinctPair).where(DistinctPair.cycle_id == cycle_id))
    return {(row.first_id, row.second_id) for row in rows}


def _ordered(
    first: CapabilityStatement, second: CapabilityStatement
) -> tuple[uuid.UUID, uuid.UUID]:
    return (first.id, second.id) if first.id < second.id else (second.id, first.id)
