"""The rows that several parts of a document are made from, each read once.

What only one part needs it reads itself. Nothing is counted here.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cycles.core.extensions import db
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.profiles.queries import IN_CODE_ORDER
from cycles.setup.models import Cycle, Partner, RoleLevel, RuleCard
from cycles.setup.provision import standards_in_use_of
from cycles.setup.queries import get_cycle, partners_of, role_levels_of, rule_card_of
from cycles.standards.models import OccupationalStandard
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.queries import IN_ORDER, statements_of
from reports.document.assembling.ksb_rows import KsbRow, read_ksbs
from workshop.rooms.models import Workshop
from workshop.rooms.queries import Cell, settled_cells, workshops_of

Members = Mapping[uuid.UUID, tuple[ProfileCapability, ...]]


@dataclass(frozen=True, eq=False)
class Rows:
    """What a cycle holds. ``statements`` and ``profiles`` are all there are, by code.

    ``members`` are by profile, by the code of their statement, those that were taken out too.
    """

    cycle: Cycle
    card: RuleCard
    role_levels: tuple[RoleLevel, ...]
    partners: tuple[Partner, ...]
    statements: tuple[CapabilityStatement, ...]
    ksbs: tuple[KsbRow, ...]
    workshops: tuple[Workshop, ...]
    cells: tuple[Cell, ...]
    profiles: tuple[Profile, ...]
    members: Members
    in_use: tuple[OccupationalStandard, ...]

    @cached_property
    def kept(self) -> tuple[CapabilityStatement, ...]:
        """Return the statements that are rated, profiled and mapped."""
        return tuple(each for each in self.statements if each.status == StatementStatus.KEPT)

    @cached_property
    def live(self) -> tuple[Profile, ...]:
        """Return the profiles that were not withdrawn."""
        return tuple(each for each in self.profiles if each.status != ProfileStatus.WITHDRAWN)

    @property
    def cell_count(self) -> int:
        """Return how many cells there are: kept statements times role levels."""
        return len(self.kept) * len(self.role_levels)

    def held_by(self, profile: Profile) -> tuple[ProfileCapability, ...]:
        """Return the capabilities that a profile holds now."""
        return tuple(each for each in self.members.get(profile.id, ()) if not each.is_removed)

    def removed_from(self, profile: Profile) -> tuple[ProfileCapability, ...]:
        """Return the capabilities that the panel took out of a profile."""
        return tuple(each for each in self.members.get(profile.id, ()) if each.is_removed)


def read_rows(cycle_id: uuid.UUID) -> Rows:
    """Read what the parts of a document share."""
    return Rows(
        cycle=get_cycle(cycle_id),
        card=rule_card_of(cycle_id),
        role_levels=tuple(role_levels_of(cycle_id)),
        partners=tuple(partners_of(cycle_id)),
        statements=tuple(statements_of(cycle_id)),
        ksbs=read_ksbs(cycle_id),
        workshops=tuple(workshops_of(cycle_id)),
        cells=settled_cells(cycle_id),
        profiles=_profiles(cycle_id),
        members=_members(cycle_id),
        in_use=tuple(standards_in_use_of(cycle_id)),
    )


def _profiles(cycle_id: uuid.UUID) -> tuple[Profile, ...]:
    return tuple(
        db.session.scalars(
            select(Profile)
            .where(Profile.cycle_id == cycle_id)
            .options(joinedload(Profile.role_level), joinedload(Profile.partner))
            .order_by(*IN_CODE_ORDER)
        )
    )


def _members(cycle_id: uuid.UUID) -> Members:
    """Return every member by profile; their statements were read before, so none is loaded."""
    rows = db.session.scalars(
        select(ProfileCapability)
        .join(ProfileCapability.statement)
        .where(ProfileCapability.cycle_id == cycle_id)
        .order_by(*IN_ORDER)
    )
    found: dict[uuid.UUID, list[ProfileCapability]] = defaultdict(list)
    for row in rows:
        found[row.profile_id].append(row)
    return {profile_id: tuple(own) for profile_id, own in found.items()}
