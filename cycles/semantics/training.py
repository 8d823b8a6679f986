"""Learning an adapter from links, and how well it does on occupations it never saw.

The arithmetic lives in ``consensus.matching``; where an adapter is kept lives in ``adapters``.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from consensus.matching import (
    Calibration,
    Training,
    apply_adapter,
    calibrate,
    expected_calibration_error,
    similarity,
    train_adapter,
)
from cycles.semantics.encoder import Vectors
from cycles.semantics.links import ActivityLinks, Indices, Parts

SHOWN = 10
# Below this score nothing counts as a match anywhere, so nobody reads a chance there.
LEAST_MATCH = 0.4

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Ranked:
    """How well a way of scoring ranks: shares of tasks whose first right answer is first, or
    among the first ten; and the mean of one over its rank (MRR)."""

    first: float
    first_ten: float
    mrr: float


@dataclass(frozen=True, eq=False)
class Learnt:
    """An adapter, the chances its scores stand for, and its figures on held-out occupations.

    calibration_error is of the first ten activities of a task, statement_error of every two tasks
    that score at least ``LEAST_MATCH``.
    """

    adapter: Vectors
    calibration: Calibration
    statement_calibration: Calibration
    plain: Ranked
    adapted: Ranked
    calibration_error: float
    statement_error: float


def learn(
    links: ActivityLinks, parts: Parts, tasks: Vectors, activities: Vectors, how: Training
) -> Learnt:
    """Train on the training part, calibrate on the next, judge on what was held out."""
    adapter = train(links, parts, tasks, activities, how)
    turned, aims = apply_adapter(tasks, adapter), apply_adapter(activities, adapter)
    right = right_answers(links)
    near = similarity(turned[parts.calibration], aims)
    curve = calibrate(*first_answers(near, right[parts.calibration], SHOWN))
    plain = similarity(tasks[parts.held_out], activities)
    adapted = similarity(turned[parts.held_out], aims)
    scores, is_match = first_answers(adapted, right[parts.held_out], SHOWN)
    between, statement_error = calibrated_between(turned, links, parts)
    return Learnt(
        adapter=adapter,
        calibration=curve,
        statement_calibration=between,
        plain=ranked(plain, right[parts.held_out]),
        adapted=ranked(adapted, right[parts.held_out]),
        calibration_error=expected_calibration_error(curve.chance(scores), is_match),
        statement_error=statement_error,
    )


def calibrated_between(
    turned: Vectors, links: ActivityLinks, parts: Parts
) -> tuple[Calibration, float]:
    """Return the chance that two tasks share a group, by score, and how far it is off.

    Learnt from every two tasks of the calibration part, judged by every two held-out ones that
    score at least ``LEAST_MATCH``. NaN where none does.
    """
    curve = calibrate(*every_two(turned, parts.calibration, links))
    scores, is_match = every_two(turned, parts.held_out, links)
    seen = scores >= LEAST_MATCH
    return curve, expected_calibration_error(curve.chance(scores[seen]), is_match[seen])


def train(
    links: ActivityLinks, parts: Parts, tasks: Vectors, activities: Vectors, how: Training
) -> Vectors:
    """Train on the links of the training part alone, on one thread: its digest is kept."""
    with threadpool_limits(1, user_api="blas"):
        return train_adapter(tasks, activities, training_pairs(links, parts), how)


def training_pairs(links: ActivityLinks, parts: Parts) -> Indices:
    """Return the links of the training part."""
    return links.pairs[np.isin(links.pairs[:, 0], parts.training)]


def right_answers(links: ActivityLinks) -> Flags:
    """Return which activities each task was placed under, (tasks, activities)."""
    right = np.zeros((len(links.tasks), len(links.activities)), dtype=np.bool_)
    right[links.pairs[:, 0], links.pairs[:, 1]] = True
    return right


def every_two(vectors: Vectors, some: Indices, links: ActivityLinks) -> tuple[Numbers, Flags]:
    """Return score and rightness of every two of some tasks, flat; right is a group in common.

    Every two, not the nearest only: a map counts each pair that reaches its threshold.
    """
    member = np.zeros((len(links.tasks), int(links.groups.max(initial=-1)) + 1), dtype=np.float32)
    member[links.pairs[:, 0], links.groups[links.pairs[:, 1]]] = 1
    first, second = np.triu_indices(len(some), k=1)
    shared = member[some] @ member[some].T > 0
    return similarity(vectors[some], vectors[some])[first, second], shared[first, second]


def first_ranks(scores: Numbers, right: Flags) -> Indices:
    """Return the rank, from 1, of the best right answer in each row; equals in their order."""
    order = np.argsort(-scores, axis=1, kind="stable")
    ranks: Indices = np.take_along_axis(right, order, axis=1).argmax(axis=1) + 1
    return ranks


def ranked(scores: Numbers, right: Flags) -> Ranked:
    """Judge a matrix of scores; every row must have a right answer."""
    ranks = first_ranks(scores, right)
    return Ranked(
        first=float((ranks <= 1).mean()),
        first_ten=float((ranks <= SHOWN).mean()),
        mrr=float((1 / ranks).mean()),
    )


def first_answers(scores: Numbers, right: Flags, most: int) -> tuple[Numbers, Flags]:
    """Return score and rightness of the ``most`` best answers of every row, flat."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :most]
    return (
        np.take_along_axis(scores, order, axis=1).ravel(),
        np.take_along_axis(right, order, axis=1).ravel(),
    )
