"""Earlier cycles to start from: whose they are, and what of them may come along.

Only cycles that the asking account convenes. No author, vote, count or reason of theirs is read
here: what comes along are wordings, places, levels and names of profiles. Nothing here writes.
"""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.profiles.models import Profile, ProfileStatus, ProfileVersion
from cycles.profiles.queries import members_of, profiles_of
from cycles.profiles.versions import latest_versions, read
from cycles.setup.models import Cycle, RoleLevel
from cycles.setup.queries import cycles_convened_by
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import kept_statements


@dataclass(frozen=True)
class Brought:
    """A capability of the earlier cycle: its wording, and the statement that it was there."""

    statement: CapabilityStatement
    text: str


@dataclass(frozen=True)
class BroughtMember:
    """A capability of a profile with the level that was ratified, a code of 1 to 3."""

    capability: Brought
    level: int


@dataclass(frozen=True)
class BroughtProfile:
    """A profile as it was ratified last. ``partner`` is a name, or empty; ``number`` its version,
    or None for one that was ratified before versions were kept."""

    id: uuid.UUID
    reference: str
    told: str
    code: str
    name: str
    role_level: RoleLevel
    partner: str
    number: int | None
    members: tuple[BroughtMember, ...]


def earlier_cycles(account_id: uuid.UUID, cycle_id: uuid.UUID) -> list[Cycle]:
    """Return the other cycles that the account convenes, sealed or not, newest first."""
    return [each for each in cycles_convened_by(account_id) if each.id != cycle_id]


def earlier_cycle(account_id: uuid.UUID, cycle_id: uuid.UUID, source_id: uuid.UUID) -> Cycle:
    """Return one of them; to anybody else any other cycle does not exist."""
    found = [each for each in earlier_cycles(account_id, cycle_id) if each.id == source_id]
    if not found:
        raise Missing("There is no such cycle among those you convene.")
    return found[0]


def ratified_in(source: Cycle) -> tuple[BroughtProfile, ...]:
    """Return the profiles that were ratified, each as its newest version has it, by code."""
    versions, statements = latest_versions(source.id), _statements(source.id)
    found = []
    for profile in profiles_of(source.id):
        version = versions.get(profile.id)
        if version is not None:
            found.append(_as_frozen(_as_it_stands(source, profile), version, statements))
        elif profile.status == ProfileStatus.RATIFIED:
            found.append(_as_it_stands(source, profile))
    return tuple(found)


def kept_in(source: Cycle) -> tuple[Brought, ...]:
    """Return the capabilities that the earlier cycle kept, by code."""
    return tuple(Brought(each, each.text) for each in kept_statements(source.id))


def reference_of(source: Cycle, code: str) -> str:
    """Return what tells a profile of an earlier cycle apart, without saying which cycle it is."""
    return f"{hashlib.sha256(source.id.bytes).hexdigest()[:12]}/{code}"


def suggested_levels(
    theirs: Sequence[RoleLevel], ours: Sequence[RoleLevel]
) -> dict[uuid.UUID, uuid.UUID | None]:
    """Return for each of their role levels the one of ours that it most likely is.

    The same name, else the only one at the same academic level, else none.
    """
    by_name = {each.name.casefold(): each.id for each in ours}
    found: dict[uuid.UUID, uuid.UUID | None] = {}
    for level in theirs:
        alike = [
            each.id
            for each in ours
            if each.academic_level is not None and each.academic_level == level.academic_level
        ]
        only = alike[0] if len(alike) == 1 else None
        found[level.id] = by_name.get(level.name.casefold(), only)
    return found


def _statements(cycle_id: uuid.UUID) -> dict[uuid.UUID, CapabilityStatement]:
    rows = db.session.scalars(
        select(CapabilityStatement)
        .where(CapabilityStatement.cycle_id == cycle_id)
        .order_by(CapabilityStatement.code)
    )
    return {row.id: row for row in rows}


def _as_it_stands(source: Cycle, profile: Profile) -> BroughtProfile:
    return BroughtProfile(
        id=profile.id,
        reference=reference_of(source, profile.code),
        told=f"{source.title}, {profile.code}",
        code=profile.code,
        name=profile.name,
        role_level=profile.role_level,
        partner=profile.partner.name if profile.partner else "",
        number=None,
        members=tuple(
            BroughtMember(Brought(one.statement, one.statement.text), one.level)
            for one in members_of(profile.id)
        ),
    )


def _as_frozen(
    brought: BroughtProfile,
    version: ProfileVersion,
    statements: Mapping[uuid.UUID, CapabilityStatement],
) -> BroughtProfile:
    content = read(version)
    return replace(
        brought,
        name=content.name,
        partner=content.partner,
        number=version.number,
        members=tuple(
            BroughtMember(Brought(statements[uuid.UUID(one.statement_id)], one.text), one.level)
            for one in content.members
        ),
    )
