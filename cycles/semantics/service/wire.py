"""What passes between a page and the search service: one line each way, of limited length.

Every line carries a seal made with a key that only this installation has, and an answer's seal
covers the question's own number, so that neither side takes a line from anybody else. What a
question means is not known here.
"""

import hashlib
import hmac
import json
import tempfile
from pathlib import Path
from typing import Any

from cycles.core.settings import Settings

MOST_ASKED = 16 * 1024
MOST_ANSWERED = 256 * 1024
PURPOSE = b"pythia search service, lines of 2026"
SOCKET = "search.sock"
# The kernel's own limit on the path of a socket, less its closing zero.
LONGEST_PATH = 107


class Unreadable(ValueError):
    """A line that is too long, not sealed with our key, or not what was agreed."""


def key_of(settings: Settings) -> bytes:
    """Return the key that seals the lines: of the secret key, and good for nothing else."""
    return hmac.digest(settings.secret_key.encode(), PURPOSE, "sha256")


def address_of(settings: Settings) -> Path:
    """Return where the service listens: in the instance folder, if the system takes its path."""
    inside = settings.instance.resolve() / SOCKET
    if len(str(inside).encode()) <= LONGEST_PATH:
        return inside
    short = hashlib.sha256(str(inside).encode()).hexdigest()[:24]
    return Path(tempfile.gettempdir()) / f"pythia-{short}.sock"


def sealed(content: dict[str, Any], key: bytes, about: str = "") -> bytes:
    """Return the line that carries ``content``; ``about`` is the question that it answers."""
    body = json.dumps(content, separators=(",", ":")).encode()
    return _seal(body, key, about) + b" " + body + b"\n"


def opened(line: bytes, key: bytes, *, most: int, about: str = "") -> dict[str, Any]:
    """Return what a line carries, or raise ``Unreadable``."""
    if len(line) > most or not line.endswith(b"\n"):
        raise Unreadable("the line is too long or was cut off")
    seal, _, body = line[:-1].partition(b" ")
    if not hmac.compare_digest(seal, _seal(body, key, about)):
        raise Unreadable("the line is not sealed with our key")
    content = json.loads(body)
    if not isinstance(content, dict):
        raise Unreadable("the line carries no object")
    return content


def _seal(body: bytes, key: bytes, about: str) -> bytes:
    return hmac.new(key, about.encode() + b"\n" + body, "sha256").hexdigest().encode()
