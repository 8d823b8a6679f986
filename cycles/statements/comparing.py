"""Near duplicates by meaning: the job that prepares the vectors, and the pairs that they show.

Vectors are only read here; the model runs in the worker. What somebody types is compared by
words in ``nearby``.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import select

from consensus.matching import similarity
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun, ask_for, handles
from cycles.core.jobs.models import Job, JobState
from cycles.semantics import vectors
from cycles.statements.models import CapabilityStatement, DistinctPair
from cycles.statements.queries import live_statements

KIND = "statements.compare"
ALIKE_FROM = 0.80
MOST_PAIRS = 60

KEPT_BOTH = EventType("statements.kept_both", "codes")


@dataclass(frozen=True)
class Pair:
    """Two live statements and their cosine, from 0 to 1; the older code first."""

    first: CapabilityStatement
    second: CapabilityStatement
    score: float


@dataclass(frozen=True)
class Alike:
    """The pairs found, most alike first, and how many statements could not be compared yet."""

    pairs: tuple[Pair, ...]
    waiting: int


def alike(cycle_id: uuid.UUID) -> Alike:
    """Return the pairs of live statements at or above 80 %, but those said to be two."""
    statements = live_statements(cycle_id)
    found = vectors.cached([statement.text for statement in statements])
    ready = [statement for statement in statements if statement.text in found]
    waiting = len(statements) - len(ready)
    if len(ready) < 2:
        return Alike((), waiting)
    stacked = np.stack([found[statement.text] for statement in ready])
    scores = np.triu(similarity(stacked, stacked), k=1)
    distinct = _distinct(cycle_id)
    pairs = [
        Pair(ready[row], ready[column], float(scores[row, column]))
        for row, column in np.argwhere(scores >= ALIKE_FROM)
        if _ordered(ready[row], ready[column]) not in distinct
    ]
    pairs.sort(key=lambda pair: (-pair.score, pair.first.code, pair.second.code))
    return Alike(tuple(pairs[:MOST_PAIRS]), waiting)


def keep_both(
    *, first: CapabilityStatement, second: CapabilityStatement, actor: Actor, moment: datetime
) -> None:
    """Say that two statements which look alike are two; saying it again changes nothing."""
    if first.id == second.id:
        raise Invalid("A statement is always like itself. Choose two.")
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


def ask_to_compare(*, cycle_id: uuid.UUID, actor: Actor, moment: datetime) -> Job:
    """Queue the comparison of the cycle's statements, or return the one that is queued already.

    A running one may have read its texts before the newest statement came, so it does not count.
    """
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
    encoded = vectors.encode_missing(texts, run)
    return {"encoded": encoded, "pairs": len(alike(run.cycle_id).pairs)}


def _distinct(cycle_id: uuid.UUID) -> set[tuple[uuid.UUID, uuid.UUID]]:
    rows = db.session.scalars(select(DistinctPair).where(DistinctPair.cycle_id == cycle_id))
    return {(row.first_id, row.second_id) for row in rows}


def _ordered(
    first: CapabilityStatement, second: CapabilityStatement
) -> tuple[uuid.UUID, uuid.UUID]:
    return (first.id, second.id) if first.id < second.id else (second.id, first.id)
