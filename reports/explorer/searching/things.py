"""What can be found: capabilities, profiles, KSBs, standards and duties, each as one thing. Pure.

How a thing is found lives in ``words`` and ``meaning``; how it is shown, in the page of search.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from weakref import WeakKeyDictionary

from cycles.standards.wording import level_words
from reports.explorer.once import once
from reports.explorer.wordings import KIND_WORDS, wordings_of
from reports.mapping.ground import ComparedStandard, Ground
from reports.results.results import Results

Made = TypeVar("Made")


class Sort(StrEnum):
    """What a thing is, in the order in which groups of them stand."""

    CAPABILITY = "capability"
    PROFILE = "profile"
    KSB = "ksb"
    STANDARD = "standard"
    DUTY = "duty"


@dataclass(frozen=True, eq=False)
class Thing:
    """One thing: its code or reference, its words, and a line on where it stands.

    ``also`` is looked through by words beside ``text``. ``parts`` are the texts whose mean is its
    meaning. ``columns`` are a duty's places among the run's duties, ``standard`` the place of a
    standard among all that the run had before it, those without duties last.
    """

    sort: Sort
    code: str
    text: str
    place: str
    also: str = ""
    parts: tuple[str, ...] = ()
    columns: tuple[int, ...] = ()
    standard: int = -1


@dataclass(frozen=True, eq=False)
class Shelf:
    """Things in their order. Two of them hold all: what is the cycle's own, and the provision."""

    things: tuple[Thing, ...]


def once_for_ground(work: Callable[[Ground], Made]) -> Callable[[Ground], Made]:
    """Do the work once for what a run compared; it goes when that goes."""
    kept: WeakKeyDictionary[Ground, Made] = WeakKeyDictionary()

    def kept_work(ground: Ground) -> Made:
        if ground not in kept:
            kept[ground] = work(ground)
        return kept[ground]

    return kept_work


@once
def own_shelf(results: Results) -> Shelf:
    """Return the capabilities, profiles and KSBs, each in the order of its page."""
    return Shelf((*_capabilities(results), *_profiles(results), *_ksbs(results)))


def _capabilities(results: Results) -> Iterator[Thing]:
    for each in results.document.capabilities.lines:
        place = " › ".join(filter(None, (each.function, each.domain, each.area)))
        yield Thing(Sort.CAPABILITY, each.code, each.text, place, parts=(each.text,))


def _profiles(results: Results) -> Iterator[Thing]:
    for each in results.document.occupations.profiles:
        place = " · ".join(filter(None, (each.role_level, each.partner)))
        parts = tuple(member.text for member in each.members)
        yield Thing(Sort.PROFILE, each.code, each.name, place, also=place, parts=parts)


def _ksbs(results: Results) -> Iterator[Thing]:
    for each in wordings_of(results):
        place = f"{KIND_WORDS[each.kind]} · {', '.join(each.capabilities[:6])}"
        yield Thing(Sort.KSB, each.code, each.text, place, parts=(each.text,))


@once_for_ground
def provision_shelf(ground: Ground) -> Shelf:
    """Return the standards, and the duties with the same words as one."""
    return Shelf((*_standards(ground), *_duties(ground)))


def standards_of(ground: Ground) -> tuple[ComparedStandard, ...]:
    """Return every standard that the run had before it, those without duties last."""
    return (*ground.inputs.standards, *ground.inputs.bare_standards)


def _standards(ground: Ground) -> Iterator[Thing]:
    inputs = ground.inputs
    parts: list[list[str]] = [[] for _ in inputs.standards]
    for duty in inputs.duties:
        parts[duty.standard].append(duty.text)
    for number, each in enumerate(standards_of(ground)):
        own = tuple(parts[number]) if number < len(parts) else ()
        framework = inputs.frameworks[each.framework].name
        told = "" if own else "no duties to compare"
        place = " · ".join(filter(None, (level_words(each.level), framework, told)))
        yield Thing(Sort.STANDARD, each.reference, each.title, place, parts=own, standard=number)


def _duties(ground: Ground) -> Iterator[Thing]:
    standards = ground.inputs.standards
    alike: dict[str, list[int]] = {}
    for column, duty in enumerate(ground.inputs.duties):
        alike.setdefault(duty.text, []).append(column)
    for text, columns in alike.items():
        first = standards[ground.inputs.duties[columns[0]].standard]
        more = f" and {len(columns) - 1:,} more" if len(columns) > 1 else ""
        place = f"{first.reference} {first.title}{more}"
        yield Thing(Sort.DUTY, first.reference, text, place, parts=(text,), columns=tuple(columns))
