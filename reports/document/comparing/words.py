"""The sentences and lists of two versions, place by place and word by word. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from reports.document.body.blocks import (
    Block,
    Bullets,
    Entry,
    Heading,
    Missing,
    Note,
    Paragraph,
    Terms,
    Tiles,
)
from reports.document.body.blocks import Prose as ProseHere
from reports.document.body.competencies import without_label
from reports.document.comparing.versions import Version
from reports.narrative.history import Piece, pieces, runs

Passages = tuple[str, ...]


@dataclass(frozen=True)
class WordsChange:
    """A place whose words differ: each differing passage word by word, the rest left out."""

    place: str
    anchor: str
    passages: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class _Place:
    """What one section, opening or entry says: the convener's passages and the system's own."""

    title: str
    prose: Passages
    words: Passages


def words_changes(
    before: Version, after: Version
) -> tuple[tuple[WordsChange, ...], tuple[WordsChange, ...]]:
    """Return where the prose differs, and where the system's own words do."""
    old, new = dict(_places(before)), dict(_places(after))
    prose, words = [], []
    for anchor in dict.fromkeys([*new, *old]):
        blank = _Place((new.get(anchor) or old[anchor]).title, (), ())
        was, now = old.get(anchor, blank), new.get(anchor, blank)
        prose += _change(now.title, anchor, was.prose, now.prose)
        words += _change(now.title, anchor, was.words, now.words)
    return tuple(prose), tuple(words)


def _change(title: str, anchor: str, was: Passages, now: Passages) -> list[WordsChange]:
    found = tuple(_differing(was, now))
    return [WordsChange(title, anchor, found)] if found else []


def _differing(was: Passages, now: Passages) -> Iterator[tuple[Piece, ...]]:
    """Yield the passages that differ; those in one another's place are set beside each other."""
    for old, new in runs(was, now):
        if old != new:
            for gone, came in zip_longest(old, new, fillvalue=""):
                yield pieces(gone, came)


def _places(version: Version) -> Iterator[tuple[str, _Place]]:
    for part in version.body:
        title = f"{part.part.number} {part.part.title}"
        yield from _within(version, part.part.anchor, title, part.opening)
        for section in part.sections:
            title = f"{section.place.number} {section.place.title}"
            yield from _within(version, section.place.anchor, title, section.blocks)


def _within(
    version: Version, anchor: str, title: str, blocks: Iterable[Block]
) -> Iterator[tuple[str, _Place]]:
    """Yield a place and, after it, the entries in it as places of their own."""
    own = [each for each in blocks if not isinstance(each, Entry)]
    prose = [each for each in own if isinstance(each, ProseHere)]
    written = version.prose
    yield (
        anchor,
        _Place(
            title,
            tuple(text for each in prose for text in version.passages(written.get(each.key, ""))),
            tuple(text for each in own for text in _said(version, each)),
        ),
    )
    for each in blocks:
        if isinstance(each, Entry):
            yield from _within(version, each.anchor, f"{title}: {each.title}", each.blocks)


def _said(version: Version, block: Block) -> Passages:
    """Return what a block says in words; tables and figures are compared as such."""
    match block:
        case Paragraph() | Note():
            return version.passages(block.words)
        case Missing() | Heading():
            return (block.words,)
        case Bullets():
            items = map(without_label, block.items) if block.is_compact else block.items
            return (*([block.title] if block.title else []), *items)
        case Terms():
            return tuple(f"{word}: {meaning}" for word, meaning in block.pairs)
        case Tiles():
            return tuple(f"{each.words} {each.label}" for each in block.tiles)
        case _:
            return ()
