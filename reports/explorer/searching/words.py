"""Finding things by words: case, accents and spelling aside, by the beginnings of words. Pure.

The words are compared as the library compares them, in memory: what is searched is at most some
tens of thousands of short texts.
"""

import re
import unicodedata
from dataclasses import dataclass

from cycles.library.searching.words import SHORTEST_BEGINNING, terms_of
from cycles.semantics.spelling import american
from reports.explorer.once import once
from reports.explorer.searching.things import (
    Shelf,
    Thing,
    once_for_ground,
    own_shelf,
    provision_shelf,
)
from reports.mapping.ground import Ground
from reports.results.results import Results

_NO_WORD = re.compile(r"[\W_]+")
_PIECES = re.compile(r"([^\W_]+)")


@dataclass(frozen=True)
class Words:
    """What was typed: each word as the beginnings to look for, a space before each."""

    terms: tuple[tuple[str, ...], ...]

    def held_by(self, words: str) -> int:
        """Return how many of them a text holds, given its words as ``plain_words`` has them."""
        return sum(any(each in words for each in term) for term in self.terms)


def read_words(typed: str) -> Words:
    """Return what to look for."""
    return Words(tuple(tuple(map(_bounded, term)) for term in terms_of(typed)))


def _bounded(beginning: str) -> str:
    # The beginning of a short word is the beginning of too many: it has to be the whole word.
    return f" {beginning}" if len(beginning) >= SHORTEST_BEGINNING else f" {beginning} "


def plain_words(text: str) -> str:
    """Return the text's words in one spelling and small letters, no accents, spaces around each."""
    text = american(text)
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(each for each in parts if not unicodedata.combining(each))
    return f" {_NO_WORD.sub(' ', text.lower())} "


@once
def own_words(results: Results) -> tuple[tuple[Thing, str], ...]:
    """Return the cycle's own things with their words."""
    return _with_words(own_shelf(results))


@once_for_ground
def provision_words(ground: Ground) -> tuple[tuple[Thing, str], ...]:
    """Return standards and duties with their words."""
    return _with_words(provision_shelf(ground))


def _with_words(shelf: Shelf) -> tuple[tuple[Thing, str], ...]:
    return tuple(
        (each, plain_words(f"{each.code} {each.text} {each.also}")) for each in shelf.things
    )


def marked(text: str, words: Words) -> tuple[tuple[str, bool], ...]:
    """Return the text in pieces, each with whether it is a word that was looked for."""
    pieces: list[tuple[str, bool]] = []
    for piece in filter(None, _PIECES.split(text)):
        is_hit = bool(words.held_by(plain_words(piece)))
        if pieces and pieces[-1][1] == is_hit:
            pieces[-1] = (pieces[-1][0] + piece, is_hit)
        else:
            pieces.append((piece, is_hit))
    return tuple(pieces)
