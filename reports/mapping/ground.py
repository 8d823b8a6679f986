"""What a run compared, word for word, and how it is packed beside its scores.

A later rewording of a statement or a duty never reaches in here. What the scores mean is worked
out in ``assembling``; nothing here asks the database.
"""

import hashlib
import json
import uuid
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True)
class ComparedCapability:
    """A capability as it was worded when it was compared."""

    statement_id: uuid.UUID
    code: str
    text: str


@dataclass(frozen=True)
class ComparedStandard:
    """A standard whose duties were compared, or that was left out because it has none."""

    standard_id: uuid.UUID
    reference: str
    version: str
    title: str
    level: int


@dataclass(frozen=True)
class ComparedDuty:
    """A duty as it was worded when it was compared; ``standard`` counts in ``Ground.standards``."""

    duty_id: uuid.UUID
    standard: int
    position: int
    text: str
    is_core: bool


@dataclass(frozen=True)
class Inputs:
    """Both sides of a comparison. ``bare_standards`` have no duties and were left out."""

    capabilities: tuple[ComparedCapability, ...]
    standards: tuple[ComparedStandard, ...]
    duties: tuple[ComparedDuty, ...]
    bare_standards: tuple[ComparedStandard, ...]

    @cached_property
    def standard_of_duty(self) -> npt.NDArray[np.int64]:
        """Return the standard of each duty, int64 (m,)."""
        return np.array([duty.standard for duty in self.duties], dtype=np.int64)

    @cached_property
    def row_of(self) -> dict[uuid.UUID, int]:
        """Return each capability's row in the scores."""
        return {each.statement_id: row for row, each in enumerate(self.capabilities)}

    @cached_property
    def column_of(self) -> dict[uuid.UUID, int]:
        """Return each duty's column in the scores."""
        return {each.duty_id: column for column, each in enumerate(self.duties)}

    @cached_property
    def place_of(self) -> dict[uuid.UUID, int]:
        """Return each standard's place in ``standards``."""
        return {each.standard_id: place for place, each in enumerate(self.standards)}


@dataclass(frozen=True, eq=False)
class Ground:
    """The inputs of a run and its scores, float32 (capabilities, duties)."""

    inputs: Inputs
    scores: Scores


def as_bytes(inputs: Inputs) -> bytes:
    """Return the inputs as JSON with sorted keys: the same inputs give the same bytes."""
    return json.dumps(asdict(inputs), default=str, sort_keys=True, ensure_ascii=False).encode()


def pack(ground: Ground) -> tuple[bytes, bytes]:
    """Return the compressed inputs and scores, as a run keeps them."""
    scores = np.ascontiguousarray(ground.scores, dtype="<f4")
    return zlib.compress(as_bytes(ground.inputs)), zlib.compress(scores.tobytes(), level=1)


def unpack(inputs: bytes, scores: bytes) -> Ground:
    """Return what ``pack`` packed."""
    found = json.loads(zlib.decompress(inputs))
    given = Inputs(
        capabilities=tuple(
            ComparedCapability(**_with_id(each, "statement_id")) for each in found["capabilities"]
        ),
        standards=_standards(found["standards"]),
        duties=tuple(ComparedDuty(**_with_id(each, "duty_id")) for each in found["duties"]),
        bare_standards=_standards(found["bare_standards"]),
    )
    values = np.frombuffer(zlib.decompress(scores), dtype="<f4")
    return Ground(given, values.reshape(len(given.capabilities), len(given.duties)))


def digest_of(ground: Ground, model_digest: str) -> str:
    """Return the SHA-256 over the model, the inputs and the scores of a run."""
    made = hashlib.sha256(model_digest.encode())
    made.update(as_bytes(ground.inputs))
    made.update(np.ascontiguousarray(ground.scores, dtype="<f4").tobytes())
    return made.hexdigest()


def digest_of_texts(pairs: Iterable[tuple[uuid.UUID, str]]) -> str:
    """Return the SHA-256 of ids with their texts, in the order given.

    It tells whether one side of a comparison has changed without comparing it word for word.
    """
    made = hashlib.sha256()
    for identifier, text in pairs:
        made.update(f"{identifier}\x1f{text}\x1e".encode())
    return made.hexdigest()


def _standards(rows: Sequence[dict[str, Any]]) -> tuple[ComparedStandard, ...]:
    return tuple(ComparedStandard(**_with_id(each, "standard_id")) for each in rows)


def _with_id(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {**row, name: uuid.UUID(row[name])}
