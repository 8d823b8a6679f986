"""The role levels' proficiencies and the profiles. Their members are gathered in ``ratified``."""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from consensus.scale import AWARENESS, EXPERT, PRACTITIONER, PROFICIENCY_WORDS
from cycles.profiles.models import Profile as ProfileRow
from cycles.profiles.models import ProfileStatus, ProfileVersion
from cycles.profiles.versions import VersionContent, latest_versions, read
from reports.document.assembling.ratified import profile_members, ratification_facts
from reports.document.assembling.rows import Rows
from reports.document.assembling.subject import maybe_day_of, share
from reports.document.facts import Ksbs, LevelProfiles, LevelSpread, Occupations, Profile
from reports.mapping.findings import Findings
from workshop.rooms.queries import LevelLine, level_lines


@dataclass(frozen=True)
class _Around:
    """What stands around the profiles: ratified versions by profile, all else by code."""

    versions: Mapping[uuid.UUID, ProfileVersion]
    supported: Mapping[str, bool]
    unsupported: Mapping[str, int]
    accepted: Counter[str]


def occupation_facts(rows: Rows, found: Findings | None, ksbs: Ksbs) -> Occupations:
    """Return the spread of each role level and every profile that was not withdrawn."""
    around = _Around(
        versions=latest_versions(rows.cycle.id),
        supported={each.code: each.is_supported for each in found.capabilities} if found else {},
        unsupported={each.code: each.unsupported_count for each in found.profiles} if found else {},
        accepted=Counter(line.code for line in ksbs.lines),
    )
    profiles = tuple(_profile(row, rows, around) for row in rows.live)
    ratified = sum(each.is_ratified for each in profiles)
    return Occupations(
        spread=_spread(rows),
        by_role_level=tuple(_of_level(level.name, profiles) for level in rows.role_levels),
        profiles=profiles,
        profile_count=len(profiles),
        ratified_count=ratified,
        prototype_count=len(profiles) - ratified,
        withdrawn_count=len(rows.profiles) - len(rows.live),
    )


def _of_level(name: str, profiles: tuple[Profile, ...]) -> LevelProfiles:
    held = [each for each in profiles if each.role_level == name]
    sizes = [each.member_count for each in held]
    return LevelProfiles(
        role_level=name,
        count=len(held),
        ratified=sum(each.is_ratified for each in held),
        smallest=min(sizes, default=None),
        largest=max(sizes, default=None),
    )


def _spread(rows: Rows) -> tuple[LevelSpread, ...]:
    lines = level_lines(rows.cells, rows.role_levels)
    return tuple(
        _level(line, level.academic_level)
        for line, level in zip(lines, rows.role_levels, strict=True)
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


def _profile(row: ProfileRow, rows: Rows, around: _Around) -> Profile:
    is_ratified, version = row.status == ProfileStatus.RATIFIED, around.versions.get(row.id)
    frozen = read(version) if version and is_ratified else None
    members, removed = profile_members(row, rows, frozen, around.supported)
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
        unsupported_count=around.unsupported.get(row.code),
        ksb_count=sum(around.accepted[each.code] for each in members),
        members=members,
        removed=removed,
        ratification=ratification_facts(version, frozen) if version and frozen else None,
        reopened_version=version.number if version and not is_ratified else None,
    )


def _partner(row: ProfileRow, frozen: VersionContent | None) -> str:
    if frozen is not None:
        return frozen.partner
    return row.partner.name if row.partner else ""
