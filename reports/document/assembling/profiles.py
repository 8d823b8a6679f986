"""The role levels' proficiencies and the profiles. Their members are gathered in ``ratified``."""

import uuid
from collections import Counter
from collections.abc import Mapping

from consensus.scale import AWARENESS, EXPERT, PRACTITIONER, PROFICIENCY_WORDS
from cycles.profiles.models import Profile as ProfileRow
from cycles.profiles.models import ProfileStatus, ProfileVersion
from cycles.profiles.queries import live_profiles, profiles_of
from cycles.profiles.versions import VersionContent, latest_versions, read
from cycles.setup.queries import role_levels_of
from reports.document.assembling.ratified import profile_members, ratification_facts
from reports.document.assembling.subject import maybe_day_of, share
from reports.document.facts import Ksbs, LevelProfiles, LevelSpread, Occupations, Profile
from reports.mapping.findings import Findings
from workshop.rooms.queries import LevelLine, verdict_overview


def occupation_facts(cycle_id: uuid.UUID, found: Findings | None, ksbs: Ksbs) -> Occupations:
    """Return the spread of each role level and every profile that was not withdrawn."""
    supported = {each.code: each.is_supported for each in found.capabilities} if found else {}
    unsupported = {each.code: each.unsupported_count for each in found.profiles} if found else {}
    accepted = Counter(line.code for line in ksbs.lines)
    versions = latest_versions(cycle_id)
    profiles = tuple(
        _profile(row, versions.get(row.id), supported, unsupported.get(row.code), accepted)
        for row in live_profiles(cycle_id)
    )
    ratified = sum(each.is_ratified for each in profiles)
    return Occupations(
        spread=_spread(cycle_id),
        by_role_level=tuple(
            LevelProfiles(level.name, sum(each.role_level == level.name for each in profiles))
            for level in role_levels_of(cycle_id)
        ),
        profiles=profiles,
        profile_count=len(profiles),
        ratified_count=ratified,
        prototype_count=len(profiles) - ratified,
        withdrawn_count=len(profiles_of(cycle_id, ProfileStatus.WITHDRAWN)),
    )


def _spread(cycle_id: uuid.UUID) -> tuple[LevelSpread, ...]:
    academic = {each.id: each.academic_level for each in role_levels_of(cycle_id)}
    return tuple(
        _level(line, academic[line.role_level_id])
        for line in verdict_overview(cycle_id).role_levels
    )


def _level(line: LevelLine, academic_level: int | None) -> LevelSpread:
    not_needed, awareness, practitioner, expert = line.counts
    needed = awareness + practitioner + expert
    return LevelSpread(
        role_level=line.name,
        academic_level=academic_level,
        not_needed=not_needed,
        awareness=awareness,
        practitioner=practitioner,
        expert=expert,
        needed=needed,
        awareness_percent=share(awareness, needed) if needed else None,
        practitioner_percent=share(practitioner, needed) if needed else None,
        expert_percent=share(expert, needed) if needed else None,
    )


def _profile(
    row: ProfileRow,
    version: ProfileVersion | None,
    supported: Mapping[str, bool],
    unsupported_count: int | None,
    accepted: Counter[str],
) -> Profile:
    is_ratified = row.status == ProfileStatus.RATIFIED
    frozen = read(version) if version and is_ratified else None
    members, removed = profile_members(row, frozen, supported)
    levels = Counter(each.level for each in members)
    return Profile(
        code=row.code,
        name=frozen.name if frozen else row.name,
        is_name_suggested=row.is_name_suggested and frozen is None,
        role_level=row.role_level.name,
        academic_level=row.role_level.academic_level,
        partner=_partner(row, frozen),
        status=row.status.value,
        ratified_on=maybe_day_of(row.ratified_at),
        member_count=len(members),
        awareness=levels[PROFICIENCY_WORDS[AWARENESS]],
        practitioner=levels[PROFICIENCY_WORDS[PRACTITIONER]],
        expert=levels[PROFICIENCY_WORDS[EXPERT]],
        changed_by_panel=sum(each.is_changed or each.is_added for each in members),
        unsupported_count=unsupported_count,
        ksb_count=sum(accepted[each.code] for each in members),
        members=members,
        removed=removed,
        ratification=ratification_facts(version, frozen) if version and frozen else None,
        reopened_version=version.number if version and not is_ratified else None,
    )


def _partner(row: ProfileRow, frozen: VersionContent | None) -> str:
    if frozen is not None:
        return frozen.partner
    return row.partner.name if row.partner else ""
