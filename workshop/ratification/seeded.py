"""Profiles as their cycle goes on: a capability of theirs may be rejected or merged, and votes come
to those that were taken over from an earlier cycle, before anybody rated here.

What is ratified stays as it was ratified, so nothing that it holds can go.
"""

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, select

from consensus.scale import PROFICIENCY_WORDS
from cycles.core.audit import Actor
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.profiles.commands import member_for, raise_version
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.profiles.queries import IN_CODE_ORDER
from cycles.profiles.trail import ChangeKind, last_number, note
from cycles.profiles.votes import freeze, vote_of
from cycles.statements.models import CapabilityStatement
from cycles.statements.trail import Happening, follows
from workshop.ratification.sitting import set_aside
from workshop.ratification.spoken import spoken_of
from workshop.ratification.votes import votes_of

GOES = (Happening.REJECTED, Happening.WITHDRAWN)


@follows
def follow(
    statement: CapabilityStatement, happening: Happening, actor: Actor, moment: datetime
) -> None:
    """Take a rejected statement out of the profiles that hold it; let a merged one's heir in.

    Part of the statement's own command, which records the event. Each profile keeps its line, but
    for prototypes that nobody touched: a line would keep the next generation from replacing them.
    """
    if happening not in (*GOES, Happening.MERGED):
        return
    _refuse_what_is_ratified(statement)
    spoken = spoken_of(statement.cycle_id)
    for profile in _holding(statement):
        if profile.seeded_from or profile.id in spoken or last_number(profile.id):
            _take_out(profile, statement, happening, actor, moment)
        else:
            db.session.delete(member_for(profile, statement))
        raise_version(profile)
        set_aside(profile, actor=actor, moment=moment)


def bring_votes(*, cycle_id: uuid.UUID, actor: Actor, moment: datetime) -> int:
    """Put this cycle's votes beside the levels that came along; return how many there are new.

    The levels stay: the panel sees what it departs from. Part of a generation, which records it.
    """
    votes, brought = votes_of(cycle_id), 0
    for profile in _proposed(cycle_id, Profile.seeded_from != ""):
        found = 0
        for member in profile.members:
            vote = votes.get((member.statement_id, profile.role_level_id))
            if vote is not None and vote != vote_of(member):
                freeze(member, vote)
                found += 1
        if found:
            raise_version(profile)
            set_aside(profile, actor=actor, moment=moment)
        brought += found
    return brought


def _refuse_what_is_ratified(statement: CapabilityStatement) -> None:
    codes = db.session.scalars(
        select(Profile.code)
        .join(ProfileCapability, ProfileCapability.profile_id == Profile.id)
        .where(
            ProfileCapability.statement_id == statement.id,
            ProfileCapability.is_removed.is_(False),
            Profile.status == ProfileStatus.RATIFIED,
        )
        .order_by(*IN_CODE_ORDER)
    ).all()
    if codes:
        raise Closed(
            f"{statement.code} is in {', '.join(codes)}, which the panel has ratified. "
            "A convener can reopen that first."
        )


def _proposed(cycle_id: uuid.UUID, *where: ColumnElement[bool]) -> list[Profile]:
    return list(
        db.session.scalars(
            select(Profile)
            .where(Profile.cycle_id == cycle_id, Profile.status == ProfileStatus.PROPOSED, *where)
            .order_by(Profile.id)
            .with_for_update()
        )
    )


def _holding(statement: CapabilityStatement) -> list[Profile]:
    there = set(
        db.session.scalars(
            select(ProfileCapability.profile_id).where(
                ProfileCapability.statement_id == statement.id,
                ProfileCapability.is_removed.is_(False),
            )
        )
    )
    return _proposed(statement.cycle_id, Profile.id.in_(there)) if there else []


def _take_out(
    profile: Profile,
    statement: CapabilityStatement,
    happening: Happening,
    actor: Actor,
    moment: datetime,
) -> None:
    member = member_for(profile, statement)
    if member is None:
        return
    told = f"{statement.code} was {happening.value}"
    heir = _heir(profile, member, statement) if happening == Happening.MERGED else None
    member.is_removed, member.reason = True, told
    lines = [(ChangeKind.REMOVED, statement.id, "")]
    if heir is not None:
        lines.append((ChangeKind.ADDED, heir.statement_id, PROFICIENCY_WORDS[heir.level]))
    for kind, statement_id, level in lines:
        note(
            profile=profile,
            kind=kind,
            statement_id=statement_id,
            after=level,
            reason=told,
            actor=actor,
            moment=moment,
        )


def _heir(
    profile: Profile, member: ProfileCapability, statement: CapabilityStatement
) -> ProfileCapability | None:
    """Let the statement that took the other in have its place; None where it is there already."""
    into = db.session.get_one(CapabilityStatement, statement.merged_into_id)
    if member_for(profile, into) is not None:
        return None
    heir = ProfileCapability(
        cycle_id=profile.cycle_id,
        profile_id=profile.id,
        statement_id=into.id,
        voted_level=None,
        level=member.level,
        reason=member.reason,
        why=dict(member.why),
    )
    db.session.add(heir)
    db.session.flush()
    return heir
