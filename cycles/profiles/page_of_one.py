"""What the page of one profile shows besides its capabilities, and how that is put together."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from cycles.core.clock import LONDON
from cycles.ksbs.competencies import wording_key
from cycles.ksbs.models import CapabilityKsb
from cycles.profiles.comparing import Levels, Overlap, similar
from cycles.profiles.models import Profile, ProfileCapability
from cycles.profiles.nearest import NearestStandards, nearest_of
from cycles.profiles.pages import MemberLine
from cycles.profiles.queries import LiveMember, live_members, named, with_partner
from cycles.profiles.wording import percent
from cycles.standards.models import KsbKind

MOST_SIMILAR = 5
KINDS = {
    KsbKind.KNOWLEDGE: ("knowledge", "knowledge"),
    KsbKind.SKILL: ("skill", "skills"),
    KsbKind.BEHAVIOUR: ("behaviour", "behaviours"),
}


@dataclass(frozen=True)
class Also:
    """Another profile of the same role level that holds the capability too."""

    words: str
    label: str
    href: str


@dataclass(frozen=True)
class Entry:
    """A capability of the profile with the other profiles of its role level that hold it."""

    line: MemberLine
    also: tuple[Also, ...]


@dataclass(frozen=True)
class EntryGroup:
    """The capabilities under one heading, which is empty where they are not grouped."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class SimilarLine:
    """A profile that shares capabilities with this one."""

    label: str
    href: str
    shared: str
    share: str
    share_percent: float
    compare_href: str


@dataclass(frozen=True)
class NearestBlock:
    """The nearest standards, what they rest on, and what has changed since; or why none."""

    found: NearestStandards | None
    about: str
    stale: str


@dataclass(frozen=True)
class Neighbours:
    """The other profiles of the cycle as they stand now, for one of them."""

    names: Mapping[uuid.UUID, tuple[str, str]]
    levels: Mapping[uuid.UUID, Levels]
    also: Mapping[uuid.UUID, tuple[Also, ...]]

    @property
    def doubled(self) -> set[uuid.UUID]:
        """Return the capabilities that another profile of the role level holds too."""
        return {statement_id for statement_id, found in self.also.items() if found}


def neighbours_of(profile: Profile) -> Neighbours:
    """Read the profiles of the cycle that were not withdrawn, beside this one."""
    live, names = live_members(profile.cycle_id), named(profile.cycle_id)
    levels: dict[uuid.UUID, dict[uuid.UUID, int]] = {profile.id: {}}
    for one in live:
        levels.setdefault(one.profile_id, {})[one.statement_id] = one.level
    return Neighbours(names=names, levels=levels, also=_also(profile, live, names))


def _also(
    profile: Profile, live: Sequence[LiveMember], names: Mapping[uuid.UUID, tuple[str, str]]
) -> dict[uuid.UUID, tuple[Also, ...]]:
    found: dict[uuid.UUID, tuple[Also, ...]] = {}
    for one in live:
        if one.role_level_id != profile.role_level_id or one.profile_id == profile.id:
            continue
        words = "second membership there" if one.is_second else "first membership there"
        href = url_for("profiles.show", cycle_id=profile.cycle_id, profile_id=one.profile_id)
        other = Also(words, " ".join(names[one.profile_id]), href)
        found[one.statement_id] = (*found.get(one.statement_id, ()), other)
    return found


def similar_lines(profile: Profile, neighbours: Neighbours) -> tuple[SimilarLine, ...]:
    """Return the profiles that share most with this one, largest part of the pair first."""
    near = similar(profile.id, neighbours.levels, MOST_SIMILAR)
    return tuple(
        SimilarLine(
            label=" ".join(neighbours.names[other]),
            href=url_for("profiles.show", cycle_id=profile.cycle_id, profile_id=other),
            shared=shared_words(found),
            share=percent(found.share),
            share_percent=100 * found.share,
            compare_href=url_for(
                "profiles.compare",
                cycle_id=profile.cycle_id,
                profile=[str(profile.id), str(other)],
            ),
        )
        for other, found in near
    )


def shared_words(found: Overlap) -> str:
    """Return an overlap in words: ``9 of 31 shared, 7 at the same level``."""
    if not found.shared:
        return f"none of {found.either} shared"
    return f"{found.shared} of {found.either} shared, {found.same_level} at the same level"


def partner_words(profile: Profile, members: Sequence[ProfileCapability]) -> str:
    """Return the primary partner with how many of the capabilities share it."""
    if profile.partner is None:
        return "No partner is shared by its capabilities"
    count = with_partner(profile.partner.id, [one.statement_id for one in members])
    return f"{profile.partner.name}, tagged on {count} of its {len(members)} capabilities"


def ksb_words(ksbs: Mapping[uuid.UUID, Sequence[CapabilityKsb]]) -> str:
    """Return how many accepted KSBs there are of each kind, each wording once; or nothing."""
    texts = {wording_key(one.kind, one.text) for many in ksbs.values() for one in many}
    counts = [(sum(kind == each for each, _ in texts), names) for kind, names in KINDS.items()]
    said = (f"{count} {one if count == 1 else many}" for count, (one, many) in counts)
    return ", ".join(said) if texts else ""


def nearest_block(profile: Profile, ratified_at: datetime | None) -> NearestBlock:
    """Return the nearest standards, and say where the run is older than what is ratified."""
    found = nearest_of(profile.cycle_id, [profile.id]).get(profile.id)
    if found is None:
        return NearestBlock(None, "", "")
    about = (
        f"Map and gap, run {found.run_number} of {moment_words(found.made_at)}, against "
        f"{found.frameworks}. A match scores {found.threshold_percent} % or more, unless "
        "reviewers say otherwise."
    )
    return NearestBlock(found, about, _stale(found, ratified_at))


def _stale(found: NearestStandards, ratified_at: datetime | None) -> str:
    parts = []
    if ratified_at is not None and found.made_at < ratified_at:
        parts.append("The run is older than the profile's latest version.")
    if found.uncompared:
        verb = "capability came" if found.uncompared == 1 else "capabilities came"
        parts.append(f"{found.uncompared} {verb} after it and are not compared.")
    return " ".join(parts)


def moment_words(moment: datetime) -> str:
    """Return a moment as it is said here: ``3 February 2026, 14:05``."""
    return moment.astimezone(LONDON).strftime("%-d %B %Y, %H:%M")
