"""One function for every size: exact up to a hundred thousand vectors, with a kept index beyond."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cycles.semantics.encoder import Vectors
from cycles.semantics.index import kept as keeping
from cycles.semantics.index.exact import Best, Flags, exact_best

# Up to here an exact search costs less than encoding the question does; see the bench of search.
EXACT_UP_TO = 100_000
# A filter that leaves fewer than this share would find the groups looked into nearly empty.
LEAST_SHARE = 0.25


@dataclass(frozen=True, eq=False)
class Index:
    """Unit vectors (n, d) to be searched; ``kept`` is None where an exact search is quick."""

    matrix: Vectors
    kept: keeping.KeptIndex | None = None

    @property
    def is_exact(self) -> bool:
        """Say whether every vector is looked at, whatever is asked."""
        return self.kept is None

    def best(self, query: Vectors, most: int, allowed: Flags | None = None) -> Best:
        """Return the ``most`` rows nearest to ``query`` (d) among those ``allowed`` (n)."""
        if self.kept is None or (allowed is not None and allowed.mean() < LEAST_SHARE):
            return exact_best(self.matrix, query, most, allowed)
        return self.kept.best(self.matrix, query, most, allowed)


def needs_kept(matrix: Vectors) -> bool:
    """Say whether there are more vectors than an exact search is meant for."""
    return len(matrix) > EXACT_UP_TO


def with_kept(matrix: Vectors, path: Path) -> Index:
    """Return the index of ``matrix`` with what is kept in ``path``, built now if it is not of it.

    Building takes a minute for 400,000 vectors, so it is the business of the worker.
    """
    fingerprint = hashlib.sha256(np.ascontiguousarray(matrix).data).hexdigest()
    held = keeping.read(path, fingerprint)
    if held is None:
        held = keeping.build(matrix, fingerprint)
        keeping.write(held, path)
    return Index(matrix, held)
