"""The rows behind a document as bytes and back: zlib-compressed JSON with sorted keys."""

import hashlib
import json
import zlib

from reports.document.packing import canonical, plain, restore
from reports.results.records import Detail


def pack(detail: Detail) -> tuple[bytes, str]:
    """Return the compressed bytes and the SHA-256 of what they hold."""
    content = canonical(plain(detail))
    return zlib.compress(content, level=6), hashlib.sha256(content).hexdigest()


def unpack(packed: bytes) -> Detail:
    """Return what ``pack`` packed."""
    return restore(Detail, json.loads(zlib.decompress(packed)))
