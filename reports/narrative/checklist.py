"""What there is to look at in the prose of a report before it is published, section by section.

It finds; who publishes decides. Two things stand in the way whatever anybody says: prose that names
what the report does not have, and a section without a word.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.document.facts import Document, Section
from reports.narrative.checking import Known, differences
from reports.narrative.naming import NamedPlace, leading_nowhere, places_in
from reports.narrative.numbers import filled_in
from reports.narrative.prose import prose_html
from reports.narrative.sections import BY_KEY, SectionKind

OVER = 1.5  # over-long: half as long again as the hint
SAYING_NOTHING = 15  # a draft of fewer words only says that there is nothing to say yet


@dataclass(frozen=True)
class SectionCheck:
    """One section: how it stands, how long it is, and what is wrong with it in sentences.

    ``broken`` stand in the way of publishing, ``differing`` ask for a person's word.
    """

    key: str
    place: str
    title: str
    state: str
    tag_kind: str
    words: int
    hint: int
    is_drafted: bool
    is_overtaken: bool
    broken: tuple[str, ...]
    differing: tuple[str, ...]

    @property
    def is_over_long(self) -> bool:
        """Say whether it is half as long again as the hint, or longer."""
        return self.words > OVER * self.hint

    @property
    def is_saying_nothing(self) -> bool:
        """Say whether it is a draft that found nothing to say."""
        return self.is_drafted and self.words < SAYING_NOTHING

    @property
    def length(self) -> str:
        """Return its length beside the hint."""
        return f"{self.words:,} of about {self.hint} words"

    @property
    def is_clear(self) -> bool:
        """Say whether there is nothing to look at."""
        asks = self.is_drafted or self.is_overtaken or self.is_over_long
        return not (asks or self.broken or self.differing)


@dataclass(frozen=True)
class Checklist:
    """All sections in the order of the report, and what publishing makes of them."""

    sections: tuple[SectionCheck, ...]

    @property
    def drafted(self) -> tuple[SectionCheck, ...]:
        """Return the sections that nobody has taken on."""
        return tuple(each for each in self.sections if each.is_drafted)

    @property
    def broken(self) -> tuple[SectionCheck, ...]:
        """Return the sections that stand in the way."""
        return tuple(each for each in self.sections if each.broken)

    @property
    def differing(self) -> tuple[SectionCheck, ...]:
        """Return the sections that say what the report does not, or said it before."""
        return tuple(each for each in self.sections if each.differing or each.is_overtaken)

    @property
    def over_long(self) -> tuple[SectionCheck, ...]:
        """Return the sections that are half as long again as they should be."""
        return tuple(each for each in self.sections if each.is_over_long)

    @property
    def clear(self) -> tuple[SectionCheck, ...]:
        """Return the sections in which there is nothing to look at."""
        return tuple(each for each in self.sections if each.is_clear)


def checklist_of(
    document: Document,
    *,
    places: Iterable[NamedPlace] | None = None,
    facts: Known | None = None,
) -> Checklist:
    """Look through the prose that a document holds.

    ``places`` are its figures and tables and ``facts`` what it says, where they are known already.
    """
    present = frozenset(each.name for each in (places_in(document) if places is None else places))
    told: dict[str, list[str]] = {}
    for each in differences(document, facts):
        told.setdefault(each.key, []).append(each.sentence)
    return Checklist(
        tuple(
            _check(BY_KEY[each.key], each, document, present, tuple(told.get(each.key, ())))
            for each in document.narrative
            if each.key in BY_KEY
        )
    )


def words_in(markdown: str, document: Document) -> int:
    """Return how many words a reader sees of the prose."""
    return len(prose_html(filled_in(markdown, document)).striptags().split())


def _check(
    kind: SectionKind,
    section: Section,
    document: Document,
    present: frozenset[str],
    differing: tuple[str, ...],
) -> SectionCheck:
    words = words_in(section.markdown, document)
    nowhere = leading_nowhere(section.markdown, document, present)
    empty = () if words else ("There is not a word in it.",)
    state, tag_kind = _state(section, words)
    return SectionCheck(
        key=kind.key,
        place=kind.place,
        title=kind.title,
        state=state,
        tag_kind=tag_kind,
        words=words,
        hint=kind.words,
        is_drafted=section.is_drafted,
        is_overtaken=section.is_overtaken,
        broken=(*empty, *nowhere),
        differing=differing,
    )


def _state(section: Section, words: int) -> tuple[str, str]:
    if not words:
        return "Empty", "error"
    if section.is_drafted:
        is_bare = words < SAYING_NOTHING
        return ("Nothing to say yet" if is_bare else "Drafted from the data"), "quiet"
    if section.is_overtaken:
        return "Accepted before the data changed", "attention"
    return ("Draft accepted" if section.is_accepted else "Written"), "done"
