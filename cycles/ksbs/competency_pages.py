"""What the pages of Future Competency Sets show: frozen contexts. No permission is judged here."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from consensus.scale import PROFICIENCY_LETTERS, PROFICIENCY_WORDS
from cycles.core.paging import Paging, paging
from cycles.ksbs.competencies import (
    KINDS,
    Capability,
    Competency,
    CompetencySet,
    ProfileName,
)
from cycles.ksbs.competency_filters import CompetencyFilters

PER_PAGE = 50
MOST_LINKS = 6
KIND_WORDS = ("Knowledge", "Skills", "Behaviours")
INDEX = "ksbs.competencies"


@dataclass(frozen=True)
class Choice:
    """One choice of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Link:
    """A code that leads somewhere, and what it stands for."""

    code: str
    words: str
    href: str
    note: str = ""


Links = dict[uuid.UUID, Link]


@dataclass(frozen=True)
class CompetencyLine:
    """One wording of a set. ``more_*`` count what is too much to name."""

    kind: str
    text: str
    functions: str
    letter: str
    level: str
    is_provisional: bool
    capabilities: tuple[Link, ...]
    more_capabilities: int
    profiles: tuple[Link, ...]
    more_profiles: int


@dataclass(frozen=True)
class Section:
    """The lines of one role level, of all that it has."""

    name: str
    academic_level: int | None
    total: int
    lines: tuple[CompetencyLine, ...]


@dataclass(frozen=True)
class CountLine:
    """One role level in figures: wordings by kind, capabilities, profiles.

    Each kind has its name, its number and the address that shows it.
    """

    name: str
    href: str
    kinds: tuple[tuple[str, int, str], ...]
    total: int
    capabilities: int
    without: int
    profiles: int
    ratified: int


@dataclass(frozen=True)
class Standing:
    """How far the sets may still change: profiles not ratified, KSBs that wait or are missing."""

    sentence: str
    is_final: bool
    without: tuple[Link, ...]
    waiting: tuple[Link, ...]
    waiting_count: int


@dataclass(frozen=True)
class CompetenciesPage:
    """The Future Competency Sets of a cycle, one page of what the filters let through."""

    cycle_id: uuid.UUID
    counts: tuple[CountLine, ...]
    every: CountLine
    standing: Standing
    has_profiles: bool
    filters: CompetencyFilters
    roles: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    profiles: tuple[Choice, ...]
    functions: tuple[Choice, ...]
    columns: tuple[dict[str, Any], ...]
    sections: tuple[Section, ...]
    paging: Paging
    downloads: tuple[tuple[str, str], ...]
    print_href: str
    clear_href: str


def sections_of(
    cycle_id: uuid.UUID, shown: Sequence[CompetencySet], first: int, last: int
) -> tuple[Section, ...]:
    """Return the lines from ``first`` up to ``last`` of all the sets, in their sections."""
    sections, before = [], 0
    # The same few capabilities and profiles stand on every line.
    links: Links = {}
    for one in shown:
        lines = one.competencies[max(first - before, 0) : max(last - before, 0)]
        before += len(one.competencies)
        if lines:
            sections.append(
                Section(
                    name=one.role_level,
                    academic_level=one.academic_level,
                    total=len(one.competencies),
                    lines=tuple(_competency_line(cycle_id, each, links) for each in lines),
                )
            )
    return tuple(sections)


def _competency_line(cycle_id: uuid.UUID, one: Competency, links: Links) -> CompetencyLine:
    capabilities, profiles = one.capabilities[:MOST_LINKS], one.profiles[:MOST_LINKS]
    for capability in capabilities:
        if capability.id not in links:
            links[capability.id] = _capability_link(cycle_id, capability)
    for profile in profiles:
        if profile.id not in links:
            links[profile.id] = _profile_link(cycle_id, profile)
    return CompetencyLine(
        kind=one.kind.value.capitalize(),
        text=one.text,
        functions=", ".join(one.functions),
        letter=PROFICIENCY_LETTERS[one.level],
        level=PROFICIENCY_WORDS[one.level],
        is_provisional=one.is_provisional,
        capabilities=tuple(links[each.id] for each in capabilities),
        more_capabilities=len(one.capabilities) - len(capabilities),
        profiles=tuple(links[each.id] for each in profiles),
        more_profiles=len(one.profiles) - len(profiles),
    )


def _capability_link(cycle_id: uuid.UUID, one: Capability, note: str = "") -> Link:
    href = url_for("ksbs.show", cycle_id=cycle_id, statement_id=one.id)
    return Link(one.code, one.text, href, note)


def _profile_link(cycle_id: uuid.UUID, one: ProfileName) -> Link:
    href = url_for("profiles.show", cycle_id=cycle_id, profile_id=one.id)
    return Link(one.code, one.name, href)


def count_lines(cycle_id: uuid.UUID, sets: Sequence[CompetencySet]) -> tuple[CountLine, ...]:
    """Return the figures of each role level."""
    return tuple(
        _count_line(
            cycle_id,
            one.role_level,
            [one],
            str(one.role_level_id),
        )
        for one in sets
    )


def every_line(cycle_id: uuid.UUID, sets: Sequence[CompetencySet]) -> CountLine:
    """Return the figures of all role levels together, each wording and capability once."""
    return _count_line(cycle_id, "All role levels, each once", sets, "")


def _count_line(
    cycle_id: uuid.UUID, name: str, sets: Sequence[CompetencySet], role: str
) -> CountLine:
    wordings = {each.key for one in sets for each in one.competencies}
    held = {each.id: each for one in sets for each in one.capabilities}

    def href(kind: str) -> str:
        query = CompetencyFilters(role=role, kind=kind).query()
        return url_for(INDEX, cycle_id=cycle_id, **query)

    return CountLine(
        name=name,
        href=href(""),
        kinds=tuple(
            (words, sum(key[0] == kind for key in wordings), href(kind))
            for kind, words in zip(KINDS, KIND_WORDS, strict=True)
        ),
        total=len(wordings),
        capabilities=len(held),
        without=sum(not one.accepted for one in held.values()),
        profiles=sum(len(one.profiles) for one in sets),
        ratified=sum(one.ratified for one in sets),
    )


def standing_of(cycle_id: uuid.UUID, sets: Sequence[CompetencySet]) -> Standing:
    """Return what may still change, in words and with what it is about."""
    held = {each.id: each for one in sets for each in one.capabilities}
    ordered = sorted(held.values(), key=lambda one: (len(one.code), one.code))
    waiting = [one for one in ordered if one.waiting]
    profiles = sum(len(one.profiles) for one in sets)
    ratified = sum(one.ratified for one in sets)
    return Standing(
        sentence=ratified_words(profiles, ratified),
        is_final=profiles == ratified and not waiting,
        without=tuple(
            _capability_link(cycle_id, one, f"{one.waiting} wait" if one.waiting else "none waits")
            for one in ordered
            if not one.accepted
        ),
        waiting=tuple(_capability_link(cycle_id, one, f"{one.waiting} wait") for one in waiting),
        waiting_count=sum(one.waiting for one in waiting),
    )


def ratified_words(profiles: int, ratified: int) -> str:
    """Return how many of the profiles are ratified, and what that means for the sets.

    >>> ratified_words(3, 3)
    'The employer panel has ratified all 3 profiles.'
    """
    if not profiles:
        return "There is no profile yet."
    if ratified == profiles:
        whole = "the one profile" if profiles == 1 else f"all {profiles} profiles"
        return f"The employer panel has ratified {whole}."
    left = profiles - ratified
    rest = "1 is still a prototype" if left == 1 else f"{left} are still prototypes"
    return (
        f"The employer panel has ratified {ratified} of {profiles} profiles; {rest}, "
        "so what the sets hold may change."
    )


def choices(everything: str, current: str, pairs: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    """Return the choices of a filter, the one in force marked."""
    return tuple(
        Choice(value, label, value == current) for value, label in (("", everything), *pairs)
    )


def columns_of(cycle_id: uuid.UUID, filters: CompetencyFilters) -> tuple[dict[str, Any], ...]:
    """Return the headings of the table, each with the address that sorts by it."""
    labels = (
        ("KSB", "text"),
        ("Level", "level"),
        ("Capabilities", "capabilities"),
        ("Profiles", "profiles"),
    )
    return tuple(
        {
            "label": label,
            "key": key,
            "href": url_for(INDEX, cycle_id=cycle_id, **filters.toggled(key)),
        }
        for label, key in labels
    )


def paging_of(cycle_id: uuid.UUID, filters: CompetencyFilters, total: int) -> Paging:
    """Return where the reader is among all lines."""
    return paging(
        total=total,
        per_page=PER_PAGE,
        current=filters.page,
        href=lambda number: url_for(INDEX, cycle_id=cycle_id, **filters.query(page=number)),
    )
