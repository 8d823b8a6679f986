"""Reads the development mailbox, as the people who were invited would."""

import email
import re
import time
from email.policy import default
from pathlib import Path

PATIENCE = 20  # seconds; invitations leave after the request that made them


def letter_to(folder: Path, address: str) -> str:
    """Return the newest letter to ``address``; wait for it a little."""
    for _ in range(PATIENCE * 5):
        for path in sorted((folder / "mail").glob("*.eml"), reverse=True):
            message = email.message_from_bytes(path.read_bytes(), policy=default)
            if message["To"] == address:
                return str(message.get_content())
        time.sleep(0.2)
    raise AssertionError(f"no letter to {address}")


def link_in(letter: str) -> str:
    """Return the one link that a letter carries."""
    return re.findall(r"https?://\S+", letter)[0]
