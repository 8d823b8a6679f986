"""The vector cache: what was encoded once is never encoded again, whichever cycle it stands in.

Reading the cache needs no model. Filling it does, and is the worker's business. That a run can be
made again bit for bit rests on this cache: a vector that is held is never replaced.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun
from cycles.semantics.encoder import Encoder, Vectors, active_model, encoder
from cycles.semantics.models import TextVector
from cycles.semantics.spelling import american

READ_AT_ONCE = 900
COMMIT_EVERY = 512
_STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """Return the text as sameness is judged: letters composed, quotes straight, spaces single."""
    composed = unicodedata.normalize("NFC", text).translate(_STRAIGHT)
    return _SPACE.sub(" ", composed).strip()


def as_encoded(text: str) -> str:
    """Return the text as it is encoded: normalised, and in one spelling."""
    return american(normalise(text))


def text_hash(text: str) -> str:
    """Return the SHA-256 of the text as it is encoded: its key in the cache beside the model's."""
    return hashlib.sha256(as_encoded(text).encode()).hexdigest()


def hash_as_written(text: str) -> str:
    """Return the key of a text that was encoded before there was one spelling for all."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()


def cached(texts: Iterable[str], *, digest: str | None = None) -> dict[str, Vectors]:
    """Return the vector of each text that the cache holds, of the model in use.

    ``digest`` names another set of vectors, such as ``encoder.library_digest``.
    """
    by_hash: dict[str, list[str]] = {}
    for text in dict.fromkeys(texts):
        by_hash.setdefault(text_hash(text), []).append(text)
    found: dict[str, Vectors] = {}
    for hashes in _slices(list(by_hash), READ_AT_ONCE):
        rows = db.session.execute(
            select(TextVector.text_hash, TextVector.vector).where(
                TextVector.model_digest == (digest or active_model()[1]),
                TextVector.text_hash.in_(hashes),
            )
        )
        for key, packed in rows:
            vector = np.frombuffer(packed, dtype="<f4")
            found.update(dict.fromkeys(by_hash[key], vector))
    return found


def missing(texts: Iterable[str], *, digest: str | None = None) -> list[str]:
    """Return the texts that the cache does not hold, each once, in the order given."""
    wanted = list(dict.fromkeys(texts))
    hashes = {text: text_hash(text) for text in wanted}
    held = _held(set(hashes.values()), digest or active_model()[1])
    seen: set[str] = set()
    absent = []
    for text in wanted:
        key = hashes[text]
        if key not in held and key not in seen:
            seen.add(key)
            absent.append(text)
    return absent


def _held(hashes: set[str], digest: str) -> set[str]:
    held: set[str] = set()
    for some in _slices(sorted(hashes), READ_AT_ONCE):
        held.update(
            db.session.scalars(
                select(TextVector.text_hash).where(
                    TextVector.model_digest == digest, TextVector.text_hash.in_(some)
                )
            )
        )
    return held


def vectors_for(texts: Sequence[str]) -> Vectors:
    """Return the vectors of ``texts`` in order, shape (n, d), or raise ``Missing``."""
    found = cached(texts)
    absent = sum(text not in found for text in texts)
    if absent:
        raise Missing(
            f"{absent:,} of {len(texts):,} texts are not prepared for comparison yet. "
            "The worker prepares them; try again when it has finished."
        )
    if not texts:
        return np.zeros((0, 0), dtype=np.float32)
    return np.stack([found[text] for text in texts]).astype(np.float32, copy=False)


def encode_missing(
    texts: Iterable[str], run: JobRun | None = None, *, by: Encoder | None = None
) -> int:
    """Encode what the cache lacks; return how many texts that was. ``by`` is ``encoder()`` unless
    another is given.

    For the worker and the command line, between transactions: it ends the caller's transaction
    and commits batch by batch, so that a job which stops half-way has lost nothing.
    """
    done = 0
    for done, total in encoding(texts, by or encoder()):
        if run is not None and done < total:
            run.progress(done, total, f"Reading {done:,} of {total:,} texts")
    return done


def encoding(texts: Iterable[str], by: Encoder) -> Iterator[tuple[int, int]]:
    """Encode what the cache lacks; yield how many are done, and of how many, between batches."""
    absent = missing(texts, digest=by.digest)
    db.session.commit()
    # The longest first, so that the time left is rather told too long than too short; and those
    # of one length together, so that the encoder finds large batches.
    absent.sort(key=len, reverse=True)
    for start in range(0, len(absent), COMMIT_EVERY):
        yield start, len(absent)
        some = absent[start : start + COMMIT_EVERY]
        vectors = by.encode([as_encoded(text) for text in some])
        _keep(some, vectors, by.digest)
        db.session.commit()
    yield len(absent), len(absent)


def _keep(texts: Sequence[str], vectors: Vectors, digest: str) -> None:
    rows = [
        {
            "model_digest": digest,
            "text_hash": text_hash(text),
            "vector": np.ascontiguousarray(vector, dtype="<f4").tobytes(),
        }
        for text, vector in zip(texts, vectors, strict=True)
    ]
    db.session.execute(_insert_new(), rows)


def _insert_new() -> Any:
    # Two workers may meet on one text; the vectors are the same, so the second is dropped.
    dialect = db.session.connection().dialect.name
    if dialect == "postgresql":
        return postgresql.insert(TextVector).on_conflict_do_nothing()
    return sqlite.insert(TextVector).on_conflict_do_nothing()


def _slices(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (items[start : start + size] for start in range(0, len(items), size))
