"""Asking for texts to be encoded, and the job that does it."""

from datetime import datetime
from typing import Any

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun, ask_for, handles
from cycles.core.jobs.models import Job
from cycles.semantics.encoder import Encoder, encoder, library_encoder
from cycles.semantics.texts import LIBRARY, texts_of
from cycles.semantics.vectors import encode_missing


def ask_to_encode(*, scope: str, actor: Actor, moment: datetime) -> Job:
    """Queue the encoding of ``cycle:<id>``, ``framework:<id>`` or ``library``."""
    return ask_for(kind="semantics.encode", actor=actor, moment=moment, texts_of=scope)


@handles("semantics.encode")
def encode(run: JobRun) -> dict[str, Any]:
    """Encode what a scope lacks; find how many texts it holds and how many were new."""
    scope = run.facts["texts_of"]
    texts = texts_of(scope)
    db.session.commit()
    by = encoder_for(scope)
    encoded = encode_missing(texts, run, by=by)
    return {"texts": len(texts), "encoded": encoded, "model": by.name, "digest": by.digest}


def encoder_for(scope: str) -> Encoder:
    """Return what encodes a scope: full precision for all that a number may rest on."""
    return library_encoder() if scope == LIBRARY else encoder()
