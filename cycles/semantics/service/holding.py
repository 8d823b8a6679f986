"""The library as the search service holds it: ids, facets and vectors, side by side in memory.

Read from the database in one go, within the caller's transaction; nothing here writes. Vectors
that are held already are taken over, so that reading again costs what is new.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, select

from cycles.classification.models import Area
from cycles.core.extensions import db
from cycles.library.models import LibrarySource, LibraryStatement
from cycles.semantics.encoder import Vectors, library_digest
from cycles.semantics.index.exact import Flags
from cycles.semantics.models import TextVector
from cycles.semantics.service.questions import AREA, DOMAIN, FACETS, FUNCTION, KIND, SOURCE
from cycles.semantics.vectors import cached, text_hash

LIVE = LibraryStatement.retired_at.is_(None)
AT_ONCE = 4_000

Codes = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Standing:
    """What tells one state of the library from another, asked of the database in milliseconds.

    An area that was changed for another is not among it: filters are asked of the database
    again when the records found are read, so that at worst a record is missed for a while.
    """

    statements: int
    live: int
    with_area: int
    sources: int
    imported_at: datetime | None
    vectors: int


@dataclass(frozen=True)
class Facet:
    """One property of every record: its different values, and the place of each record's own."""

    values: dict[str, int]
    codes: Codes

    def having(self, value: str) -> Flags:
        """Say of each record whether it has ``value``; no record has one that nobody knows."""
        return np.equal(self.codes, self.values.get(value, -1))


@dataclass(frozen=True, eq=False)
class Held:
    """The live records whose vectors are kept, in a fixed order."""

    standing: Standing
    model: str
    ids: tuple[uuid.UUID, ...]
    row_of: dict[uuid.UUID, int]
    row_of_hash: dict[str, int]
    facets: dict[str, Facet]
    matrix: Vectors
    absent: int


def standing() -> Standing:
    """Return the state of the library as it is now."""
    statements, retired, with_area = db.session.execute(
        select(
            func.count(),
            func.count(LibraryStatement.retired_at),
            func.count(LibraryStatement.area_id),
        ).select_from(LibraryStatement)
    ).one()
    sources, imported_at = db.session.execute(
        select(func.count(), func.max(LibrarySource.imported_at))
    ).one()
    vectors = db.session.scalar(
        select(func.count()).where(TextVector.model_digest == library_digest())
    )
    return Standing(statements, statements - retired, with_area, sources, imported_at, vectors or 0)


def read_library(now: Standing, before: Held | None) -> Held:
    """Return the library with the vectors of the model in use, taking over what ``before`` has."""
    model, rows = library_digest(), _live_records()
    hashes = [text_hash(row.text) for row in rows]
    taken = before if before is not None and before.model == model else None
    matrix, has_vector = _vectors([row.text for row in rows], hashes, taken)
    ready = np.flatnonzero(has_vector).tolist()
    kept = [rows[row] for row in ready]
    ids = tuple(row.id for row in kept)
    return Held(
        standing=now,
        model=model,
        ids=ids,
        row_of={identifier: row for row, identifier in enumerate(ids)},
        row_of_hash={hashes[place]: row for row, place in enumerate(ready)},
        facets=dict(zip(FACETS, map(_facet, _values(kept)), strict=True)),
        matrix=matrix if len(ready) == len(rows) else matrix[has_vector],
        absent=len(rows) - len(ready),
    )


def _live_records() -> Sequence[Any]:
    return db.session.execute(
        select(
            LibraryStatement.id,
            LibraryStatement.text,
            LibraryStatement.kind,
            LibraryStatement.source_id,
            LibraryStatement.area_id,
            Area.function,
            Area.domain,
        )
        .outerjoin(Area, Area.id == LibraryStatement.area_id)
        .where(LIVE)
        .order_by(LibraryStatement.source_id, LibraryStatement.position, LibraryStatement.id)
    ).all()


def _values(rows: Sequence[Any]) -> list[Iterable[str]]:
    named = {KIND: "kind", SOURCE: "source_id", FUNCTION: "function", DOMAIN: "domain"}
    named[AREA] = "area_id"
    return [[str(getattr(row, named[facet]) or "") for row in rows] for facet in FACETS]


def _facet(values: Iterable[str]) -> Facet:
    places: dict[str, int] = {}
    codes = np.fromiter((places.setdefault(value, len(places)) for value in values), dtype=np.int32)
    return Facet(places, codes)


def _vectors(
    texts: Sequence[str], hashes: Sequence[str], before: Held | None
) -> tuple[Vectors, Flags]:
    """Return a row for each text, and which rows are filled; the others hold nothing of use."""
    known = before.row_of_hash if before is not None else {}
    taken = np.array([known.get(each, -1) for each in hashes], dtype=np.int64)
    filled = taken >= 0
    matrix = np.empty((len(texts), _width()), dtype=np.float32)
    if before is not None and filled.any():
        matrix[filled] = before.matrix[taken[filled]]
    missing = np.flatnonzero(~filled).tolist()
    for start in range(0, len(missing), AT_ONCE):
        some = missing[start : start + AT_ONCE]
        found = cached([texts[row] for row in some], digest=library_digest())
        for row in some:
            if (vector := found.get(texts[row])) is not None:
                matrix[row], filled[row] = vector, True
    return matrix, filled


def _width() -> int:
    """Return how many numbers a vector of the model in use has; none are kept yet: 0."""
    packed = db.session.scalar(
        select(TextVector.vector).where(TextVector.model_digest == library_digest()).limit(1)
    )
    return len(packed or b"") // np.dtype("<f4").itemsize
