"""The text of a receipt. Its SHA-256 is the digest: whoever keeps the file can calculate it.

Only what is frozen stands in it, so that the same answers give the same bytes for ever. Nothing
is read here.
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from workshop.ballot.models import Answer
from workshop.rooms.scales import Scale


@dataclass(frozen=True)
class CountedAnswer:
    """An answer as it was counted, with the item's id and the wording frozen with it."""

    item_id: uuid.UUID
    answer: str
    wording: str


def answer_words(scale: Scale, answer: Answer, code: int) -> str:
    """Return an answer as files say it: its letter on the scale, or why it has none."""
    return scale.letters[code] if answer == Answer.RATED else answer.value


def filename_of(number: int) -> str:
    """Return the name of the file that holds a receipt of round ``number``."""
    return f"receipt-round-{number}.txt"


def receipt_text(
    *, round_id: uuid.UUID, number: int, secret: str, answers: Sequence[CountedAnswer]
) -> str:
    """Return the text that the digest is taken of: the secret, and each answer as counted."""
    lines = [
        "Receipt of answers counted by Pythia, version 1",
        f"The SHA-256 of this file is your digest:  sha256sum {filename_of(number)}",
        "Look for it in the published receipts of the round. Keep this file to yourself: whoever",
        "has it can read what you answered.",
        "",
        f"Round: {number}, {round_id}",
        f"Secret: {secret}",
        f"Answers: {len(answers)}",
        *(f"{one.item_id} = {one.answer}   {' '.join(one.wording.split())}" for one in answers),
    ]
    return "\n".join(lines) + "\n"


def digest_of(text: str) -> str:
    """Return the SHA-256 of a receipt's text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
