"""Putting a new generation of prototypes in the place of the last one.

What the panel has touched stays: ratified, withdrawn, or proposed with a line in its trail. A new
prototype that mostly repeats a profile that stays is left out, so that nothing is proposed twice.
How prototypes are found is not known here.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from cycles.core.audit import Actor, EventType
from cycles.core.extensions import db
from cycles.profiles.models import (
    Profile,
    ProfileCapability,
    ProfileChange,
    ProfileGeneration,
    ProfileStatus,
)
from cycles.profiles.naming import one_name_each
from cycles.profiles.proposals import Proposal, ProposedMember
from cycles.profiles.votes import freeze

GENERATED = EventType("profiles.generated", "number", "proposed", "replaced", "kept", "repeated")
REPEATS_AT_PERCENT = 50


@dataclass(frozen=True)
class Generated:
    """What a generation did: profiles proposed, replaced, kept, and left out as repeats."""

    number: int
    proposed: int
    replaced: int
    kept: int
    repeated: int


def generate(
    *,
    cycle_id: uuid.UUID,
    proposals: Sequence[Proposal],
    settings: dict[str, Any],
    criterion: dict[str, Any],
    actor: Actor,
    moment: datetime,
) -> Generated:
    """Replace the untouched prototypes of the cycle by ``proposals``, in their order."""
    replaced = _clear_untouched(cycle_id)
    kept = _kept(cycle_id)
    fresh = [one for one in proposals if not _repeats(one, kept)]
    generation = _new_generation(cycle_id, settings, criterion, moment)
    names = one_name_each(fresh, {one.name for one in kept})
    first = _next_number(kept)
    for number, (proposal, name) in enumerate(zip(fresh, names, strict=True), first):
        db.session.add(_profile(cycle_id, generation.id, number, proposal, name))
    db.session.flush()
    counts = Generated(
        generation.number, len(fresh), replaced, len(kept), len(proposals) - len(fresh)
    )
    GENERATED.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle_id,
        subject_id=generation.id,
        **counts.__dict__,
    )
    return counts


def _clear_untouched(cycle_id: uuid.UUID) -> int:
    # Locked first, asked second: whoever touches one at this moment either came before, and is
    # seen, or waits and then finds it gone.
    proposed = db.session.scalars(
        select(Profile)
        .where(Profile.cycle_id == cycle_id, Profile.status == ProfileStatus.PROPOSED)
        .order_by(Profile.id)
        .with_for_update()
    ).all()
    touched = set(
        db.session.scalars(
            select(ProfileChange.profile_id).where(ProfileChange.cycle_id == cycle_id)
        )
    )
    untouched = [profile for profile in proposed if profile.id not in touched]
    for profile in untouched:
        db.session.delete(profile)
    db.session.flush()
    return len(untouched)


def _kept(cycle_id: uuid.UUID) -> list[Profile]:
    return list(
        db.session.scalars(
            select(Profile)
            .where(Profile.cycle_id == cycle_id)
            .order_by(func.length(Profile.code), Profile.code)
        )
    )


def _repeats(proposal: Proposal, kept: Sequence[Profile]) -> bool:
    """Say whether half or more of what either holds is held by both, at the same role level."""
    wanted = {one.statement_id for one in proposal.members}
    for profile in kept:
        held = {one.statement_id for one in profile.members if not one.is_removed}
        is_same = profile.role_level_id == proposal.role_level_id
        if is_same and 100 * len(wanted & held) >= REPEATS_AT_PERCENT * len(wanted | held):
            return True
    return False


def _new_generation(
    cycle_id: uuid.UUID, settings: dict[str, Any], criterion: dict[str, Any], moment: datetime
) -> ProfileGeneration:
    last = db.session.scalar(
        select(func.max(ProfileGeneration.number)).where(ProfileGeneration.cycle_id == cycle_id)
    )
    generation = ProfileGeneration(
        cycle_id=cycle_id,
        number=(last or 0) + 1,
        settings=settings,
        criterion=criterion,
        created_at=moment,
    )
    db.session.add(generation)
    db.session.flush()
    return generation


def _next_number(kept: Sequence[Profile]) -> int:
    return 1 + max((int(one.code.removeprefix("P-")) for one in kept), default=0)


def _profile(
    cycle_id: uuid.UUID, generation_id: uuid.UUID, number: int, proposal: Proposal, name: str
) -> Profile:
    return Profile(
        cycle_id=cycle_id,
        generation_id=generation_id,
        role_level_id=proposal.role_level_id,
        partner_id=proposal.partner_id,
        code=f"P-{number:04d}",
        name=name,
        suggested_names=[one.kept() for one in proposal.suggested_names],
        members=[_member(cycle_id, one) for one in proposal.members],
    )


def _member(cycle_id: uuid.UUID, proposed: ProposedMember) -> ProfileCapability:
    why = proposed.why
    member = ProfileCapability(
        cycle_id=cycle_id,
        statement_id=proposed.statement_id,
        level=proposed.vote.level,
        is_second_membership=proposed.is_second,
        why={
            "similarity": None if why.similarity is None else round(why.similarity, 4),
            "mates": why.mates,
            "shares_area": why.shares_area,
            "shares_partner": why.shares_partner,
        },
    )
    freeze(member, proposed.vote)
    return member
