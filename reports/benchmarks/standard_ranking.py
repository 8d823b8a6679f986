"""Ranking standards for a profile, held against pairs that people made by hand.

A profile here is the tasks of one occupation. Here live the reading of the pairs and the ways of
ranking; the table is printed by `accuracy`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from consensus.matching import (
    apply_adapter,
    csls,
    fit_surplus,
    hybrid,
    matched,
    similarity,
    tfidf_similarity,
    two_way,
)
from cycles.core.errors import Invalid
from cycles.semantics.encoder import Vectors
from cycles.semantics.links import TASK, TITLE, rows_of
from cycles.semantics.vectors import normalise

FIELD_THRESHOLD = 55.8
FIELD_FIT = f"fit at {FIELD_THRESHOLD} %, then surplus"
TWO_WAY_WORDS, TWO_WAY_MEANING = "two-way TF-IDF", "two-way embeddings"
TWO_WAY_ADAPTED = "ours: two-way with adapter"
PAIR_BASELINES = (FIELD_FIT, TWO_WAY_WORDS, TWO_WAY_MEANING)

Numbers = npt.NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class PairSet:
    """Profiles, the duties of the standards, and which standards are right.

    members  bool (profiles, tasks)
    owners   int (duties,): the standard of each duty
    right    bool (profiles, standards)
    """

    tasks: tuple[str, ...]
    duties: tuple[str, ...]
    members: npt.NDArray[np.bool_]
    owners: npt.NDArray[np.int64]
    right: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Standing:
    """Shares of profiles whose right standard is first, or among three; and MRR."""

    first: float
    first_three: float
    mrr: float


def read_pairs(path: Path) -> dict[str, list[str]]:
    """Return the right standards of each occupation that was paired by hand."""
    return {pair["occupation"]: pair["standards"] for pair in _json(path)["pairs"]}


def read_pair_set(pairs: dict[str, list[str]], statements: Path, standards: Path) -> PairSet:
    """Read the tasks of the paired occupations, and every standard that has duties."""
    with_duties = [standard for standard in _json(standards) if standard.get("duties")]
    titles = [standard["title"].strip() for standard in with_duties]
    duties = [[normalise(duty["dutyDetail"]) for duty in s["duties"]] for s in with_duties]
    profile_of: dict[tuple[str, str], None] = {}
    for row in rows_of(statements, (TITLE, TASK)):
        if row[TITLE] in pairs:
            profile_of[row[TITLE], normalise(row[TASK])] = None
    right = [[title in _stripped(wanted) for title in titles] for wanted in pairs.values()]
    chosen = np.array(right, dtype=np.bool_).reshape(len(pairs), len(titles))
    if not chosen.any(axis=1).all():
        raise Invalid("A paired occupation has no right standard among those with duties.")
    return PairSet(
        tasks=tuple(task for _, task in profile_of),
        duties=tuple(duty for own in duties for duty in own),
        members=np.array([[own == title for own, _ in profile_of] for title in pairs]),
        owners=np.repeat(np.arange(len(titles)), [len(own) for own in duties]),
        right=chosen,
    )


def standings(
    given: PairSet, tasks: Vectors, duties: Vectors, adapter: Vectors
) -> dict[str, Standing]:
    """Rank the standards in every way, what the field shows today first."""
    words = tfidf_similarity(given.tasks, given.duties)
    plain = similarity(tasks, duties)
    mixed = hybrid(plain, words)
    adapted = similarity(apply_adapter(tasks, adapter), apply_adapter(duties, adapter))
    found = {FIELD_FIT: _by_fit(given, plain)}
    ways: dict[str, Numbers] = {
        TWO_WAY_WORDS: words,
        TWO_WAY_MEANING: plain,
        "ours without adapter: two-way hybrid": mixed,
        "ours without adapter: two-way hybrid, CSLS": csls(mixed),
        TWO_WAY_ADAPTED: adapted,
        f"{TWO_WAY_ADAPTED}, CSLS": csls(adapted),
    }
    for name, scores in ways.items():
        ranking = two_way(scores, given.members, given.owners, given.right.shape[1])
        found[name] = _standing(_ranks(-ranking[:, None], given.right))
    return found


def _by_fit(given: PairSet, scores: Numbers) -> Standing:
    shares = fit_surplus(
        matched(scores, FIELD_THRESHOLD), given.members, given.owners, given.right.shape[1]
    )
    return _standing(_ranks(np.stack((-shares.fit, shares.surplus), axis=1), given.right))


def _ranks(keys: Numbers, right: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return the rank of the first right standard; keys (profiles, k, standards), the least first,
    the first key the weightiest, equals in the order of the framework."""
    orders = [np.lexsort(tuple(reversed(own))) for own in keys]
    return np.array(
        [int(own[order].argmax()) + 1 for own, order in zip(right, orders, strict=True)]
    )


def _standing(ranks: npt.NDArray[np.int64]) -> Standing:
    return Standing(
        first=float((ranks <= 1).mean()),
        first_three=float((ranks <= 3).mean()),
        mrr=float((1 / ranks).mean()),
    )


def _stripped(titles: Sequence[str]) -> set[str]:
    return {title.strip() for title in titles}


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as problem:
        raise Invalid(f"The file {path.name!r} cannot be read as JSON.") from problem
