"""What the panel changes in a profile. Approvals are not known here: they are people's, above.

Every command takes the profile first (``checks.take``), which refuses one that is ratified or
withdrawn, and a version older than the one that stands. Undoing is in ``undoing``, ratifying and
withdrawing in ``standing``.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from consensus.scale import AWARENESS, NOT_NEEDED, PROFICIENCY_WORDS
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid, Missing
from cycles.core.extensions import db
from cycles.profiles.checks import (
    check_level,
    check_member,
    check_name,
    check_reason,
    check_statement,
    take,
)
from cycles.profiles.models import Profile, ProfileCapability
from cycles.profiles.trail import ChangeKind, note
from cycles.profiles.votes import Vote, freeze, vote_of
from cycles.statements.models import CapabilityStatement

CHANGED = EventType("profile.changed", "code", "kind", "capability")


def change_level(
    *,
    profile: Profile,
    member: ProfileCapability,
    level: int,
    reason: str,
    version: int,
    actor: Actor,
    moment: datetime,
) -> bool:
    """Give a capability another level; return whether anything changed.

    Leaving a level that was agreed or decided needs a reason; going back to it does not.
    """
    take(profile, version)
    check_member(profile, member)
    check_level(level)
    vote = vote_of(member)
    leaves = vote is not None and vote.is_settled and level != member.voted_level
    check_reason(reason, "Say why the panel leaves the agreed level." if leaves else "")
    if level == member.level and reason in ("", member.reason):
        return False
    before, member.level, member.reason = member.level, level, reason
    _note_edit(
        profile, ChangeKind.LEVEL, member, levels=(before, level), actor=actor, moment=moment
    )
    return True


def add_capability(
    *,
    profile: Profile,
    statement: CapabilityStatement,
    level: int,
    reason: str,
    vote: Vote | None,
    version: int,
    actor: Actor,
    moment: datetime,
) -> ProfileCapability:
    """Add a kept statement with its vote at this role level, or put a removed one back."""
    take(profile, version)
    check_statement(profile, statement)
    check_level(level)
    check_reason(reason, "Say why this capability belongs in the profile.")
    member = member_for(profile, statement)
    if member is not None and not member.is_removed:
        raise Invalid("That capability is in the profile already.")
    kind = ChangeKind.RESTORED if member else ChangeKind.ADDED
    before = member.level if member else 0
    member = member or _new_member(profile, statement, vote)
    member.is_removed, member.level, member.reason = False, level, reason
    _note_edit(profile, kind, member, levels=(before, level), actor=actor, moment=moment)
    return member


def remove_capability(
    *,
    profile: Profile,
    member: ProfileCapability,
    reason: str,
    version: int,
    actor: Actor,
    moment: datetime,
) -> None:
    """Take a capability out of the profile; it stays in the trail and can be put back."""
    take(profile, version)
    check_member(profile, member)
    check_reason(reason, "Say why this capability does not belong in the profile.")
    member.is_removed, member.reason = True, reason
    levels = (member.level, NOT_NEEDED)
    _note_edit(profile, ChangeKind.REMOVED, member, levels=levels, actor=actor, moment=moment)


def restore_capability(
    *,
    profile: Profile,
    member: ProfileCapability,
    version: int,
    actor: Actor,
    moment: datetime,
) -> None:
    """Put a removed capability back at the level it had."""
    take(profile, version)
    if member.profile_id != profile.id or not member.is_removed:
        raise Missing("That capability was not removed from this profile.")
    member.is_removed, member.reason = False, ""
    levels = (member.level, member.level)
    _note_edit(profile, ChangeKind.RESTORED, member, levels=levels, actor=actor, moment=moment)


def rename(
    *,
    profile: Profile,
    name: str,
    reason: str,
    version: int,
    actor: Actor,
    moment: datetime,
) -> bool:
    """Give the profile a name that no other of the cycle has; return whether it changed."""
    take(profile, version)
    tidy = " ".join(name.split())
    check_reason(reason, "")
    check_name(profile, tidy)
    if tidy == profile.name:
        return False
    before, profile.name, profile.is_name_suggested = profile.name, tidy, False
    note(
        profile=profile,
        kind=ChangeKind.RENAMED,
        before=before,
        after=tidy,
        reason=reason,
        actor=actor,
        moment=moment,
    )
    record_change(profile, ChangeKind.RENAMED, None, actor, moment)
    return True


def member_for(profile: Profile, statement: CapabilityStatement) -> ProfileCapability | None:
    """Return the statement's row in the profile, removed or not."""
    return db.session.scalar(
        select(ProfileCapability).where(
            ProfileCapability.profile_id == profile.id,
            ProfileCapability.statement_id == statement.id,
        )
    )


def record_change(
    profile: Profile,
    kind: ChangeKind,
    member: ProfileCapability | None,
    actor: Actor,
    moment: datetime,
) -> None:
    """Raise the profile's version, though only a member changed, and record the event."""
    flag_modified(profile, "name")
    db.session.flush()
    CHANGED.record(
        actor=actor,
        moment=moment,
        cycle_id=profile.cycle_id,
        subject_id=profile.id,
        code=profile.code,
        kind=kind.value,
        capability=member.statement.code if member else "",
    )


def _note_edit(
    profile: Profile,
    kind: ChangeKind,
    member: ProfileCapability,
    *,
    levels: tuple[int, int],
    actor: Actor,
    moment: datetime,
) -> None:
    before, after = levels
    note(
        profile=profile,
        kind=kind,
        statement_id=member.statement_id,
        before=PROFICIENCY_WORDS[before] if before else "",
        after=PROFICIENCY_WORDS[after] if after else "",
        reason=member.reason,
        actor=actor,
        moment=moment,
    )
    record_change(profile, kind, member, actor, moment)


def _new_member(
    profile: Profile, statement: CapabilityStatement, vote: Vote | None
) -> ProfileCapability:
    member = ProfileCapability(
        cycle_id=profile.cycle_id,
        profile_id=profile.id,
        statement=statement,
        is_added_by_panel=True,
        level=AWARENESS,
        why={},
    )
    freeze(member, vote)
    db.session.add(member)
    db.session.flush()
    return member
