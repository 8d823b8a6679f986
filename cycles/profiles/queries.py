"""What others ask of profiles. Orders are fixed; nothing here writes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from cycles.core.extensions import db
from cycles.profiles.models import Profile, ProfileCapability, ProfileGeneration, ProfileStatus
from cycles.stages.gates import provides
from cycles.statements.models import CapabilityStatement, statement_partner
from cycles.statements.queries import IN_ORDER

# P-10000 comes after P-9999.
IN_CODE_ORDER = (func.length(Profile.code), Profile.code)

# As ``wording.shows_provisional`` says it of one row.
STILL_PROVISIONAL: ColumnElement[bool] = (
    ProfileCapability.is_provisional
    & (Profile.status != ProfileStatus.RATIFIED)
    & ~ProfileCapability.is_added_by_panel
    & (
        func.coalesce(ProfileCapability.voted_level, ProfileCapability.level)
        == ProfileCapability.level
    )
)


@dataclass(frozen=True)
class LiveMember:
    """A capability that a profile holds now; the profile is proposed or ratified.

    ``is_provisional``: the level is still only the middle of a vote that agreed on none. It is not
    once the panel has set, added or ratified it.
    """

    profile_id: uuid.UUID
    statement_id: uuid.UUID
    role_level_id: uuid.UUID
    level: int
    is_provisional: bool
    is_second: bool


def profiles_of(cycle_id: uuid.UUID, status: ProfileStatus | None = None) -> list[Profile]:
    """Return the profiles of a cycle with role level, partner and members, by code."""
    wanted = _whole().where(Profile.cycle_id == cycle_id).order_by(*IN_CODE_ORDER)
    if status is not None:
        wanted = wanted.where(Profile.status == status)
    return list(db.session.scalars(wanted))


def live_profiles(cycle_id: uuid.UUID) -> list[Profile]:
    """Return the profiles that were not withdrawn, by code."""
    return [one for one in profiles_of(cycle_id) if one.status != ProfileStatus.WITHDRAWN]


def _whole() -> Select[Profile]:
    return select(Profile).options(
        joinedload(Profile.role_level),
        joinedload(Profile.partner),
        selectinload(Profile.members),
    )


def members_of(profile_id: uuid.UUID) -> list[ProfileCapability]:
    """Return the capabilities that the profile holds, by the code of their statement."""
    return _members(profile_id, ProfileCapability.is_removed.is_(False))


def removed_from(profile_id: uuid.UUID) -> list[ProfileCapability]:
    """Return the capabilities that the panel took out of the profile, by code."""
    return _members(profile_id, ProfileCapability.is_removed.is_(True))


def _members(profile_id: uuid.UUID, where: ColumnElement[bool]) -> list[ProfileCapability]:
    return list(
        db.session.scalars(
            select(ProfileCapability)
            .join(ProfileCapability.statement)
            .where(ProfileCapability.profile_id == profile_id, where)
            .options(joinedload(ProfileCapability.statement).joinedload(CapabilityStatement.area))
            .order_by(*IN_ORDER)
        )
    )


def live_members(cycle_id: uuid.UUID) -> list[LiveMember]:
    """Return every capability of every profile not withdrawn, by profile, then by statement."""
    rows = db.session.execute(
        select(
            Profile.id,
            ProfileCapability.statement_id,
            Profile.role_level_id,
            ProfileCapability.level,
            STILL_PROVISIONAL,
            ProfileCapability.is_second_membership,
        )
        .join(ProfileCapability, ProfileCapability.profile_id == Profile.id)
        .join(CapabilityStatement, CapabilityStatement.id == ProfileCapability.statement_id)
        .where(
            Profile.cycle_id == cycle_id,
            Profile.status != ProfileStatus.WITHDRAWN,
            ProfileCapability.is_removed.is_(False),
        )
        .order_by(*IN_CODE_ORDER, *IN_ORDER)
    )
    return [LiveMember(*row[:4], bool(row[4]), row[5]) for row in rows]


def named(cycle_id: uuid.UUID) -> dict[uuid.UUID, tuple[str, str]]:
    """Return the code and the name of every profile of the cycle, by code."""
    rows = db.session.execute(
        select(Profile.id, Profile.code, Profile.name)
        .where(Profile.cycle_id == cycle_id)
        .order_by(*IN_CODE_ORDER)
    )
    return {profile_id: (code, name) for profile_id, code, name in rows}


def with_partner(partner_id: uuid.UUID, statement_ids: Sequence[uuid.UUID]) -> int:
    """Return how many of these capabilities the partner was tagged on."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(statement_partner)
            .where(
                statement_partner.c.partner_id == partner_id,
                statement_partner.c.statement_id.in_(statement_ids),
            )
        )
        or 0
    )


def searched_texts(cycle_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return the code and the text of every capability that a profile holds, to be searched."""
    rows = db.session.execute(
        select(CapabilityStatement.id, CapabilityStatement.code, CapabilityStatement.text)
        .where(CapabilityStatement.cycle_id == cycle_id)
        .order_by(*IN_ORDER)
    )
    return {statement_id: f"{code} {text}" for statement_id, code, text in rows}


def last_generation(cycle_id: uuid.UUID) -> ProfileGeneration | None:
    """Return the newest run of the generator, or None."""
    return db.session.scalar(
        select(ProfileGeneration)
        .where(ProfileGeneration.cycle_id == cycle_id)
        .order_by(ProfileGeneration.number.desc())
        .limit(1)
    )


def count_profiles(cycle_id: uuid.UUID, status: ProfileStatus) -> int:
    """Return how many profiles of the cycle have the status."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Profile)
            .where(Profile.cycle_id == cycle_id, Profile.status == status)
        )
        or 0
    )


@provides("profiles_unratified")
def profiles_unratified(cycle_id: uuid.UUID) -> int:
    """Return how many profiles are neither ratified nor withdrawn."""
    return count_profiles(cycle_id, ProfileStatus.PROPOSED)


@provides("profiles_ratified")
def profiles_ratified(cycle_id: uuid.UUID) -> int:
    """Return how many profiles are ratified."""
    return count_profiles(cycle_id, ProfileStatus.RATIFIED)
