"""From the tables to the facts of a card: the ratified version where there is one.

What the version froze is read from it. Dissent, standards and KSBs are of now, and said to be.
"""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from consensus.scale import PROFICIENCY_LETTERS, PROFICIENCY_WORDS
from cycles.core.clock import LONDON
from cycles.ksbs.competencies import wording_key
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.ksbs.queries import ksbs_of
from cycles.profiles.models import (
    Profile,
    ProfileCapability,
    ProfileStatus,
    ProfileVersion,
)
from cycles.profiles.nearest import NearestStandards, nearest_of
from cycles.profiles.page_of_one import ksb_words
from cycles.profiles.queries import live_profiles, members_of, removed_from
from cycles.profiles.versions import VersionMember, latest_version, latest_versions, read
from cycles.profiles.votes import Vote, vote_of
from cycles.profiles.wording import difference_words, shows_provisional
from cycles.setup.models import Cycle
from cycles.setup.queries import get_cycle
from cycles.standards.models import KsbKind
from reports.cards.facts import RATIFIED, Area, CardFacts, Ksb, Member, Standard

MOST_STANDARDS = 3
LEADING_OF_A_KIND = 2
UNPLACED = "No functional area yet"
Place = tuple[str, str]
Placed = tuple[Place, Member]
Ksbs = Mapping[uuid.UUID, Sequence[CapabilityKsb]]


@dataclass(frozen=True)
class _Sources:
    """What the cards of a cycle share: read once, however many are drawn."""

    cycle: Cycle
    nearest: Mapping[uuid.UUID, NearestStandards]
    ksbs: Ksbs


@dataclass(frozen=True)
class _Held:
    """What a card prints of the profile itself, from its version or from the tables."""

    name: str
    role_level: str
    academic_level: int | None
    partner: str
    members: tuple[Placed, ...]
    removed: tuple[Member, ...]
    statement_ids: tuple[uuid.UUID, ...]
    answers: str = ""
    objections: tuple[str, ...] = ()


def card_of(profile: Profile) -> CardFacts:
    """Return the card of one profile."""
    sources = _sources(profile.cycle_id, [profile.id])
    return _card(sources, profile, latest_version(profile.id))


def cards_of(cycle_id: uuid.UUID) -> tuple[CardFacts, ...]:
    """Return the cards of the profiles that were not withdrawn, by role level, then by code."""
    versions = latest_versions(cycle_id)
    profiles = sorted(live_profiles(cycle_id), key=lambda one: one.role_level.position)
    sources = _sources(cycle_id, [one.id for one in profiles])
    return tuple(_card(sources, one, versions.get(one.id)) for one in profiles)


def _sources(cycle_id: uuid.UUID, profile_ids: Sequence[uuid.UUID]) -> _Sources:
    ksbs: dict[uuid.UUID, list[CapabilityKsb]] = {}
    for one in ksbs_of(cycle_id, status=KsbStatus.ACCEPTED):
        ksbs.setdefault(one.statement_id, []).append(one)
    return _Sources(get_cycle(cycle_id), nearest_of(cycle_id, profile_ids), ksbs)


def _card(sources: _Sources, profile: Profile, version: ProfileVersion | None) -> CardFacts:
    held = _from_version(profile, version) if version else _from_tables(profile)
    nearest, cycle = sources.nearest.get(profile.id), sources.cycle
    ksbs = {one: sources.ksbs.get(one, ()) for one in held.statement_ids}
    state, note = _state(profile, version)
    return CardFacts(
        code=profile.code,
        name=held.name,
        is_name_suggested=profile.is_name_suggested and state != RATIFIED,
        role_level=held.role_level,
        academic_level=held.academic_level,
        partner=held.partner,
        state=state,
        state_note=note,
        areas=_areas(held.members),
        removed=held.removed,
        answers=held.answers,
        objections=held.objections,
        standards=_standards(nearest),
        standards_note=_standards_note(nearest),
        ksb_words=ksb_words(ksbs),
        ksbs=_leading(ksbs),
        cycle=cycle.title,
        is_demonstration=cycle.is_demonstration,
        version_digest=version.digest if version else "",
    )


def _state(profile: Profile, version: ProfileVersion | None) -> tuple[str, str]:
    if version is None:
        return _unversioned(profile)
    note = f"version {version.number}, {day_words(version.ratified_at)}"
    if profile.status == ProfileStatus.PROPOSED:
        note += "; reopened since"
    if profile.status == ProfileStatus.WITHDRAWN:
        note += "; withdrawn since"
    return RATIFIED, note


def _unversioned(profile: Profile) -> tuple[str, str]:
    if profile.status == ProfileStatus.RATIFIED and profile.ratified_at:
        return RATIFIED, day_words(profile.ratified_at)
    word = "Withdrawn" if profile.status == ProfileStatus.WITHDRAWN else "Prototype"
    return word, "not ratified by the employer panel"


def day_words(moment: datetime) -> str:
    """Return the day of a moment: ``3 February 2026``."""
    return moment.astimezone(LONDON).strftime("%-d %B %Y")


def _from_version(profile: Profile, version: ProfileVersion) -> _Held:
    content = read(version)
    dissent = _dissent(members_of(profile.id))
    return _Held(
        name=content.name,
        role_level=content.role_level,
        academic_level=content.academic_level,
        partner=content.partner,
        members=tuple(((one.function, one.area), _frozen(one, dissent)) for one in content.members),
        removed=tuple(_frozen(one, {}) for one in content.removed),
        statement_ids=tuple(uuid.UUID(one.statement_id) for one in content.members),
        answers=_answers(content.approvals, len(content.objections)),
        objections=content.objections,
    )


def _dissent(members: Sequence[ProfileCapability]) -> dict[str, str]:
    return {str(one.statement_id): _dissent_words(vote_of(one)) for one in members}


def _dissent_words(vote: Vote | None) -> str:
    if vote is None:
        return ""
    return vote.minority or ("two camps" if vote.is_two_camps else "")


def _frozen(one: VersionMember, dissent: Mapping[str, str]) -> Member:
    return Member(
        code=one.code,
        text=one.text,
        letter=PROFICIENCY_LETTERS[one.level],
        level=PROFICIENCY_WORDS[one.level],
        difference=one.difference,
        reason=one.reason,
        dissent=dissent.get(one.statement_id, ""),
        is_provisional=False,
    )


def _answers(approvals: int, objections: int) -> str:
    of = approvals + objections
    if not objections:
        return f"Approved by all {of} of the panel who answered." if of > 1 else ""
    return f"Approved by {approvals} of the {of} of the panel who answered."


def _from_tables(profile: Profile) -> _Held:
    members = members_of(profile.id)
    level = profile.role_level
    return _Held(
        name=profile.name,
        role_level=level.name,
        academic_level=level.academic_level,
        partner=profile.partner.name if profile.partner else "",
        members=tuple((_place(one), _standing(profile, one)) for one in members),
        removed=tuple(_standing(profile, one) for one in removed_from(profile.id)),
        statement_ids=tuple(one.statement_id for one in members),
    )


def _place(member: ProfileCapability) -> Place:
    area = member.statement.area
    return (area.function, area.name) if area else ("", "")


def _standing(profile: Profile, one: ProfileCapability) -> Member:
    return Member(
        code=one.statement.code,
        text=one.statement.text,
        letter=PROFICIENCY_LETTERS[one.level],
        level=PROFICIENCY_WORDS[one.level],
        difference=difference_words(one, profile.status),
        reason=one.reason,
        dissent=_dissent_words(vote_of(one)),
        is_provisional=shows_provisional(profile, one),
    )


def _areas(members: Sequence[Placed]) -> tuple[Area, ...]:
    """Return the capabilities under their functions and areas, as they first come by code."""
    functions = dict.fromkeys(place[0] for place, _ in members)
    places = dict.fromkeys(place for place, _ in members)
    ordered = [place for function in functions for place in places if place[0] == function]
    return tuple(
        Area(
            function, name or UNPLACED, tuple(one for at, one in members if at == (function, name))
        )
        for function, name in sorted(ordered, key=lambda place: not place[0])
    )


def _standards(nearest: NearestStandards | None) -> tuple[Standard, ...]:
    found = nearest.standards[:MOST_STANDARDS] if nearest else ()
    return tuple(
        Standard(
            title=one.title,
            about=", ".join(filter(None, (one.reference, one.level, one.framework))),
            fit=one.fit,
            fit_words=one.fit_words,
            surplus=one.surplus,
            surplus_words=one.surplus_words,
        )
        for one in found
    )


def _standards_note(nearest: NearestStandards | None) -> str:
    if nearest is None:
        return "No map-and-gap run has compared this profile yet."
    if not nearest.standards:
        return "No standard compared stands at its level or at an adjoining one."
    late = f", without {nearest.uncompared} added since" if nearest.uncompared else ""
    return (
        f"Run {nearest.run_number} of {day_words(nearest.made_at)}{late}; match from "
        f"{nearest.threshold_percent} %; {nearest.unsupported} of {nearest.members} capabilities "
        "match no duty of any standard."
    )


def _leading(ksbs: Ksbs) -> tuple[Ksb, ...]:
    """Return of each kind the KSBs that most capabilities ask for, nearest first among equals."""
    everything = [one for many in ksbs.values() for one in many]
    asked = Counter(wording_key(one.kind, one.text) for one in everything)
    found: list[Ksb] = []
    for kind in KsbKind:
        own = {wording_key(kind, one.text): one for one in everything if one.kind == kind}
        ranked = sorted(
            own.values(),
            key=lambda one: (-asked[wording_key(kind, one.text)], -(one.score or 0), one.text),
        )
        found += [Ksb(kind.value[0].upper(), one.text) for one in ranked[:LEADING_OF_A_KIND]]
    return tuple(found)
