"""A kept index for more vectors than are worth looking through: faiss, loaded only where needed.

It groups the vectors around centres and looks into the groups nearest to the question. Which rows
it looks at is approximate; the scores are not: those come from the vectors themselves, so a score
never depends on how a row was found.
"""

from dataclasses import dataclass
from importlib import import_module
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np

from cycles.semantics.encoder import Vectors
from cycles.semantics.index.exact import Best, Flags, best_of

# Measured on real statements: 64 groups of 2 x sqrt(n) hold 99 of 100 of the nearest ten.
GROUPS_LOOKED_INTO = 64
# Eight bits a number keep the index at a quarter of the vectors; taking more than is asked for
# and scoring it exactly makes up for what the rounding moved.
TAKEN_FOR_EACH = 4
ROUNDS_OF_TRAINING = 8
TRAINED_ON_FOR_EACH_GROUP = 48
SEED = 20261123


@dataclass(frozen=True, eq=False)
class KeptIndex:
    """An index of the rows of one matrix, told from another by its fingerprint."""

    found: Any
    fingerprint: str

    def best(
        self, matrix: Vectors, query: Vectors, most: int, allowed: Flags | None = None
    ) -> Best:
        """Return about the ``most`` rows nearest to ``query``, with their exact scores."""
        faiss = import_module("faiss")
        wanted = faiss.SearchParametersIVF(nprobe=GROUPS_LOOKED_INTO)
        if allowed is not None:
            wanted.sel = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
        taken = self.found.search(query[None, :], most * TAKEN_FOR_EACH, params=wanted)[1][0]
        rows = np.sort(taken[taken >= 0]).astype(np.int64)
        best = best_of(matrix[rows] @ query, most)
        return Best(rows[best.rows], best.scores)


def build(matrix: Vectors, fingerprint: str) -> KeptIndex:
    """Build the index of ``matrix`` (n, d); the same vectors give the same index."""
    faiss = import_module("faiss")
    groups = max(1, round(2 * sqrt(len(matrix))))
    width = matrix.shape[1]
    found = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(width),
        width,
        groups,
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )
    found.cp.niter, found.cp.seed = ROUNDS_OF_TRAINING, SEED
    found.cp.min_points_per_centroid = 1
    found.cp.max_points_per_centroid = TRAINED_ON_FOR_EACH_GROUP
    found.train(matrix)
    found.add(matrix)
    return KeptIndex(found, fingerprint)


def write(index: KeptIndex, path: Path) -> None:
    """Keep the index in a file beside its fingerprint, in place of the one before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".fresh")
    import_module("faiss").write_index(index.found, str(fresh))
    # The fingerprint goes last and away first: an index without one is never read.
    _fingerprint_file(path).unlink(missing_ok=True)
    fresh.replace(path)
    _fingerprint_file(path).write_text(index.fingerprint)


def read(path: Path, fingerprint: str) -> KeptIndex | None:
    """Return the kept index if it is of these very vectors, else None."""
    named = _fingerprint_file(path)
    if not (path.is_file() and named.is_file()) or named.read_text() != fingerprint:
        return None
    return KeptIndex(import_module("faiss").read_index(str(path)), fingerprint)


def _fingerprint_file(path: Path) -> Path:
    return path.with_suffix(".fingerprint")
