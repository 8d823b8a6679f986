"""The exact nearest vectors: one product with all of them, then the best. Numpy alone."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cycles.semantics.encoder import Vectors

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Best:
    """Rows of the matrix, best first, with their scores; ties in the order of the rows."""

    rows: Rows
    scores: Vectors


def exact_best(matrix: Vectors, query: Vectors, most: int, allowed: Flags | None = None) -> Best:
    """Return the ``most`` rows of ``matrix`` (n, d) nearest to ``query`` (d), all unit vectors.

    Only rows that are ``allowed`` (n) count. The whole product is one pass over the matrix and n
    numbers of memory, so there is nothing to gain from blocks.
    """
    scores = matrix @ query if len(matrix) else np.zeros(0, dtype=np.float32)
    if allowed is not None:
        scores[~allowed] = -np.inf
        most = min(most, int(allowed.sum()))
    return best_of(scores, most)


def best_of(scores: Vectors, most: int) -> Best:
    """Return the ``most`` greatest scores, best first, ties in the order given."""
    most = min(most, len(scores))
    if most <= 0:
        return Best(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))
    last = np.partition(scores, len(scores) - most)[len(scores) - most]
    # A partition alone would take any of those that tie for the last place.
    above = np.flatnonzero(scores > last)
    level = np.flatnonzero(scores == last)[: most - len(above)]
    rows = np.sort(np.concatenate([above, level]))
    rows = rows[np.argsort(-scores[rows], kind="stable")]
    return Best(rows, scores[rows])
