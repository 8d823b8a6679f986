"""Addresses that allow one thing without signing in: a row's id and a signature, kept by no table.

Whoever reads the database without the application's secret can make none. What a link allows is
decided by whoever asks for it; links of one ``purpose`` open nothing of another.
"""

import base64
import uuid

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def token_of(row_id: uuid.UUID, *, purpose: str) -> str:
    """Return what stands in an address for this row. It never expires."""
    short = base64.urlsafe_b64encode(row_id.bytes).decode().rstrip("=")
    return str(_signer(purpose).dumps(short))


def id_behind(token: str, *, purpose: str) -> uuid.UUID | None:
    """Return the id that a token was made for, or None where it is not whole or not made here."""
    try:
        short = _signer(purpose).loads(token)
        return uuid.UUID(bytes=base64.urlsafe_b64decode(f"{short}=="))
    except (BadSignature, ValueError):
        return None


def full_address(path: str) -> str:
    """Return a path of ours as it stands in letters: with the application's own address."""
    return f"{current_app.extensions['pythia_settings'].base_url}{path}"


def _signer(purpose: str) -> URLSafeSerializer:
    config = current_app.config
    # Oldest first, as the library wants them: it signs with the last and accepts any.
    secrets = [*config["SECRET_KEY_FALLBACKS"], config["SECRET_KEY"]]
    return URLSafeSerializer(secrets, salt=purpose)
