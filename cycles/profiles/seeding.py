"""Taking profiles and capabilities over from an earlier cycle, as prototypes of this one.

What comes along are wordings, areas, partners of the same name and ratified levels. Nobody's name,
vote, count or reason does. What may be taken is in ``seeding_sources``.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.library.models import LibraryStatement
from cycles.profiles.codes import code_of, next_number
from cycles.profiles.commands import TAKEN_FROM
from cycles.profiles.models import Profile, ProfileCapability
from cycles.profiles.seeding_arrivals import resolve
from cycles.profiles.seeding_sources import Brought, BroughtProfile
from cycles.setup.models import Cycle, RoleLevel
from cycles.setup.queries import partners_of
from cycles.statements import rules
from cycles.statements.adding import Draft, write_statement
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import statements_of

TAKEN_OVER = EventType("profiles.taken_over", "profiles", "added", "known")
LONGEST_NAME = 200


@dataclass(frozen=True)
class TakenOver:
    """What came: the new profiles, the statements added, and how many were here already."""

    profiles: tuple[Profile, ...]
    added: int
    known: int


def taken_from(cycle_id: uuid.UUID) -> dict[str, str]:
    """Return which profiles of earlier cycles are here already, with the code they have here."""
    rows = db.session.execute(
        select(Profile.code, ProfileCapability.why)
        .join(ProfileCapability, ProfileCapability.profile_id == Profile.id)
        .where(Profile.cycle_id == cycle_id, Profile.seeded_from != "")
        .order_by(Profile.code, ProfileCapability.id)
    )
    return {row.why[TAKEN_FROM]: row.code for row in rows if TAKEN_FROM in row.why}


def take_over(
    *,
    cycle: Cycle,
    source: Cycle,
    profiles: Sequence[BroughtProfile],
    levels: Mapping[uuid.UUID, RoleLevel],
    capabilities: Sequence[Brought],
    stand_ins: Mapping[uuid.UUID, CapabilityStatement],
    actor: Actor,
    moment: datetime,
) -> TakenOver:
    """Take profiles over as prototypes, their capabilities as statements that wait to be kept.

    ``levels`` says which role level of this cycle each of theirs is; ``capabilities`` come along
    whether a profile has them or not; ``stand_ins`` are statements of this cycle that take the
    place of near duplicates, by the id of the earlier statement. One event for everything.
    """
    rules.check_open(cycle.id)
    _check(cycle, profiles, levels, capabilities)
    arrivals = _Arrivals(cycle, source, stand_ins, actor, moment)
    made = tuple(_profile(cycle, each, levels, arrivals) for each in profiles)
    for brought in capabilities:
        arrivals.statement_for(brought)
    TAKEN_OVER.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        profiles=[each.code for each in made],
        added=arrivals.added,
        known=arrivals.known,
    )
    return TakenOver(made, arrivals.added, arrivals.known)


def _check(
    cycle: Cycle,
    profiles: Sequence[BroughtProfile],
    levels: Mapping[uuid.UUID, RoleLevel],
    capabilities: Sequence[Brought],
) -> None:
    if not profiles and not capabilities:
        raise Invalid("Tick at least one profile, or the capabilities.")
    there = taken_from(cycle.id)
    for each in profiles:
        if each.reference in there:
            raise Invalid(f"{each.code} {each.name} is here already, as {there[each.reference]}.")
        level = levels.get(each.role_level.id)
        if level is None or level.cycle_id != cycle.id:
            raise Invalid(f"Say which role level “{each.role_level.name}” is in this cycle.")


class _Arrivals:
    """The statements of this cycle that capabilities of an earlier one become, each once.

    Where profiles were ratified at different wordings of one statement, the first wording comes.
    """

    def __init__(
        self,
        cycle: Cycle,
        source: Cycle,
        stand_ins: Mapping[uuid.UUID, CapabilityStatement],
        actor: Actor,
        moment: datetime,
    ) -> None:
        self.cycle, self.source, self.actor, self.moment = cycle, source, actor, moment
        self.stand_ins = stand_ins
        self.everything = statements_of(cycle.id)
        self.register = rules.Register(cycle.id)
        self.partners = {each.name.casefold(): each for each in partners_of(cycle.id)}
        self.found: dict[uuid.UUID, CapabilityStatement | None] = {}
        self.added = self.known = 0

    def statement_for(self, brought: Brought) -> CapabilityStatement | None:
        """Return the statement, written now if it is new; None for one that was rejected here."""
        there = brought.statement.id
        if there not in self.found:
            self.found[there] = self._find(brought)
        return self.found[there]

    def _find(self, brought: Brought) -> CapabilityStatement | None:
        stand_in = self.stand_ins.get(brought.statement.id)
        here = resolve(brought, self.everything)
        known = here.own or stand_in
        if known is not None:
            self.known += 1
            return known
        if here.is_rejected:
            return None
        self.added += 1
        return self._write(brought)

    def _write(self, brought: Brought) -> CapabilityStatement:
        there = brought.statement
        # What the earlier cycle took from the library stays attributed to it.
        record = there.library_statement_id
        names = (each.name.casefold() for each in there.partners)
        return write_statement(
            cycle_id=self.cycle.id,
            register=self.register,
            draft=Draft(
                brought.text,
                there.area,
                tuple(self.partners[name] for name in names if name in self.partners),
            ),
            actor=self.actor,
            moment=self.moment,
            library_statement=db.session.get(LibraryStatement, record) if record else None,
            reason=f"Taken over from {self.source.title}",
        )


def _profile(
    cycle: Cycle,
    brought: BroughtProfile,
    levels: Mapping[uuid.UUID, RoleLevel],
    arrivals: _Arrivals,
) -> Profile:
    partner = arrivals.partners.get(brought.partner.casefold())
    profile = Profile(
        cycle_id=cycle.id,
        role_level_id=levels[brought.role_level.id].id,
        partner_id=partner.id if partner else None,
        code=code_of(next_number(cycle.id)),
        name=_free_name(cycle.id, brought.name),
        is_name_suggested=False,
        seeded_from=brought.told,
        members=_members(cycle, brought, arrivals),
    )
    if not profile.members:
        raise Invalid(f"Nothing of {brought.code} {brought.name} can come: all of it was rejected.")
    db.session.add(profile)
    db.session.flush()
    return profile


def _members(cycle: Cycle, brought: BroughtProfile, arrivals: _Arrivals) -> list[ProfileCapability]:
    # Two near duplicates may become one statement: the higher of their levels holds.
    levels: dict[uuid.UUID, int] = {}
    for member in brought.members:
        statement = arrivals.statement_for(member.capability)
        if statement is not None:
            levels[statement.id] = max(member.level, levels.get(statement.id, 0))
    return [
        ProfileCapability(
            cycle_id=cycle.id,
            statement_id=statement_id,
            voted_level=None,
            level=level,
            reason=f"Taken over from {brought.told}",
            why={TAKEN_FROM: brought.reference},
        )
        for statement_id, level in levels.items()
    ]


def _free_name(cycle_id: uuid.UUID, wanted: str) -> str:
    """Return the name, with a number behind it where a profile of the cycle has it already."""
    rows = db.session.scalars(select(Profile.name).where(Profile.cycle_id == cycle_id))
    taken = {each.casefold() for each in rows}
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted[: LONGEST_NAME - 5]} {number}"
    return name
