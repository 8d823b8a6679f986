"""Ranking activities for a task, on occupations nobody learnt from: others' ways and ours.

Here live the ways of scoring and the calibration that follows. The same answers hold each of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.matching import (
    WEIGHT_OF_ADAPTED_MEANING,
    Training,
    apply_adapter,
    calibrate,
    csls,
    expected_calibration_error,
    hybrid,
    prototypes,
    similarity,
    tfidf_similarity,
)
from cycles.semantics.encoder import Vectors
from cycles.semantics.links import ActivityLinks, Parts
from cycles.semantics.training import first_answers, right_answers, train, training_pairs
from reports.benchmarks.lexical import bm25

Scores = npt.NDArray[np.float32]

ADAPTED = "ours with adapter"
ADAPTED_MIX = "ours with adapter, hybrid"
PROTOTYPES = "ours with adapter and prototypes, hybrid"
BM25, TFIDF, PLAIN = "BM25", "character TF-IDF", "plain cosine"
PLAIN_CSLS = "cosine with CSLS"
BASELINES = (BM25, TFIDF, PLAIN, PLAIN_CSLS)


@dataclass(frozen=True, eq=False)
class TaskSet:
    """Linked tasks with their parts, and the plain vectors of tasks and activities."""

    links: ActivityLinks
    parts: Parts
    tasks: Vectors
    activities: Vectors

    def texts(self, tasks: npt.NDArray[np.int64]) -> list[str]:
        """Return the texts of some tasks."""
        return [self.links.tasks[task] for task in tasks]


@dataclass(frozen=True, slots=True)
class Error:
    """How far chances are off on held-out tasks, of first suggestions and of the first ten."""

    first: float
    first_ten: float


def adapter_of(given: TaskSet) -> Vectors:
    """Learn the adapter from the training part."""
    return train(given.links, given.parts, given.tasks, given.activities, Training())


def scored(given: TaskSet, adapter: Vectors, some: npt.NDArray[np.int64]) -> dict[str, Scores]:
    """Score some tasks against every activity in every way, baselines first."""
    texts, titles = given.texts(some), given.links.activities
    words = tfidf_similarity(texts, titles)
    plain = similarity(given.tasks[some], given.activities)
    mixed = hybrid(plain, words)
    return {
        BM25: bm25(texts, titles),
        TFIDF: words,
        PLAIN: plain,
        PLAIN_CSLS: csls(plain),
        "ours without adapter: hybrid": mixed,
        "ours without adapter: hybrid with CSLS": csls(mixed),
    } | dict(_adapted(given, adapter, some, words))


def _adapted(
    given: TaskSet, adapter: Vectors, some: npt.NDArray[np.int64], words: Scores
) -> Iterator[tuple[str, Scores]]:
    turned = apply_adapter(given.tasks, adapter)
    aims = apply_adapter(given.activities, adapter)
    near = similarity(turned[some], aims)
    yield ADAPTED, near
    yield ADAPTED_MIX, hybrid(near, words, weight=WEIGHT_OF_ADAPTED_MEANING)
    middles = prototypes(aims, turned, training_pairs(given.links, given.parts))
    near = similarity(turned[some], middles)
    yield PROTOTYPES, hybrid(near, words, weight=WEIGHT_OF_ADAPTED_MEANING)


def errors(
    given: TaskSet, calibration: dict[str, Scores], held_out: dict[str, Scores]
) -> dict[str, Error]:
    """Measure chances: the plain cosine taken for one, and each way of ours once calibrated.

    Curves are learnt on the calibration part, one for first suggestions and one for the first
    ten, since whether a score is the highest of its row says something as well.
    """
    right = right_answers(given.links)
    before, after = right[given.parts.calibration], right[given.parts.held_out]
    raw = [_raw(held_out[PLAIN], after, most) for most in (1, 10)]
    found = {f"{PLAIN}, as it stands": Error(*raw)}
    for name in (PLAIN, ADAPTED, ADAPTED_MIX, PROTOTYPES):
        off = []
        for most in (1, 10):
            curve = calibrate(*first_answers(calibration[name], before, most))
            scores, is_match = first_answers(held_out[name], after, most)
            off.append(expected_calibration_error(curve.chance(scores), is_match))
        found[f"{name}, calibrated"] = Error(*off)
    return found


def _raw(scores: Scores, right: npt.NDArray[np.bool_], most: int) -> float:
    values, is_match = first_answers(scores, right, most)
    return expected_calibration_error(np.clip(values, 0, 1), is_match)
