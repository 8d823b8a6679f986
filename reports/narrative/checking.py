"""What prose says that the document does not: counts, shares and fractions typed by hand.

A person may be counting something else, so this finds and never corrects; publishing asks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from reports.document.facts import Document
from reports.narrative.numbers import filled_in, noun_values, said
from reports.narrative.sections import BY_KEY

PLURALS = {"capability": "capabilities", "person": "people", "duty": "duties"}
# One and two are said of anything; from three on a word is a count.
WORDS = {
    **{"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7},
    **{"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12},
}
COUNT = r"(?P<count>\d[\d,]*|" + "|".join(WORDS) + ")"
SHARE = re.compile(r"(?P<share>\d+(?:\.\d+)?)[\s\u00a0]*(?:%|per cent)")
FRACTION = re.compile(r"(?<![\d/])(?P<top>\d)/(?P<bottom>\d)(?![\d/])")
AROUND = 60


@dataclass(frozen=True)
class Difference:
    """Something that a section says and the document does not, as a sentence about it."""

    section: str
    sentence: str


def differences(document: Document) -> tuple[Difference, ...]:
    """Return what the document's prose says otherwise than its numbers, section by section."""
    values, shares, parts = noun_values(document), frozenset(_shares(document)), _parts(document)
    found = []
    for section in document.narrative:
        text = filled_in(section.markdown, document)
        kind = BY_KEY.get(section.key)
        name = f"{kind.place} {kind.title}" if kind and not section.is_drafted else ""
        if name:
            sentences = [
                *_counts(text, values, parts),
                *_percentages(text, shares),
                *_fractions(text),
            ]
            found += [Difference(name, each) for each in dict.fromkeys(sentences)]
    return tuple(found)


def _counts(
    text: str, values: dict[str, tuple[int, ...]], parts: dict[str, frozenset[int]]
) -> Iterator[str]:
    for noun, known in values.items():
        pattern = rf"\b{COUNT}\s+(?:\w+\s+)?(?:{noun}s?|{PLURALS.get(noun, noun)})\b"
        for match in re.finditer(pattern, text, re.IGNORECASE):
            count = _number(match["count"])
            if count not in known and count not in parts.get(noun, ()):
                yield f"“{_quoted(match)}”: the snapshot has {said(known)}."


def _parts(document: Document) -> dict[str, frozenset[int]]:
    """Return the counts of parts that tables print, by what they count."""
    found, profiles = document.capabilities, document.occupations
    capabilities = [
        *(each.future_count for each in found.functions),
        *(each.count for each in found.domains),
        *(each.total for each in found.partners),
        *(each.member_count for each in profiles.profiles),
    ]
    responses = document.provision.responses if document.provision else ()
    return {
        "capability": frozenset(capabilities),
        "profile": frozenset(
            (*(each.count for each in profiles.by_role_level), *(each.count for each in responses))
        ),
        "person": frozenset(each.people for each in document.people.groups),
        "organisation": frozenset(each.organisations for each in document.people.groups),
        "KSB": frozenset((document.ksbs.knowledge, document.ksbs.skills, document.ksbs.behaviours)),
    }


def _number(word: str) -> int:
    return WORDS.get(word.lower()) or int(word.replace(",", ""))


def _percentages(text: str, shares: frozenset[str]) -> Iterator[str]:
    for match in SHARE.finditer(text):
        if match["share"] not in shares:
            yield f"“{_quoted(match)}”: the snapshot has no such share."


def _fractions(text: str) -> Iterator[str]:
    for match in FRACTION.finditer(text):
        yield f"“{_quoted(match)}”: say the share itself, such as {{{{ unsupported.share }}}}."


def _quoted(match: re.Match[str]) -> str:
    start = max(0, match.start() - AROUND // 2)
    words = match.string[start : match.end() + AROUND // 2].split()
    return " ".join(words[1 if start else 0 :]) if len(words) > 2 else " ".join(words)


def _shares(record: Any) -> Iterator[str]:
    """Yield every percentage of the document as it may be written: exact, or in whole per cent."""
    if isinstance(record, tuple):
        for each in record:
            yield from _shares(each)
    elif is_dataclass(record) and not isinstance(record, type):
        for field in fields(record):
            value = getattr(record, field.name)
            if field.name.endswith("percent") and isinstance(value, int | float):
                yield from (f"{value:.1f}", f"{value:.0f}", f"{value:.1f}".removesuffix(".0"))
            else:
                yield from _shares(value)
