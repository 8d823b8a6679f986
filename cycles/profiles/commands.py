"""What the panel changes in a profile. Approvals are not known here: they are people's, above.

Every command locks the profile first (``checks.take``), which refuses one that is ratified or
withdrawn. Each says what its actor saw of the very thing it changes (``seen``: a capability's
version, a name), so that changes to different things never refuse each other. Undoing is in
``undoing``, moving in ``moving``, splitting and merging in ``reshaping``, ratifying in
``standing``.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from consensus.scale import AWARENESS, NOT_NEEDED, PROFICIENCY_WORDS
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.profiles import conflicts
from cycles.profiles.checks import (
    check_level,
    check_member,
    check_name,
    check_reason,
    check_statement,
    fresh_member,
    take,
)
from cycles.profiles.models import Profile, ProfileCapability
from cycles.profiles.trail import ChangeKind, note, standing_edits
from cycles.profiles.votes import Vote, freeze, vote_of
from cycles.statements.models import CapabilityStatement

CHANGED = EventType("profile.changed", "code", "kind", "capability", "other", "from_library")
TAKING_OUT = (ChangeKind.REMOVED, ChangeKind.MOVED_AWAY)
TAKEN_FROM = "taken_from"
"""What `why` names where a capability came with its profile from an earlier cycle."""
WHY_LEAVE = "Say why the panel leaves the agreed level."
WHY_REMOVE = "Say why this capability does not belong in the profile."
WHY_ADD = "Say why this capability belongs in the profile."


def change_level(
    *,
    profile: Profile,
    member: ProfileCapability,
    level: int,
    reason: str,
    seen: int,
    actor: Actor,
    moment: datetime,
) -> bool:
    """Give a capability another level; return whether anything changed.

    Leaving a level that was agreed or decided needs a reason; going back to it does not. The same
    level for the same reason again changes nothing, whatever was seen: a double click is harmless.
    """
    take(profile)
    member = fresh_member(profile, member)
    check_level(level)
    is_there = level == member.level and not member.is_removed
    if is_there and reason in ("", member.reason):
        return False
    check_member(profile, member, seen)
    vote = vote_of(member)
    leaves = vote is not None and vote.is_settled and level != member.voted_level
    check_reason(reason, WHY_LEAVE if leaves else "")
    before, member.level, member.reason = member.level, level, reason
    note_edit(profile, ChangeKind.LEVEL, member, levels=(before, level), actor=actor, moment=moment)
    return True


def add_capability(
    *,
    profile: Profile,
    statement: CapabilityStatement,
    level: int,
    reason: str,
    vote: Vote | None,
    actor: Actor,
    moment: datetime,
    is_from_library: bool = False,
) -> ProfileCapability:
    """Add a kept statement with its vote at this role level, or put a removed one back."""
    take(profile)
    check_statement(profile, statement)
    check_level(level)
    check_reason(reason, WHY_ADD)
    member = member_for(profile, statement)
    if member is not None and not member.is_removed:
        raise Invalid("That capability is in the profile already.")
    kind = ChangeKind.RESTORED if member else ChangeKind.ADDED
    before = member.level if member else 0
    member = member or new_member(profile, statement, vote)
    member.is_removed, member.level, member.reason = False, level, reason
    note_edit(
        profile,
        kind,
        member,
        levels=(before, level),
        actor=actor,
        moment=moment,
        **({"from_library": True} if is_from_library else {}),
    )
    return member


def remove_capability(
    *,
    profile: Profile,
    member: ProfileCapability,
    reason: str,
    seen: int,
    actor: Actor,
    moment: datetime,
) -> bool:
    """Take a capability out of the profile; it stays in the trail and can be put back.

    Needs a reason where its level was agreed or decided, unless the panel itself added it.
    Removing what is removed for the same reason changes nothing.
    """
    take(profile)
    member = fresh_member(profile, member)
    if member.is_removed and reason == member.reason:
        return False
    check_member(profile, member, seen)
    check_reason(reason, WHY_REMOVE if needs_reason_to_remove(member) else "")
    member.is_removed, member.reason = True, reason
    levels = (member.level, NOT_NEEDED)
    note_edit(profile, ChangeKind.REMOVED, member, levels=levels, actor=actor, moment=moment)
    return True


def needs_reason_to_remove(member: ProfileCapability) -> bool:
    """Say whether removing departs from a settled verdict: not where the panel had added it."""
    vote = vote_of(member)
    return bool(vote and vote.is_settled) and not member.is_added_by_panel


def restore_capability(
    *,
    profile: Profile,
    member: ProfileCapability,
    seen: int,
    actor: Actor,
    moment: datetime,
) -> bool:
    """Put a removed capability back at the level it had, for the reason it had that level.

    One that is in the profile already is left as it is.
    """
    take(profile)
    member = fresh_member(profile, member)
    if not member.is_removed:
        return False
    if member.version != seen:
        raise conflicts.on_capability(profile, member.statement_id)
    member.is_removed, member.reason = False, level_reason(profile, member)
    levels = (member.level, member.level)
    note_edit(profile, ChangeKind.RESTORED, member, levels=levels, actor=actor, moment=moment)
    return True


def rename(
    *,
    profile: Profile,
    name: str,
    reason: str,
    seen: str,
    actor: Actor,
    moment: datetime,
) -> bool:
    """Give the profile a name that no other of the cycle has; return whether it changed.

    ``seen`` is the name that the actor saw.
    """
    take(profile)
    tidy = " ".join(name.split())
    if tidy == profile.name:
        return False
    if profile.name != seen:
        raise conflicts.on_name(profile)
    check_reason(reason, "")
    check_name(profile, tidy)
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
    """Return the statement's row in the profile, removed or not, as the database has it now."""
    return db.session.scalar(
        select(ProfileCapability)
        .where(
            ProfileCapability.profile_id == profile.id,
            ProfileCapability.statement_id == statement.id,
        )
        .execution_options(populate_existing=True)
    )


def level_reason(profile: Profile, member: ProfileCapability) -> str:
    """Return the reason for the level that a removed capability had before it was removed."""
    own = [one for one in standing_edits(profile.id) if one.statement_id == member.statement_id]
    given = (one.reason for one in reversed(own) if one.kind not in TAKING_OUT)
    return next(given, first_reason(profile, member))


def first_reason(profile: Profile, member: ProfileCapability) -> str:
    """Return the reason that a capability came into the profile with, before anybody changed it."""
    came_along = bool(profile.seeded_from) and TAKEN_FROM in member.why
    return f"Taken over from {profile.seeded_from}" if came_along else ""


def record_change(
    profile: Profile,
    kind: ChangeKind,
    member: ProfileCapability | None,
    actor: Actor,
    moment: datetime,
    **facts: object,
) -> None:
    """Raise the profile's version, though only a member changed, and record the event."""
    raise_version(profile)
    CHANGED.record(
        actor=actor,
        moment=moment,
        cycle_id=profile.cycle_id,
        subject_id=profile.id,
        code=profile.code,
        kind=kind.value,
        capability=member.statement.code if member else "",
        **facts,
    )


def raise_version(profile: Profile) -> None:
    """Make the profile another version of itself, whatever of it changed."""
    flag_modified(profile, "name")
    db.session.flush()


def note_edit(
    profile: Profile,
    kind: ChangeKind,
    member: ProfileCapability,
    *,
    levels: tuple[int, int],
    actor: Actor,
    moment: datetime,
    **facts: object,
) -> None:
    """Write the line of a change to a capability, raise the version and record the event."""
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
    record_change(profile, kind, member, actor, moment, **facts)


def new_member(
    profile: Profile, statement: CapabilityStatement, vote: Vote | None
) -> ProfileCapability:
    """Return a new row for a statement that comes into the profile, with its vote frozen in."""
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
