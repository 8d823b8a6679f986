"""The statements nearest to a text: by meaning where the cache allows it, else by shared words.

The answer always says which of the two was used; a screen prints it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import log, sqrt

import numpy as np

from cycles.semantics.vectors import as_encoded, cached

_WORD = re.compile(r"[^\W_]{2,}")
# Words that nearly every statement holds say nothing about which is near.
_COMMON = {
    "a",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "by",
    "for",
    "from",
    "in",
    "into",
    "is",
    "it",
    "of",
    "on",
    "or",
    "so",
    "such",
    "than",
    "that",
    "the",
    "their",
    "to",
    "using",
    "with",
}


class Method(StrEnum):
    """How nearness was judged."""

    MEANING = "meaning"
    WORDS = "words"


@dataclass(frozen=True)
class Hit:
    """One candidate: its place in the list given, and its score from 0 to 1."""

    index: int
    score: float


@dataclass(frozen=True)
class Nearest:
    """The nearest candidates, best first, and how they were found."""

    hits: tuple[Hit, ...]
    method: Method


def nearest(
    query: str, candidates: Sequence[str], *, most: int = 10, floor: float = 0.0
) -> Nearest:
    """Return up to ``most`` candidates scoring above ``floor``; ties in the order given.

    Meaning is used when the query and every candidate are in the vector cache: half a cache would
    rank what happens to be there, not what is near.
    """
    found = cached([query]) and cached([query, *candidates])
    if found and all(text in found for text in candidates):
        matrix = np.stack([found[text] for text in candidates]) if candidates else np.zeros((0, 1))
        scores = matrix @ found[query] if candidates else np.zeros(0)
        return Nearest(_best([float(score) for score in scores], most, floor), Method.MEANING)
    return Nearest(_best(word_scores(query, candidates), most, floor), Method.WORDS)


def _best(scores: Sequence[float], most: int, floor: float) -> tuple[Hit, ...]:
    above = [Hit(index, score) for index, score in enumerate(scores) if score > floor]
    above.sort(key=lambda hit: (-hit.score, hit.index))
    return tuple(above[:most])


def words_of(text: str) -> list[str]:
    """Return the words that tell texts apart, in one spelling, cut to their stems roughly."""
    return [stem(word) for word in _WORD.findall(as_encoded(text).lower()) if is_telling(word)]


def is_telling(word: str) -> bool:
    """Say whether a word in small letters tells texts apart: most statements do not hold it."""
    return len(word) > 1 and word not in _COMMON


def stem(word: str) -> str:
    """Return what a word in small letters begins with in most of its forms, roughly."""
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def word_scores(query: str, candidates: Sequence[str]) -> list[float]:
    """Return the cosine of rarity-weighted words between the query and each candidate."""
    bags = [_bag(text) for text in candidates]
    holders = Counter(word for bag in bags for word in bag)
    rarity = {word: log((1 + len(bags)) / (1 + count)) + 1 for word, count in holders.items()}
    asked = Counter(words_of(query))
    length = _length(asked, rarity)
    return [_cosine(asked, length, bag, rarity) for bag in bags]


@lru_cache(maxsize=8192)
def _bag(text: str) -> Counter[str]:
    """Return the words of a statement with their numbers: at every keystroke the same few hundred.

    Never asked of what is typed, which nothing may remember.
    """
    return Counter(words_of(text))


def _length(bag: Counter[str], rarity: dict[str, float]) -> float:
    return sqrt(sum((count * rarity.get(word, 1.0)) ** 2 for word, count in bag.items()))


def _cosine(
    asked: Counter[str], length: float, bag: Counter[str], rarity: dict[str, float]
) -> float:
    shared = asked.keys() & bag.keys()
    if not shared:
        return 0.0
    # Summed in a fixed order: a set's own order differs from run to run, and floats notice.
    product = sum(asked[word] * bag[word] * rarity[word] ** 2 for word in sorted(shared))
    return product / (length * _length(bag, rarity))
