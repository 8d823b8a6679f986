"""Carrying out the plan of a generation: which rows go, change and come. It decides nothing."""

import json
import uuid
from collections.abc import Sequence

from cycles.core.extensions import db
from cycles.profiles.models import Profile, ProfileCapability, ProfileGeneration
from cycles.profiles.naming import worth_keeping
from cycles.profiles.planning import Line, Plan
from cycles.profiles.proposals import ProposedMember
from cycles.profiles.votes import freeze

MEMBER_FACTS = (
    "voted_level",
    "voted_outcome",
    "voted_counts",
    "level",
    "is_provisional",
    "is_second_membership",
    "why",
)


def carry_out(agreed: Plan, rows: Sequence[Profile], generation: ProfileGeneration) -> None:
    """Bring the profiles of the cycle, ``rows``, to what the plan says of them."""
    held = {one.id: one for one in rows}
    for one in agreed.gone:
        db.session.delete(held[one.id])
    db.session.flush()
    for line in agreed.fresh:
        row = held[line.standing.id] if line.standing else Profile(cycle_id=generation.cycle_id)
        _write(row, line, generation.id)
    db.session.flush()


def _write(row: Profile, line: Line, generation_id: uuid.UUID) -> None:
    """Make the row say what the line does; one that says it already is left alone, version too."""
    proposal = line.proposal
    facts = {
        "code": line.code,
        "name": line.name,
        "role_level_id": proposal.role_level_id,
        "partner_id": proposal.partner_id,
        "suggested_names": [
            one.kept() for one in worth_keeping(proposal.suggested_names, line.name)
        ],
    }
    is_other = any(getattr(row, name) != value for name, value in facts.items())
    for name, value in facts.items():
        setattr(row, name, value)
    if _write_members(row, proposal.members) or is_other:
        row.generation_id = generation_id
    db.session.add(row)


def _write_members(row: Profile, proposed: Sequence[ProposedMember]) -> bool:
    """Bring the profile's members to those proposed; say whether anything is other than before."""
    held = {one.statement_id: one for one in row.members}
    wanted = {one.statement_id for one in proposed}
    gone = [member for key, member in held.items() if key not in wanted]
    for member in gone:
        row.members.remove(member)
    is_other = bool(gone)
    for one in proposed:
        fresh = member_of(row.cycle_id, one)
        old = held.get(one.statement_id)
        if old is None:
            row.members.append(fresh)
        elif _facts(old) == _facts(fresh):
            continue
        else:
            for name in MEMBER_FACTS:
                setattr(old, name, getattr(fresh, name))
        is_other = True
    return is_other


def _facts(member: ProfileCapability) -> str:
    # As text, since a table of JSON gives back lists for the tuples that it was given.
    return json.dumps({name: getattr(member, name) for name in MEMBER_FACTS}, sort_keys=True)


def member_of(cycle_id: uuid.UUID, proposed: ProposedMember) -> ProfileCapability:
    """Return the row that a proposed capability becomes; of no profile and no session yet."""
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
