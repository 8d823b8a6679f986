"""How a run is kept in the database, laid out so that a stranger can read it, and its digest.

``inputs`` is zlib-compressed JSON (UTF-8, sorted keys): for each of ``frameworks``,
``capabilities``, ``standards``, ``duties`` and ``bare_standards`` an object with ``columns``
(names) and ``rows`` (lists in that order). The ``framework`` of a standard and the ``standard`` of
a duty are places, from 0, in those lists.

``scores`` is zlib-compressed, little-endian, one array after the other without gaps:

======== ================= =======================================================
type     how many          what
======== ================= =======================================================
4 bytes  1                 ``PGS1``
uint32   6                 floor in per cent; c capabilities; m duties; p pairs;
                           s standards; f profiles
uint32   c                 how many pairs each capability has
uint32   p                 the duty of each pair; pairs by capability, then duty
float32  p                 its score: the machine's own, verdicts apart
uint8    m                 1 where the duty is generic
16 bytes f                 the profiles' ids as they were at the run
uint8    f x ceil(c / 8)   their members: a bit a capability, the highest bit first
float64  f x s             their two-way scores; NaN where undefined
======== ================= =======================================================

Kept are the pairs from the floor up and the ten highest of each capability. Of the adapter a run
names its digest; the table ``used_adapter`` keeps each once.
"""

import hashlib
import json
import uuid
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from consensus.matching.national import Pairs, Survey
from reports.mapping.ground import (
    ComparedCapability,
    ComparedDuty,
    ComparedFramework,
    ComparedStandard,
    Inputs,
    Kept,
)

MARK = b"PGS1"
Record = TypeVar("Record")
Array = npt.NDArray[Any]


def as_bytes(inputs: Inputs) -> bytes:
    """Return the inputs as JSON with sorted keys: the same inputs give the same bytes."""
    parts = {
        "frameworks": _table(ComparedFramework, inputs.frameworks),
        "capabilities": _table(ComparedCapability, inputs.capabilities),
        "standards": _table(ComparedStandard, inputs.standards),
        "duties": _table(ComparedDuty, inputs.duties),
        "bare_standards": _table(ComparedStandard, inputs.bare_standards),
    }
    return json.dumps(
        parts, default=str, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    ).encode()


def _table(kind: type[Any], records: Sequence[object]) -> dict[str, list[Any]]:
    names = [each.name for each in fields(kind)]
    return {"columns": names, "rows": [[getattr(each, name) for name in names] for each in records]}


def pack(inputs: Inputs, kept: Kept) -> tuple[bytes, bytes]:
    """Return the compressed inputs and scores, as a run keeps them."""
    return zlib.compress(as_bytes(inputs)), zlib.compress(_scores_as_bytes(kept), level=6)


def _scores_as_bytes(kept: Kept) -> bytes:
    survey, pairs = kept.survey, kept.survey.pairs
    sizes = [int(survey.floor_percent), survey.capabilities, len(survey.standard_of_duty)]
    sizes += [len(pairs.row), len(survey.duty_count), len(kept.profile_ids)]
    parts: list[Array | bytes] = [
        MARK,
        np.array(sizes, dtype="<u4"),
        np.bincount(pairs.row, minlength=survey.capabilities).astype("<u4"),
        pairs.duty.astype("<u4"),
        pairs.score.astype("<f4"),
        kept.is_generic.astype("u1"),
        b"".join(each.bytes for each in kept.profile_ids),
        np.packbits(kept.members, axis=1),
        survey.two_way.astype("<f8"),
    ]
    return b"".join(each if isinstance(each, bytes) else each.tobytes() for each in parts)


def unpack_inputs(packed: bytes) -> Inputs:
    """Return the inputs that ``pack`` packed."""
    found = json.loads(zlib.decompress(packed))
    return Inputs(
        frameworks=_records(ComparedFramework, found["frameworks"]),
        capabilities=_records(ComparedCapability, found["capabilities"]),
        standards=_records(ComparedStandard, found["standards"]),
        duties=_records(ComparedDuty, found["duties"]),
        bare_standards=_records(ComparedStandard, found["bare_standards"]),
    )


def _records(kind: type[Record], table: dict[str, list[Any]]) -> tuple[Record, ...]:
    readers = [_READERS.get(name) for name in table["columns"]]
    return tuple(
        kind(
            **{
                name: read(value) if read else value
                for name, read, value in zip(table["columns"], readers, row, strict=True)
            }
        )
        for row in table["rows"]
    )


_READERS: dict[str, Any] = {
    "framework_id": uuid.UUID,
    "statement_id": uuid.UUID,
    "standard_id": uuid.UUID,
    "duty_id": uuid.UUID,
    "snapshot_on": date.fromisoformat,
}


class _Reader:
    """Takes one array after the other from the bytes."""

    def __init__(self, held: bytes) -> None:
        self.held, self.at = held, len(MARK)

    def take(self, kind: str, count: int) -> Array:
        found = np.frombuffer(self.held, dtype=kind, count=count, offset=self.at)
        self.at += found.nbytes
        return found


def unpack_kept(packed: bytes, inputs: Inputs) -> Kept:
    """Return what ``pack`` packed beside these inputs. Raises ``ValueError`` for other bytes."""
    held = zlib.decompress(packed)
    if held[: len(MARK)] != MARK:
        raise ValueError("these are not the scores of a run")
    reader = _Reader(held)
    floor, c, m, p, s, f = (int(each) for each in reader.take("<u4", 6))
    pairs = _pairs(reader, c, p)
    is_generic = reader.take("u1", m).astype(np.bool_)
    ids = reader.take("u1", 16 * f).tobytes()
    bits = reader.take("u1", f * -(-c // 8)).reshape(f, -(-c // 8))
    survey = Survey(
        floor_percent=floor,
        capabilities=c,
        pairs=pairs,
        two_way=reader.take("<f8", f * s).reshape(f, s).astype(np.float64),
        standard_of_duty=inputs.standard_of_duty,
        duty_count=np.bincount(inputs.standard_of_duty, minlength=s),
    )
    return Kept(
        survey=survey,
        profile_ids=tuple(uuid.UUID(bytes=ids[at : at + 16]) for at in range(0, 16 * f, 16)),
        members=np.unpackbits(bits, axis=1, count=c).astype(np.bool_),
        is_generic=is_generic,
    )


def _pairs(reader: _Reader, capabilities: int, pairs: int) -> Pairs:
    counts = reader.take("<u4", capabilities)
    duty = reader.take("<u4", pairs).astype(np.int32)
    score = reader.take("<f4", pairs).astype(np.float32)
    return Pairs(np.repeat(np.arange(capabilities, dtype=np.int32), counts), duty, score)


def digest_of(inputs: Inputs, survey: Survey, model_digest: str, adapter_digest: str) -> str:
    """Return the SHA-256 over the model, the adapter, the inputs and the kept pairs of a run.

    Profiles and verdicts are not in it: they are those of whoever reads.
    """
    pairs = survey.pairs
    made = hashlib.sha256(f"{model_digest}\x1f{adapter_digest}\x1e".encode())
    made.update(as_bytes(inputs))
    made.update(pairs.row.astype("<u4").tobytes())
    made.update(pairs.duty.astype("<u4").tobytes())
    made.update(pairs.score.astype("<f4").tobytes())
    return made.hexdigest()


def digest_of_texts(pairs: Iterable[tuple[uuid.UUID, str]]) -> str:
    """Return the SHA-256 of ids with their texts, in the order given.

    It tells whether one side of a comparison has changed without comparing it word for word.
    """
    made = hashlib.sha256()
    for identifier, text in pairs:
        made.update(f"{identifier}\x1f{text}\x1e".encode())
    return made.hexdigest()
