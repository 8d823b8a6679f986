"""What a ballot says of what changed since the round before; worked out in ``rooms.digest``."""

from dataclasses import dataclass

from workshop.rooms.digest import Change, digest_of
from workshop.rooms.models import Round


@dataclass(frozen=True)
class ChangeLine:
    """One thing that became of questions: how many, in words, and which where that helps."""

    count: int
    words: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Changes:
    """What changed since round ``before``."""

    before: int
    lines: tuple[ChangeLine, ...]


def changes_since(round_: Round) -> Changes | None:
    """Return what changed since the round before, or None in a round 1.

    What was agreed and what is still open has pages of its own; all else is named here.
    """
    digest = digest_of(round_)
    if digest is None:
        return None
    told = (
        ("agreed", digest.agreed, ()),
        ("closed with two lasting views", digest.stable_dissent, digest.stable_dissent),
        ("merged or dropped", digest.dropped, digest.dropped),
        ("asked again as they were", digest.still_open, ()),
        ("asked again in new words", digest.reworded, digest.reworded),
        ("reopened because two people argued the same way", digest.reopened, digest.reopened),
        ("asked for the first time", digest.added, digest.added),
    )
    lines = tuple(ChangeLine(len(all_), words, named) for words, all_, named in told if all_)
    return Changes(digest.number - 1, lines)
