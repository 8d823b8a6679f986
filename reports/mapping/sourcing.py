"""Where the vectors of a run come from, long after it: the cache, turned by the run's own adapter.

Scores that a run did not keep are worked out from them. Nothing here encodes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from sqlalchemy import select

from consensus.matching import Calibration, apply_adapter
from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.semantics.adapters import KeptAdapter
from cycles.semantics.models import TextVector
from cycles.semantics.vectors import hash_as_written, text_hash
from reports.mapping.ground import Flags, Indices, Inputs, Vectors
from reports.mapping.models import MappingRun, UsedAdapter

AT_ONCE = 900
# What is asked for in greater numbers is asked for once, and not held.
MOST_HELD = 12_000
GONE = (
    "The vectors that this run rests on are no longer held, so this score cannot be worked out "
    "again. Run again to see it."
)


class Side:
    """The turned vectors of one side, each read once: another threshold asks for the same ones."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._is_held: Flags = np.zeros(len(texts), dtype=np.bool_)
        self._held: Vectors = np.zeros((0, 0), dtype=np.float32)

    def of(self, wanted: Indices, read: Callable[[list[str]], Vectors]) -> Vectors:
        """Return the vectors at these places, (k, d), having read those that were not held."""
        if len(wanted) > MOST_HELD:
            return read([self._texts[int(place)] for place in wanted])
        new = np.unique(wanted[~self._is_held[wanted]])
        if len(new):
            vectors = read([self._texts[int(place)] for place in new])
            if not len(self._held):
                self._held = np.zeros((len(self._texts), vectors.shape[1]), dtype=np.float32)
            self._held[new] = vectors
            self._is_held[new] = True
        return self._held[wanted] if len(wanted) else np.zeros((0, 0), dtype=np.float32)


@dataclass(frozen=True, eq=False)
class CachedSource:
    """The vectors of a run, by the model and the adapter that it names. See ``ground.Source``.

    ``key`` is what the cache holds them under.
    """

    inputs: Inputs
    model_digest: str
    adapter_digest: str
    key: Callable[[str], str]

    def capabilities(self, rows: Indices) -> Vectors:
        """Return the vectors of these capabilities, (k, d)."""
        return self._left.of(rows, self._read)

    def duties(self, columns: Indices) -> Vectors:
        """Return the vectors of these duties, (k, d)."""
        return self._right.of(columns, self._read)

    @cached_property
    def _left(self) -> Side:
        return Side([each.text for each in self.inputs.capabilities])

    @cached_property
    def _right(self) -> Side:
        return Side([each.text for each in self.inputs.duties])

    def _read(self, texts: Sequence[str]) -> Vectors:
        vectors = vectors_of(texts, self.model_digest, self.key)
        return turned(vectors, self.adapter_digest)


def source_of(run: MappingRun, inputs: Inputs) -> CachedSource:
    """Return where the vectors of a run come from."""
    # Runs that name no such rule read every text as it was written, and not in one spelling.
    key = text_hash if "generic_rule" in run.counts else hash_as_written
    return CachedSource(inputs, run.model_digest, run.adapter_digest, key)


def vectors_of(
    texts: Sequence[str], model_digest: str, key: Callable[[str], str] = text_hash
) -> Vectors:
    """Return the cached vectors of the texts by that model, in their order, (n, d)."""
    keys = [key(text) for text in texts]
    held = _held(dict.fromkeys(keys), model_digest)
    if any(key not in held for key in keys):
        raise Missing(GONE)
    if not keys:
        return np.zeros((0, 0), dtype=np.float32)
    packed = b"".join(held[key] for key in keys)
    return np.frombuffer(packed, dtype="<f4").astype(np.float32).reshape(len(keys), -1)


def _held(keys: Iterable[str], model_digest: str) -> dict[str, bytes]:
    wanted = list(keys)
    held: dict[str, bytes] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = db.session.execute(
            select(TextVector.text_hash, TextVector.vector).where(
                TextVector.model_digest == model_digest,
                TextVector.text_hash.in_(wanted[start : start + AT_ONCE]),
            )
        )
        held.update({key: vector for key, vector in rows})  # noqa: C416 - rows unpack, dict() does not see their types
    return held


def turned(vectors: Vectors, adapter_digest: str) -> Vectors:
    """Return the vectors turned by the adapter of that digest; as they are without one."""
    if not adapter_digest or not len(vectors):
        return vectors
    return apply_adapter(vectors, _matrix(adapter_digest))


@lru_cache(maxsize=2)
def _matrix(adapter_digest: str) -> Vectors:
    row = db.session.get(UsedAdapter, adapter_digest)
    if row is None:
        raise Missing(GONE)
    width = round((len(row.matrix) / 4) ** 0.5)
    return np.frombuffer(row.matrix, dtype="<f4").astype(np.float32).reshape(width, width)


def keep_adapter(adapter: KeptAdapter) -> None:
    """Keep what a run was turned by, once: a later training takes nothing away from the run."""
    if db.session.get(UsedAdapter, adapter.digest) is not None:
        return
    curve = adapter.statement_calibration
    db.session.add(
        UsedAdapter(
            digest=adapter.digest,
            matrix=adapter.matrix.astype("<f4").tobytes(),
            knots=np.stack([curve.scores, curve.chances]).astype("<f8").tobytes(),
            pairs=curve.pairs,
            facts=adapter.facts,
        )
    )
    db.session.flush()


def chance_of(adapter: UsedAdapter | None) -> Calibration | None:
    """Return the curve from an adapter's scores to chances, or None without one."""
    if adapter is None:
        return None
    scores, chances = np.frombuffer(adapter.knots, dtype="<f8").astype(np.float64).reshape(2, -1)
    return Calibration(scores, chances, adapter.pairs)
