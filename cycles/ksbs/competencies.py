"""The Future Competency Set of each role level: the accepted KSBs that its live profiles call for.

A set is gathered anew from what stands: the capabilities that profiles hold, and the KSBs that
educators accepted for them. Each wording stands once in a set. How a page shows it, and what
was decided of a KSB, is not known here.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from cycles.classification.models import Area
from cycles.core.extensions import db
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.profiles.models import Profile, ProfileStatus
from cycles.profiles.queries import IN_CODE_ORDER, LiveMember, live_members
from cycles.semantics.vectors import normalise
from cycles.setup.models import RoleLevel
from cycles.setup.queries import role_levels_of
from cycles.standards.models import KsbKind
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.queries import IN_ORDER

KINDS = tuple(KsbKind)
WordingKey = tuple[KsbKind, str]


@dataclass(frozen=True)
class Capability:
    """A capability that a profile holds, and how many of its KSBs stand where."""

    id: uuid.UUID
    code: str
    text: str
    function: str
    accepted: int
    waiting: int


@dataclass(frozen=True)
class ProfileName:
    """A profile that was not withdrawn, as it is named."""

    id: uuid.UUID
    role_level_id: uuid.UUID
    code: str
    name: str
    is_ratified: bool


@dataclass(frozen=True)
class KeptCapability:
    """A kept capability; ``function`` is empty where it has no area yet."""

    id: uuid.UUID
    code: str
    text: str
    function: str


@dataclass(frozen=True)
class LiveKsb:
    """A KSB that was not rejected."""

    statement_id: uuid.UUID
    kind: KsbKind
    text: str
    status: KsbStatus


@dataclass(frozen=True)
class Accepted:
    """An accepted KSB of one capability. ``key`` is what it shares with those that are the same."""

    statement_id: uuid.UUID
    kind: KsbKind
    text: str
    key: WordingKey


@dataclass(frozen=True)
class Competency:
    """One wording of a set. ``level`` is the highest proficiency that any of its profiles needs.

    ``is_provisional`` says that no profile needs that level for certain: it is still the middle of
    a vote that agreed on none.
    """

    key: WordingKey
    kind: KsbKind
    text: str
    level: int
    is_provisional: bool
    capabilities: tuple[Capability, ...]
    profiles: tuple[ProfileName, ...]

    @property
    def functions(self) -> tuple[str, ...]:
        """Return the functions of its capabilities, each once, by name."""
        return tuple(sorted({one.function for one in self.capabilities if one.function}))


@dataclass(frozen=True)
class CompetencySet:
    """What the profiles of one role level ask of education, by kind and wording."""

    role_level_id: uuid.UUID
    role_level: str
    academic_level: int | None
    competencies: tuple[Competency, ...]
    capabilities: tuple[Capability, ...]
    profiles: tuple[ProfileName, ...]

    def count(self, kind: KsbKind) -> int:
        """Return how many wordings of the kind the set holds."""
        return sum(one.kind == kind for one in self.competencies)

    @property
    def without(self) -> tuple[Capability, ...]:
        """Return the capabilities for which no KSB is accepted yet."""
        return tuple(one for one in self.capabilities if not one.accepted)

    @property
    def ratified(self) -> int:
        """Return how many of its profiles the panel has ratified."""
        return sum(one.is_ratified for one in self.profiles)


def wording_key(kind: KsbKind, text: str) -> WordingKey:
    """Return what two KSBs share when they are the same: the kind, and the wording but for case.

    >>> wording_key(KsbKind.SKILL, " Bake  bread. ") == wording_key(KsbKind.SKILL, "bake bread")
    True
    """
    return kind, normalise(text).casefold().rstrip(" .")


def gather(
    profiles: Sequence[ProfileName],
    members: Iterable[LiveMember],
    capabilities: Mapping[uuid.UUID, Capability],
    accepted: Iterable[Accepted],
) -> tuple[tuple[Competency, ...], tuple[Capability, ...]]:
    """Return the competencies of one role level by kind and wording, and its capabilities.

    ``members`` are of these ``profiles``; both, and ``accepted``, in the order to show them in.
    """
    named = {one.id: one for one in profiles}
    held: dict[uuid.UUID, list[LiveMember]] = defaultdict(list)
    for member in members:
        if member.statement_id in capabilities:  # else it was kept once, and is no longer
            held[member.statement_id].append(member)
    alike: dict[WordingKey, list[Accepted]] = defaultdict(list)
    for ksb in accepted:
        if ksb.statement_id in held:
            alike[ksb.key].append(ksb)
    places = {one: place for place, one in enumerate(capabilities)}
    found = sorted(alike.items(), key=lambda each: (KINDS.index(each[0][0]), each[0][1]))
    return (
        tuple(_competency(same, held, capabilities, named) for _key, same in found),
        tuple(capabilities[one] for one in sorted(held, key=places.__getitem__)),
    )


def _competency(
    same: Sequence[Accepted],
    held: Mapping[uuid.UUID, Sequence[LiveMember]],
    capabilities: Mapping[uuid.UUID, Capability],
    named: Mapping[uuid.UUID, ProfileName],
) -> Competency:
    statements = dict.fromkeys(one.statement_id for one in same)
    needed = [member for one in statements for member in held[one]]
    level = max(member.level for member in needed)
    using = {member.profile_id for member in needed}
    return Competency(
        key=same[0].key,
        kind=same[0].kind,
        text=same[0].text,
        level=level,
        is_provisional=all(one.is_provisional for one in needed if one.level == level),
        capabilities=tuple(capabilities[one] for one in statements),
        profiles=tuple(profile for one, profile in named.items() if one in using),
    )


def competency_sets(cycle_id: uuid.UUID) -> tuple[CompetencySet, ...]:
    """Return the set of every role level, in their order; without profiles it is empty.

    Five queries, however much the cycle holds.
    """
    return sets_of(
        role_levels_of(cycle_id),
        _profiles(cycle_id),
        live_members(cycle_id),
        _kept(cycle_id),
        _live_ksbs(cycle_id),
    )


def sets_of(
    levels: Iterable[RoleLevel],
    profiles: Sequence[ProfileName],
    members: Sequence[LiveMember],
    kept: Iterable[KeptCapability],
    ksbs: Sequence[LiveKsb],
) -> tuple[CompetencySet, ...]:
    """Return the set of each role level from what a cycle holds; each in the order to show it."""
    capabilities, accepted = _capabilities(kept, ksbs)
    sets = []
    for level in levels:
        own = [one for one in profiles if one.role_level_id == level.id]
        theirs = [one for one in members if one.role_level_id == level.id]
        competencies, held = gather(own, theirs, capabilities, accepted)
        sets.append(
            CompetencySet(
                level.id, level.name, level.academic_level, competencies, held, tuple(own)
            )
        )
    return tuple(sets)


def _profiles(cycle_id: uuid.UUID) -> list[ProfileName]:
    rows = db.session.execute(
        select(Profile.id, Profile.role_level_id, Profile.code, Profile.name, Profile.status)
        .where(Profile.cycle_id == cycle_id, Profile.status != ProfileStatus.WITHDRAWN)
        .order_by(*IN_CODE_ORDER)
    )
    return [ProfileName(*row[:4], row.status == ProfileStatus.RATIFIED) for row in rows]


def _capabilities(
    kept: Iterable[KeptCapability], ksbs: Sequence[LiveKsb]
) -> tuple[dict[uuid.UUID, Capability], list[Accepted]]:
    """Return the kept capabilities by code, and their accepted KSBs by capability and wording."""
    counts = Counter((one.statement_id, one.status) for one in ksbs)
    capabilities = {
        row.id: Capability(
            id=row.id,
            code=row.code,
            text=row.text,
            function=row.function,
            accepted=counts[row.id, KsbStatus.ACCEPTED],
            waiting=counts[row.id, KsbStatus.SUGGESTED],
        )
        for row in kept
    }
    places = {one: place for place, one in enumerate(capabilities)}
    accepted = [
        Accepted(one.statement_id, one.kind, one.text, wording_key(one.kind, one.text))
        for one in ksbs
        if one.status == KsbStatus.ACCEPTED and one.statement_id in places
    ]
    return capabilities, sorted(accepted, key=lambda one: (places[one.statement_id], one.text))


def _live_ksbs(cycle_id: uuid.UUID) -> list[LiveKsb]:
    # Columns, not rows of the model: a large cycle has thousands, and a page reads them all.
    ksb = CapabilityKsb
    rows = db.session.execute(
        select(ksb.statement_id, ksb.kind, ksb.text, ksb.status).where(
            ksb.cycle_id == cycle_id, ksb.status != KsbStatus.REJECTED
        )
    )
    return [LiveKsb(*row) for row in rows]


def _kept(cycle_id: uuid.UUID) -> list[KeptCapability]:
    statement = CapabilityStatement
    rows = db.session.execute(
        select(statement.id, statement.code, statement.text, Area.function)
        .outerjoin(Area, Area.id == statement.area_id)
        .where(statement.cycle_id == cycle_id, statement.status == StatementStatus.KEPT)
        .order_by(*IN_ORDER)
    )
    return [KeptCapability(*row[:3], row.function or "") for row in rows]
