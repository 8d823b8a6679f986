"""Functions said to grow or shrink, held against the two states and against what is said elsewhere.

A direction belongs to a function when both stand in one clause, the nearest to the nearest.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.document.facts import Document, FunctionLine
from reports.document.wording import percent_words
from reports.narrative.checking.reading import sentences

WORDS = {
    "grows": re.compile(
        r"\b(?:grow(?:s|n|ing|th)?|grew|increas\w+|expan[ds]\w*|ris(?:es?|ing|en)|rose|gain\w*)\b",
        re.IGNORECASE,
    ),
    "shrinks": re.compile(
        r"\b(?:shr[iau]nk\w*|decreas\w+|declin\w+|f[ae]ll(?:s|ing|en)?|reduc\w+|contract(?:s|ing)|"
        r"drop\w*|diminish\w*|lessen\w*)\b",
        re.IGNORECASE,
    ),
}
DENIED = re.compile(r"\b(?:not|no|never|neither|nor|hardly|without)\b(?:\W+\w+){0,2}\W*$", re.I)
LISTS = re.compile(r"\s+(?:of|in)\b", re.IGNORECASE)  # an increase of A, B and C
CLAUSES = re.compile(r",?\s+(?:but|while|whereas|although|though)\s+|[:;]\s+")


@dataclass(frozen=True)
class Claim:
    """A function that prose says ``grows`` or ``shrinks``, with the clause that says it."""

    function: str
    direction: str
    clause: str


def claims_in(text: str, document: Document) -> tuple[Claim, ...]:
    """Return what prose says of the direction of each function."""
    names = [each.name for each in document.capabilities.functions]
    return tuple(
        claim
        for sentence in sentences(text)
        for clause in CLAUSES.split(sentence)
        for claim in _claims(clause, names)
    )


def _claims(clause: str, names: list[str]) -> Iterator[Claim]:
    said = sorted(
        (found.start(), found.end(), direction)
        for direction, pattern in WORDS.items()
        for found in pattern.finditer(clause)
        if not DENIED.search(clause[: found.start()])
    )
    for name in names if said else ():
        # Capitalised, for a function may be called what a verb is called.
        for found in re.finditer(rf"\b{re.escape(name)}(?:ation)?\b", clause):
            yield Claim(name, _direction(found, said), clause)


def _direction(name: re.Match[str], said: list[tuple[int, int, str]]) -> str:
    """Return the direction of a function: of the word whose list it is in, else of the nearest.

    A verb follows its subject, so a word before counts as twice as far.
    """

    def distance(word: tuple[int, int, str]) -> int:
        start, end, _ = word
        return start - name.end() if start >= name.end() else 2 * (name.start() - end)

    lists = [each for each in said if each[1] <= name.start() and LISTS.match(name.string, each[1])]
    return (lists[-1] if lists else min(said, key=distance))[2]


def contradicted(
    claim: Claim, document: Document, earlier: Iterable[tuple[str, Claim]]
) -> Iterator[str]:
    """Yield why a claim cannot stand: the figures say otherwise, or an earlier section does.

    ``earlier`` are claims with the number of the section that makes them.
    """
    told = f"“{claim.clause}”: {claim.function} is said to {claim.direction.removesuffix('s')}"
    line = next(each for each in document.capabilities.functions if each.name == claim.function)
    figures = _figures(line, claim.direction)
    if figures:
        yield f"{told}, but {figures}."
    for place, other in earlier:
        if other.function == claim.function and other.direction != claim.direction:
            yield f"{told}, but section {place} says that it {other.direction}."
            return


def _figures(line: FunctionLine, direction: str) -> str:
    """Return what the figures say against a direction; empty where they do not."""
    present = line.present
    if present is not None and present.captured:
        is_grown = present.held < present.captured
        if is_grown == (direction == "grows"):
            return ""
        return f"organisations have {present.held:,} of the {present.captured:,} captured today"
    if line.current_percent is None:
        return ""
    change = round(line.future_percent, 1) - round(line.current_percent, 1)
    if (change > 0) == (direction == "grows") and change:
        return ""
    return (
        f"its share is {percent_words(line.current_percent)} of today's duties and "
        f"{percent_words(line.future_percent)} of the future capabilities"
    )
