"""What a search finds in some results: by words, by meaning or by both, and why. No pages here."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from reports.explorer.look import Look
from reports.explorer.searching.meaning import near_to
from reports.explorer.searching.things import Sort, Thing, own_shelf, provision_shelf
from reports.explorer.searching.words import Words, own_words, provision_words, read_words
from reports.mapping.ground import Ground


class By(StrEnum):
    """How things are looked for."""

    BOTH = "both"
    WORDS = "words"
    MEANING = "meaning"


@dataclass(frozen=True, eq=False)
class Found:
    """One thing found. ``held`` of the words stand in it; ``nearness`` is its cosine, if near."""

    thing: Thing
    held: int
    has_every_word: bool
    nearness: float | None


@dataclass(frozen=True, eq=False)
class Search:
    """What was found: by sort, in each the things with every word first, then the nearest.

    ``how`` says in a sentence how it was looked for.
    """

    typed: str
    words: Words
    found: tuple[Found, ...]
    how: str


BOTH_WAYS = "Things that hold every word come first, then those nearest in meaning."
BY_MEANING = "Found by meaning, nearest first: things in other words are found too."
BY_WORDS = "Found by words{why}: each holds every word you typed, or one that begins like it."
SOME_WORDS = "Found by words{why}: none holds every word you typed, each holds some of them."
NO_WORDS = "Looked for by words{why}: nothing holds any of them."
NOTHING_NEAR = "nothing is near in meaning"


def search(look: Look, typed: str, by: By) -> Search:
    """Look for what was typed in everything that the results hold."""
    words, ground = read_words(typed), ground_of(look)
    if not typed:
        return Search(typed, words, (), "")
    held = {} if by == By.MEANING else dict(_holders(look, ground, words))
    near, because = _near(look, ground, typed, by)
    if by == By.MEANING and not near:
        held = dict(_holders(look, ground, words))
    every = {thing for thing, count in held.items() if count == len(words.terms)}
    if every or near:
        held = {thing: count for thing, count in held.items() if thing in every or thing in near}
    found = [
        Found(thing, held.get(thing, 0), thing in every, near.get(thing))
        for thing in dict.fromkeys((*held, *near))
    ]
    found.sort(key=_rank)
    return Search(
        typed, words, tuple(found), _how(by, _words_found(held, every), bool(near), because)
    )


def everything(look: Look) -> tuple[Thing, ...]:
    """Return all that can be found."""
    ground = ground_of(look)
    provision = provision_shelf(ground).things if ground else ()
    return (*own_shelf(look.results).things, *provision)


def ground_of(look: Look) -> Ground | None:
    """Return what the run of these results compared, or None before the first."""
    return look.reading.ground if look.reading else None


def _near(look: Look, ground: Ground | None, typed: str, by: By) -> tuple[dict[Thing, float], str]:
    if by == By.WORDS:
        return {}, ""
    near = near_to(typed, look.results, ground)
    return near.scores, near.because or ("" if near.scores else NOTHING_NEAR)


def _holders(look: Look, ground: Ground | None, words: Words) -> Iterator[tuple[Thing, int]]:
    """Yield the things that hold some of the words, with how many."""
    provision = provision_words(ground) if ground else ()
    for thing, text in (*own_words(look.results), *provision):
        held = words.held_by(text)
        if held:
            yield thing, held


SORTS = tuple(Sort)


def _rank(found: Found) -> tuple[int, bool, float, int, int]:
    """Return what order things stand in: every word, nearness, number of words, then brevity."""
    return (
        SORTS.index(found.thing.sort),
        not found.has_every_word,
        -(found.nearness or 0.0),
        -found.held,
        len(found.thing.text),
    )


def _words_found(held: Collection[Thing], every: Collection[Thing]) -> str:
    return BY_WORDS if every else SOME_WORDS if held else NO_WORDS


def _how(by: By, words_found: str, is_near: bool, because: str) -> str:
    if is_near:
        return BOTH_WAYS if by == By.BOTH else BY_MEANING
    why = f", because {because}" if because else ""
    return words_found.format(why=why)
