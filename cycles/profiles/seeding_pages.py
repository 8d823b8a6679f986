"""Contexts of the pages on which a convener takes profiles over from an earlier cycle."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from consensus.scale import PROFICIENCY_WORDS
from cycles.profiles.seeding_arrivals import Arrival, Arrivals
from cycles.profiles.seeding_sources import BroughtProfile
from cycles.semantics.nearest import Method
from cycles.setup.models import RoleLevel

BY_WORDS = "Likeness was judged by shared words, as no meanings are prepared for all of them."


@dataclass(frozen=True)
class CycleLine:
    """An earlier cycle and what it has to give."""

    title: str
    about: str
    profiles: int
    capabilities: int
    href: str


@dataclass(frozen=True)
class CyclesPage:
    """The earlier cycles to choose from."""

    cycle_id: uuid.UUID
    lines: tuple[CycleLine, ...]
    closed_because: str


@dataclass(frozen=True)
class LevelChoice:
    """One role level of the earlier cycle and which of ours it is taken for."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class ProfileLine:
    """A ratified profile of the earlier cycle; ``here_as`` is set when it was taken over before."""

    id: uuid.UUID
    code: str
    name: str
    told: str
    here_as: str
    is_ticked: bool


@dataclass(frozen=True)
class ChoosingPage:
    """What may come from one earlier cycle."""

    cycle_id: uuid.UUID
    source_id: uuid.UUID
    source: str
    is_demonstration: bool
    all_href: str
    levels: tuple[LevelChoice, ...]
    profiles: tuple[ProfileLine, ...]
    capabilities: int
    wants_capabilities: bool
    problem: str
    closed_because: str


@dataclass(frozen=True)
class ComingProfile:
    """A profile as it would come: its level here, and how many capabilities at which level."""

    id: uuid.UUID
    name: str
    code: str
    role_level: str
    told: str


@dataclass(frozen=True)
class ComingLine:
    """A capability that comes: new, here already, near one that is here, or rejected here."""

    id: uuid.UUID
    text: str
    kind: str
    told: str
    levels: str


@dataclass(frozen=True)
class PreviewPage:
    """What would come, before anything does."""

    cycle_id: uuid.UUID
    source_id: uuid.UUID
    source: str
    back_href: str
    profiles: tuple[ComingProfile, ...]
    lines: tuple[ComingLine, ...]
    counts: tuple[tuple[str, int], ...]
    how: str
    hidden: tuple[tuple[str, str], ...]


KINDS = {
    "near": "Near a capability that is here",
    "new": "New here",
    "own": "Here in the same words",
    "rejected": "Rejected here",
}


def level_choice(
    theirs: RoleLevel, ours: Sequence[RoleLevel], chosen: uuid.UUID | None
) -> LevelChoice:
    """Return the choice of one of our role levels for one of theirs."""
    options = [(str(each.id), level_words(each), each.id == chosen) for each in ours]
    return LevelChoice(
        name=f"level-{theirs.id}",
        label=level_words(theirs),
        options=(("", "Leave it out", chosen is None), *options),
    )


def level_words(level: RoleLevel) -> str:
    """Return a role level with its academic level, where it has one."""
    if level.academic_level is None:
        return level.name
    return f"{level.name} (academic level {level.academic_level})"


def profile_line(profile: BroughtProfile, here_as: str, *, is_ticked: bool) -> ProfileLine:
    """Return a profile of the earlier cycle as it is offered."""
    version = "" if profile.number is None else f", version {profile.number}"
    partner = f", {profile.partner}" if profile.partner else ""
    return ProfileLine(
        id=profile.id,
        code=profile.code,
        name=profile.name,
        told=f"{profile.role_level.name}{partner}: {_counted(profile)}{version}",
        here_as=here_as,
        is_ticked=is_ticked,
    )


def coming_profile(profile: BroughtProfile, level: RoleLevel) -> ComingProfile:
    """Return a profile as it would come."""
    return ComingProfile(profile.id, profile.name, profile.code, level.name, _counted(profile))


def _counted(profile: BroughtProfile) -> str:
    at = [each.level for each in profile.members]
    parts = [f"{at.count(code)} {PROFICIENCY_WORDS[code]}" for code in (3, 2, 1) if code in at]
    noun = "capability" if len(at) == 1 else "capabilities"
    return f"{len(at)} {noun} ({', '.join(parts)})"


def coming_lines(found: Arrivals, profiles: Sequence[BroughtProfile]) -> tuple[ComingLine, ...]:
    """Return the capabilities that come, those to look at first."""
    lines = [_coming(each, _levels(each, profiles)) for each in found.lines]
    return tuple(sorted(lines, key=lambda line: list(KINDS).index(line.kind)))


def _coming(line: Arrival, levels: str) -> ComingLine:
    told, kind = "", "new"
    if line.own is not None:
        kind, told = "own", f"Here as {line.own.code}, {line.own.status.value}"
    elif line.is_rejected:
        kind, told = "rejected", "Its wording was rejected here, so it does not come."
    elif line.near is not None:
        kind, told = "near", f"{line.percent} % like {line.near.code}: {line.near.text}"
    return ComingLine(line.brought.statement.id, line.brought.text, kind, told, levels)


def _levels(line: Arrival, profiles: Sequence[BroughtProfile]) -> str:
    said = [
        f"{profile.code} {PROFICIENCY_WORDS[member.level]}"
        for profile in profiles
        for member in profile.members
        if member.capability.statement.id == line.brought.statement.id
    ]
    return ", ".join(said)


def counts_of(lines: Sequence[ComingLine]) -> tuple[tuple[str, int], ...]:
    """Return how many capabilities are of each kind."""
    found = [line.kind for line in lines]
    return tuple((words, found.count(kind)) for kind, words in KINDS.items() if kind in found)


def how_judged(found: Arrivals) -> str:
    """Return how likeness was judged, where that has to be said."""
    return BY_WORDS if found.method == Method.WORDS else ""
