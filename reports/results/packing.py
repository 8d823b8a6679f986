"""The rows behind a document as bytes and back: zlib-compressed JSON with sorted keys."""

import hashlib
import json
import zlib

from cycles.core.errors import Invalid
from reports.document.packing import canonical, plain, restore
from reports.results.records import Detail

DAMAGED = (
    "The rows behind this snapshot are not what was frozen: their digest differs. Take another "
    "snapshot."
)


def pack(detail: Detail) -> tuple[bytes, str]:
    """Return the compressed bytes and the SHA-256 of what they hold."""
    content = canonical(plain(detail))
    return zlib.compress(content, level=6), hashlib.sha256(content).hexdigest()


def unpack(packed: bytes, digest: str) -> Detail:
    """Return what ``pack`` packed. Raises ``Invalid`` where it is not what the digest is of."""
    try:
        content = zlib.decompress(packed)
    except zlib.error as error:
        raise Invalid(DAMAGED) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise Invalid(DAMAGED)
    return restore(Detail, json.loads(content))
