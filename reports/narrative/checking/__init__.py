"""What prose says that the document does not: counts, shares, directions, words, rules.

A person may be counting something else, so this finds and never corrects; publishing asks.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reports.document.facts import Document
from reports.narrative.checking.counting import counts_told_otherwise
from reports.narrative.checking.directions import Claim, claims_in, contradicted
from reports.narrative.checking.known import Known, known_of
from reports.narrative.checking.organisations import organisations_twice
from reports.narrative.checking.priority import other_priorities
from reports.narrative.checking.shares import shares_told_otherwise
from reports.narrative.checking.wording import other_words
from reports.narrative.numbers import filled_in
from reports.narrative.sections import BY_KEY, SectionKind

CHECKS: tuple[Callable[[str, Known], Iterator[str]], ...] = (
    counts_told_otherwise,
    shares_told_otherwise,
    organisations_twice,
    other_priorities,
    other_words,
)


@dataclass(frozen=True)
class Difference:
    """Something that a section says and the document does not, as a sentence about it.

    ``key`` is the section's.
    """

    section: str
    sentence: str
    key: str = ""


def differences(document: Document, facts: Known | None = None) -> tuple[Difference, ...]:
    """Return what the document's prose says otherwise than its facts, section by section.

    A draft, and an accepted one that the data have not overtaken, repeats the facts and is not
    asked. ``facts`` are those of the document, where they have been gathered already.
    """
    facts = facts or known_of(document)
    texts = tuple(_asked(document))
    claims = [(kind, claims_in(text, document)) for kind, text in texts]
    found: list[Difference] = []
    for at, (kind, text) in enumerate(texts):
        said = [sentence for check in CHECKS for sentence in check(text, facts)]
        said += _directions(at, claims, document)
        found += [
            Difference(f"{kind.place} {kind.title}", each, kind.key) for each in dict.fromkeys(said)
        ]
    return tuple(found)


def _asked(document: Document) -> Iterator[tuple[SectionKind, str]]:
    for section in document.narrative:
        repeats = section.is_drafted or (section.is_accepted and not section.is_overtaken)
        if section.key in BY_KEY and not repeats:
            yield BY_KEY[section.key], filled_in(section.markdown, document)


def _directions(
    at: int, claims: list[tuple[SectionKind, tuple[Claim, ...]]], document: Document
) -> Iterator[str]:
    kind, own = claims[at]
    earlier = [(place.place, claim) for place, those in claims[:at] for claim in those]
    within: list[tuple[str, Claim]] = []
    for claim in own:
        yield from contradicted(claim, document, [*earlier, *within])
        within.append((kind.place, claim))


__all__ = ["Difference", "Known", "differences", "known_of"]
