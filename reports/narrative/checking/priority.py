"""What prose says of priority, held against the one rule by which the report ranks profiles."""

import re
from collections.abc import Iterator

from reports.document.facts import Document
from reports.narrative.checking.known import Known
from reports.narrative.checking.reading import sentences
from reports.narrative.checking.shares import UNSUPPORTED

PRIORITY = re.compile(r"\bpriorit(?:y|ies|ise[sd]?)\b", re.IGNORECASE)
DEFINES = re.compile(
    r"\b(?:defined|means?|meaning|ranked|measured|determined|calculated|scored|according to|"
    r"based on|in order of|ordered by|because (?:of|they|it))\b",
    re.IGNORECASE,
)
FIRST = re.compile(r"\b(?:first|top|highest|most urgent)\s+priority\b", re.IGNORECASE)
RULE = "by how many of its capabilities are unsupported, then by the lowest best fit"


def other_priorities(text: str, facts: Known) -> Iterator[str]:
    """Yield a sentence for each other rule of priority, and for another profile put first."""
    for sentence in sentences(text):
        if PRIORITY.search(sentence) and "solution" not in sentence.lower():
            yield from _rule(sentence)
            yield from _first(sentence, facts.document)


def _rule(sentence: str) -> Iterator[str]:
    if DEFINES.search(sentence) and not UNSUPPORTED.search(sentence):
        yield f"“{sentence}”: the report ranks a profile {RULE}. Say so, or leave the rule out."


def _first(sentence: str, document: Document) -> Iterator[str]:
    ranked = document.provision.priorities if document.provision else ()
    named = [each for each in ranked if each.code in sentence or each.name in sentence]
    if FIRST.search(sentence) and len(named) == 1 and named[0].priority_rank != 1:
        first, found = ranked[0], named[0]
        yield (
            f"“{sentence}”: {found.code} is number {found.priority_rank} in the report; "
            f"{first.code} {first.name} is first."
        )
