"""The wordings that a section has had, and what each changed. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reports.mapping.words import moment_words
from reports.narrative.models import NarrativeVersion


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, came in or was taken out: ``kind`` is same, new or gone."""

    kind: str
    words: str


@dataclass(frozen=True)
class Wording:
    """One wording: who saved it and when, and how it differs from the one before."""

    number: int
    saved: str
    length: str
    pieces: tuple[Piece, ...]
    is_standing: bool


def wordings(
    versions: Sequence[tuple[NarrativeVersion, str]], standing: str | None
) -> tuple[Wording, ...]:
    """Return the wordings, newest first; ``standing`` is the text in force, None for the draft."""
    texts = [version.markdown for version, _ in versions]
    before = [*texts[1:], ""][: len(texts)]
    return tuple(
        Wording(
            number=version.number,
            saved=moment_words(version.edited_at) + (f" by {name}" if name else ""),
            length=_length(version.markdown),
            pieces=pieces(earlier, version.markdown),
            is_standing=at == 0 and version.markdown == standing,
        )
        for at, ((version, name), earlier) in enumerate(zip(versions, before, strict=True))
    )


def _length(text: str) -> str:
    count = len(text.split())
    return "1 word" if count == 1 else f"{count:,} words"


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return a text beside the one before, word by word, in the order of reading."""
    old, new = before.split(), after.split()
    found = []
    for tag, *places in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        start, end, new_start, new_end = places
        if tag == "equal":
            found.append(Piece("same", " ".join(new[new_start:new_end])))
            continue
        gone, came = old[start:end], new[new_start:new_end]
        found += [Piece("gone", " ".join(gone))] if gone else []
        found += [Piece("new", " ".join(came))] if came else []
    return tuple(found)
