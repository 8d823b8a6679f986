"""The wordings that a section has had, and what each changed. No queries."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup

from reports.document.wording import counted
from reports.mapping.words import moment_words
from reports.narrative.models import NarrativeVersion
from reports.narrative.prose import prose_html

AROUND = 12  # words that are shown on either side of a change
SHRED = 2  # words that stay the same and are too few to part two changes
# Setting texts beside each other takes a time that grows with the pairs of equal words and with the
# length: some 1,300 words of new prose come to this, and as many of two words in turn to far more.
MOST_STEPS = 30_000_000

Run = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True)
class Piece:
    """A run of words: ``kind`` is same, new, gone, or left, which says how many are left out."""

    kind: str
    words: str


@dataclass(frozen=True)
class Wording:
    """One wording: who saved it and when, and how it differs from the one before.

    ``pieces`` is empty for the first and where not a word differs.
    """

    number: int
    saved: str
    pieces: tuple[Piece, ...]
    html: Markup
    is_first: bool
    is_accepted: bool
    is_standing: bool


def wordings(
    versions: Sequence[tuple[NarrativeVersion, str]], standing: str | None, most: int
) -> tuple[Wording, ...]:
    """Return at most so many wordings, newest first; of the one after them only the text is read.

    ``standing`` is the text in force, None for the draft; only the very newest can stand.
    """
    texts = [version.markdown for version, _ in versions]
    before = [*texts[1:], ""][: len(texts)]
    return tuple(
        _wording(version, name, earlier, at == 0 and version.markdown == standing)
        for at, ((version, name), earlier) in enumerate(zip(versions, before, strict=True))
        if at < most
    )


def _wording(version: NarrativeVersion, name: str, earlier: str, is_standing: bool) -> Wording:
    is_first = version.number == 1
    changed = () if is_first else pieces(earlier, version.markdown)
    return Wording(
        number=version.number,
        saved=moment_words(version.edited_at) + (f" by {name}" if name else ""),
        pieces=elided(changed) if any(each.kind != "same" for each in changed) else (),
        html=prose_html(version.markdown),
        is_first=is_first,
        is_accepted=version.is_accepted,
        is_standing=is_standing,
    )


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return a text beside the one before, in the order of reading.

    A word or two that stay between changes go with them: what is written anew shares its small
    words with the old, and nobody can read the two in shreds.
    """
    found = []
    for gone, came in _whole(runs(before.split(), after.split())):
        if gone == came:
            found.append(Piece("same", " ".join(gone)))
            continue
        found += [Piece("gone", " ".join(gone))] if gone else []
        found += [Piece("new", " ".join(came))] if came else []
    return tuple(found)


def runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """Yield the old and the new run by run: alike where they are the same, else what replaced what.

    What stands between the common beginning and the common end is one run where it is too long or
    too monotonous to be set beside each other in good time.
    """
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    was, now = old[head : len(old) - tail], new[head : len(new) - tail]
    if head:
        yield old[:head], old[:head]
    if _steps(was, now) > MOST_STEPS:
        yield was, now
    else:
        matcher = SequenceMatcher(None, was, now, autojunk=False)
        for _tag, start, end, new_start, new_end in matcher.get_opcodes():
            yield was[start:end], now[new_start:new_end]
    if tail:
        yield old[-tail:], old[-tail:]


def _whole(found: Iterable[Run]) -> Iterator[Run]:
    """Yield the runs, with those that changed joined over what is too short to part them."""
    every = list(found)
    last = len(every) - 1
    gone: list[str] = []
    came: list[str] = []
    for at, (old, new) in enumerate(every):
        if old == new and (len(old) > SHRED or at in (0, last)):
            if gone or came:
                yield gone, came
            yield old, new
            gone, came = [], []
        else:
            gone, came = [*gone, *old], [*came, *new]
    if gone or came:
        yield gone, came


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many begin alike."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (was, now) in pairs if was != now), min(len(old), len(new)))


def _steps(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many steps setting them beside each other may take at the worst."""
    there = Counter(new)
    pairs = sum(count * there[each] for each, count in Counter(old).items())
    return pairs * min(len(old), len(new))


def elided(found: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces without what stays the same far from any change."""
    return tuple(
        short
        for at, piece in enumerate(found)
        for short in _short(piece, is_first=at == 0, is_last=at == len(found) - 1)
    )


def _short(piece: Piece, *, is_first: bool, is_last: bool) -> tuple[Piece, ...]:
    words = piece.words.split()
    head, tail = (0 if is_first else AROUND), (0 if is_last else AROUND)
    left = len(words) - head - tail
    if piece.kind != "same" or left <= AROUND:
        return (piece,)
    return (
        *([Piece("same", " ".join(words[:head]))] if head else []),
        Piece("left", counted(left, "word")),
        *([Piece("same", " ".join(words[-tail:]))] if tail else []),
    )
