"""Splitting a profile in two, and merging two into one. Each is in both trails."""

from collections.abc import Sequence
from datetime import datetime

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.profiles.checks import (
    check_new_name,
    check_reason,
    check_seen,
    fresh_member,
    take,
)
from cycles.profiles.codes import code_of, hold_codes, next_number
from cycles.profiles.commands import member_for, raise_version
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.profiles.moving import Passage, check_other, put_in, take_out
from cycles.profiles.queries import members_of
from cycles.profiles.trail import ChangeKind

SPLIT = EventType("profile.split", "code", "into", "capabilities")
MERGED = EventType("profile.merged", "code", "into", "joined")


def split_profile(
    *,
    profile: Profile,
    members: Sequence[ProfileCapability],
    name: str,
    reason: str,
    version: int,
    actor: Actor,
    moment: datetime,
) -> Profile:
    """Move some capabilities of a profile into a new one of the same role level; return that.

    At least one goes and at least one stays. The new profile has the partner of the old one.
    """
    hold_codes(profile.cycle_id)
    take(profile)
    check_seen(profile, version)
    check_reason(reason, "")
    tidy = " ".join(name.split())
    check_new_name(profile.cycle_id, tidy)
    chosen = _chosen(profile, members)
    passage = Passage(profile, _new_profile(profile, tidy), reason, actor, moment)
    passage.note(ChangeKind.SPLIT_OFF, is_source=False, after=tidy)
    for member in chosen:
        put_in(passage, member, ChangeKind.MOVED_HERE)
        take_out(passage, member)
    many = "1 capability" if len(chosen) == 1 else f"{len(chosen)} capabilities"
    passage.note(ChangeKind.SPLIT, is_source=True, after=many)
    raise_version(profile)
    SPLIT.record(
        actor=actor,
        moment=moment,
        cycle_id=profile.cycle_id,
        subject_id=profile.id,
        code=profile.code,
        into=passage.to.code,
        capabilities=len(chosen),
    )
    return passage.to


def merge_profiles(
    *,
    profile: Profile,
    into: Profile,
    reason: str,
    version: int,
    actor: Actor,
    moment: datetime,
) -> Profile:
    """Withdraw a profile, and let its capabilities join ``into`` where it lacks them; return that.

    Both are of one role level and proposed. Where both hold a capability, the level that ``into``
    gives it stays.
    """
    check_other(profile, into)
    take(profile, into)
    check_seen(profile, version)
    check_reason(reason, "")
    if profile.role_level_id != into.role_level_id:
        raise Invalid("Only profiles of the same role level can be merged.", into="Choose another.")
    passage = Passage(profile, into, reason, actor, moment)
    joining = [one for one in members_of(profile.id) if _lacks(into, one)]
    for member in joining:
        put_in(passage, member, ChangeKind.JOINED)
    passage.note(ChangeKind.TOOK_IN, is_source=False)
    profile.status = ProfileStatus.WITHDRAWN
    profile.withdrawn_reason = f"Merged into {into.code}. {reason}".strip()
    passage.note(ChangeKind.MERGED, is_source=True)
    raise_version(into)
    MERGED.record(
        actor=actor,
        moment=moment,
        cycle_id=profile.cycle_id,
        subject_id=profile.id,
        code=profile.code,
        into=into.code,
        joined=len(joining),
    )
    return into


def _chosen(profile: Profile, members: Sequence[ProfileCapability]) -> list[ProfileCapability]:
    wanted = {fresh_member(profile, one).id for one in members}
    held = members_of(profile.id)
    chosen = [one for one in held if one.id in wanted]
    if not chosen:
        sentence = "Choose the capabilities that go into the new profile."
        raise Invalid(sentence, members=sentence)
    if len(chosen) == len(held):
        sentence = "Leave at least one capability where it is. Or rename the profile."
        raise Invalid(sentence, members=sentence)
    return chosen


def _new_profile(profile: Profile, name: str) -> Profile:
    new = Profile(
        cycle_id=profile.cycle_id,
        generation_id=profile.generation_id,
        role_level_id=profile.role_level_id,
        partner_id=profile.partner_id,
        code=code_of(next_number(profile.cycle_id)),
        name=name,
        is_name_suggested=False,
    )
    db.session.add(new)
    db.session.flush()
    return new


def _lacks(into: Profile, member: ProfileCapability) -> bool:
    there = member_for(into, member.statement)
    return there is None or there.is_removed
