"""Counts that prose types by hand, held against those of the document."""

import re
from collections.abc import Iterator

from reports.document.facts import Document
from reports.narrative.checking.known import Known
from reports.narrative.checking.reading import NUMBER, number_of, quoted, sentences
from reports.narrative.numbers import said

PLURALS = {"capability": "capabilities", "person": "people", "duty": "duties"}
YEARS = range(1900, 2100)


def counts_told_otherwise(text: str, facts: Known) -> Iterator[str]:
    """Yield a sentence for each count that the document does not have of what it counts."""
    for sentence in sentences(text):
        for noun, known in facts.counts.items():
            for found in _counted(noun, sentence):
                count = number_of(found["count"])
                if count in known or count in facts.parts.get(noun, ()) or _is_year(found["count"]):
                    continue
                told = f"{_placed(found)}: the data have {said(known)}."
                yield told + _hint(noun, count, facts.document)


def _placed(found: re.Match[str]) -> str:
    """Return what was found in its sentence: a sentence may tell more than one count."""
    return f"“{found.group()}”" + (
        f" in “{quoted(found)}”" if found.group() != found.string else ""
    )


def _counted(noun: str, text: str) -> Iterator[re.Match[str]]:
    nouns = rf"(?:{noun}s?|{PLURALS.get(noun, noun)})"
    between = r"(?:of\s+(?:the|these|our|all)\s+)?(?:[\w-]+\s+){0,2}?"
    for pattern in (
        rf"(?<![\w.,/-])(?P<count>{NUMBER})\s+{between}{nouns}\b",
        rf"\bnumber of (?:[\w-]+\s+)?{nouns}\s+(?:is|was|are|were|came to|stands at)\s+"
        rf"(?P<count>{NUMBER})\b",
    ):
        yield from re.finditer(pattern, text, re.IGNORECASE)


def _is_year(word: str) -> bool:
    return word.isdecimal() and int(word) in YEARS


def _hint(noun: str, count: int, document: Document) -> str:
    """Say where a wrong count may come from: organisations counted once for each group."""
    groups = document.people.groups
    if noun == "organisation" and count == sum(each.organisations for each in groups):
        return f" {count:,} counts an organisation again for each of its groups."
    return ""
