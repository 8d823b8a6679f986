"""The one link between a person and their answers: a keyed hash under the cycle's own key.

The key is random, one a cycle, and kept wrapped by a secret that is not in the database. Once it
is destroyed nobody can link the two again. What people answered never comes here.
"""

import base64
import hashlib
import hmac
import secrets
import uuid
from datetime import datetime
from functools import lru_cache

from cryptography.fernet import Fernet
from flask import current_app
from sqlalchemy import bindparam, select, update

from cycles.core.errors import Closed, Missing
from cycles.core.extensions import db
from workshop.ballot.models import CycleKey, Panellist

KEY_BYTES = 32
_WRAPPED = select(CycleKey.wrapped).where(CycleKey.cycle_id == bindparam("cycle_id"))


def _wrapping() -> Fernet:
    return _fernet(current_app.extensions["pythia_settings"].link_key)


def _fernet(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest()))


@lru_cache(maxsize=64)
def _unwrapped(wrapped: bytes, secret: str) -> bytes:
    """Return a key that was wrapped: unwrapping costs more than the rest of saving an answer.

    A destroyed key is not found again by this, as what it was wrapped in is gone.
    """
    return _fernet(secret).decrypt(wrapped)


def find_key(cycle_id: uuid.UUID) -> bytes | None:
    """Return the cycle's key, or None when it was never made or has been destroyed."""
    wrapped = db.session.connection().execute(_WRAPPED, {"cycle_id": cycle_id}).scalar()
    if wrapped is None:
        return None
    return _unwrapped(wrapped, current_app.extensions["pythia_settings"].link_key)


@lru_cache(maxsize=64)
def _remembered_key(cycle_id: uuid.UUID) -> bytes:
    found = find_key(cycle_id)
    if found is None:
        raise Missing("This cycle has no key.")  # not remembered: one may be made
    return found


def likely_link(cycle_id: uuid.UUID, participant_id: uuid.UUID) -> str | None:
    """Return the link of a participant by the key that this process has seen before.

    For saving answers, which may not ask for the key each time. Where the key has been destroyed
    since, by another process, no seat has that link any more, so nothing is found by it.
    """
    try:
        return link_of(_remembered_key(cycle_id), participant_id)
    except Missing:
        return None


def make_key(*, cycle_id: uuid.UUID) -> bytes:
    """Return the cycle's key, made now if it never had one.

    Raises ``Closed`` when it was destroyed: a new one would let new answers be linked beside old
    ones that cannot be.
    """
    held = db.session.get(CycleKey, cycle_id)
    if held is None:
        key = secrets.token_bytes(KEY_BYTES)
        db.session.add(CycleKey(cycle_id=cycle_id, wrapped=_wrapping().encrypt(key)))
        db.session.flush()
        return key
    if held.wrapped is None:
        raise Closed("This cycle is sealed. Its answers are anonymous for good and take no more.")
    return _wrapping().decrypt(held.wrapped)


def link_of(key: bytes, participant_id: uuid.UUID) -> str:
    """Return the link that this key gives to a participant: 64 hexadecimal digits."""
    return hmac.new(key, participant_id.bytes, hashlib.sha256).hexdigest()


def destroy_key(*, cycle_id: uuid.UUID, moment: datetime) -> None:
    """Make linking impossible for good: forget the key, and the links that it made."""
    held = db.session.get(CycleKey, cycle_id)
    if held is None:
        held = CycleKey(cycle_id=cycle_id)
        db.session.add(held)
    held.wrapped = None
    held.destroyed_at = held.destroyed_at or moment
    _remembered_key.cache_clear()
    _unwrapped.cache_clear()
    # A copy of the key in some old backup must not open the live database either.
    # The partner and the breakout go too: where they are small they would single people out.
    anonymous = {"link": None, "partner_id": None, "breakout": None}
    db.session.execute(update(Panellist).where(Panellist.cycle_id == cycle_id).values(**anonymous))
    db.session.flush()
