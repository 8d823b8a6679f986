"""The role levels' proficiencies and the profiles with their members."""

import uuid
from collections import Counter
from collections.abc import Mapping

from consensus.scale import AWARENESS, EXPERT, PRACTITIONER, PROFICIENCY_WORDS
from cycles.profiles.models import Profile as ProfileRow
from cycles.profiles.models import ProfileCapability, ProfileStatus
from cycles.profiles.queries import live_profiles, members_of, profiles_of, removed_from
from cycles.profiles.votes import departs, vote_of
from cycles.setup.queries import role_levels_of
from reports.document.assembling.subject import maybe_day_of, share
from reports.document.facts import (
    DissentReason,
    Ksbs,
    LevelProfiles,
    LevelSpread,
    Member,
    Occupations,
    Profile,
    RemovedMember,
)
from reports.mapping.findings import Findings
from workshop.rooms.queries import LevelLine, verdict_overview


def occupation_facts(cycle_id: uuid.UUID, found: Findings | None, ksbs: Ksbs) -> Occupations:
    """Return the spread of each role level and every profile that was not withdrawn."""
    supported = {each.code: each.is_supported for each in found.capabilities} if found else {}
    unsupported = {each.code: each.unsupported_count for each in found.profiles} if found else {}
    accepted = Counter(line.code for line in ksbs.lines)
    profiles = tuple(
        _profile(row, supported, unsupported.get(row.code), accepted)
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
    supported: Mapping[str, bool],
    unsupported_count: int | None,
    accepted: Counter[str],
) -> Profile:
    held = members_of(row.id)
    levels = Counter(each.level for each in held)
    return Profile(
        code=row.code,
        name=row.name,
        is_name_suggested=row.is_name_suggested,
        role_level=row.role_level.name,
        academic_level=row.role_level.academic_level,
        partner=row.partner.name if row.partner else "",
        status=row.status.value,
        ratified_on=maybe_day_of(row.ratified_at),
        member_count=len(held),
        awareness=levels[AWARENESS],
        practitioner=levels[PRACTITIONER],
        expert=levels[EXPERT],
        changed_by_panel=sum(departs(each) or each.is_added_by_panel for each in held),
        unsupported_count=unsupported_count,
        ksb_count=sum(accepted[each.statement.code] for each in held),
        members=tuple(_member(each, supported) for each in held),
        removed=tuple(
            RemovedMember(each.statement.code, each.statement.text, each.reason)
            for each in removed_from(row.id)
        ),
    )


def _member(row: ProfileCapability, supported: Mapping[str, bool]) -> Member:
    vote = vote_of(row)
    area = row.statement.area
    return Member(
        code=row.statement.code,
        text=row.statement.text,
        area=f"{area.function}: {area.name}" if area else "",
        level=PROFICIENCY_WORDS[row.level],
        voted=vote.sentence if vote else "no vote",
        marks=vote.marks if vote else (),
        is_changed=departs(row),
        is_added=row.is_added_by_panel,
        is_second=row.is_second_membership,
        reason=row.reason or (vote.decision if vote else ""),
        is_supported=supported.get(row.statement.code),
        minority=vote.minority if vote else "",
        minority_reasons=tuple(
            DissentReason(each.side, each.text) for each in (vote.reasons if vote else ())
        ),
    )
