"""Undoing: a change of a proposed profile is taken back while nobody changed the same thing since.

A move is undone in both profiles at once, from either of them.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consensus.scale import PROFICIENCY_WORDS
from cycles.core.audit import Actor
from cycles.core.errors import Invalid, Missing
from cycles.core.extensions import db
from cycles.profiles import conflicts
from cycles.profiles.checks import take
from cycles.profiles.commands import first_reason, raise_version, record_change
from cycles.profiles.models import Profile, ProfileCapability, ProfileChange
from cycles.profiles.moving import reason_of
from cycles.profiles.trail import ChangeKind, note, standing_edits, was_name_suggested

COUNTERPARTS: dict[str, ChangeKind] = {
    ChangeKind.MOVED_AWAY: ChangeKind.MOVED_HERE,
    ChangeKind.MOVED_HERE: ChangeKind.MOVED_AWAY,
}


@dataclass(frozen=True)
class Undone:
    """The change that was taken back, and the other profile where it was a move."""

    change: ProfileChange
    other: Profile | None


def undo_last(*, profile: Profile, seen: int, actor: Actor, moment: datetime) -> Undone | None:
    """Take back the change with the number ``seen``; None where that was done already.

    It has to be the latest change that stands of its own thing, a capability or the name. What
    others changed elsewhere in the profile meanwhile stays.
    """
    change = _change(profile, seen)
    other = _other_end(change)
    take(profile, *([other] if other else []))
    edits = standing_edits(profile.id)
    if change not in edits:
        return None
    _take_back(profile, change, edits, actor, moment)
    if other is not None:
        twin, its_edits = _twin(other, change)
        _take_back(other, twin, its_edits, actor, moment)
        raise_version(other)
    facts = {"other": other.code} if other else {}
    record_change(profile, ChangeKind.UNDONE, None, actor, moment, **facts)
    return Undone(change, other)


def _change(profile: Profile, number: int) -> ProfileChange:
    change = db.session.scalar(
        select(ProfileChange).where(
            ProfileChange.profile_id == profile.id, ProfileChange.number == number
        )
    )
    if change is None:
        take(profile)
        raise Invalid("There is no change to undo.")
    return change


def _other_end(change: ProfileChange) -> Profile | None:
    return change.other_profile if change.kind in COUNTERPARTS else None


def _twin(other: Profile, change: ProfileChange) -> tuple[ProfileChange, list[ProfileChange]]:
    """Return the other profile's line of the same move; refuse where more was done there since."""
    edits = standing_edits(other.id)
    own = [one for one in edits if one.statement_id == change.statement_id]
    is_twin = (
        own
        and own[-1].kind == COUNTERPARTS[change.kind]
        and own[-1].other_profile_id == change.profile_id
    )
    if not is_twin:
        raise conflicts.on_undoing(other, change)
    return own[-1], edits


def _take_back(
    profile: Profile,
    change: ProfileChange,
    edits: Sequence[ProfileChange],
    actor: Actor,
    moment: datetime,
) -> None:
    own = [one for one in edits if one.statement_id == change.statement_id]
    if own[-1].number != change.number:
        raise conflicts.on_undoing(profile, change)
    if change.kind == ChangeKind.RENAMED:
        profile.name = change.before
        profile.is_name_suggested = len(own) == 1 and was_name_suggested(profile)
    else:
        member = _member_of(profile, change.statement_id)
        member.reason = reason_of(own[-2]) if len(own) > 1 else first_reason(profile, member)
        REVERSALS[change.kind](member, change)
    note(
        profile=profile,
        kind=ChangeKind.UNDONE,
        statement_id=change.statement_id,
        before=change.after,
        after=change.before,
        reason=f"Undid: {change.kind}",
        undoes=change.number,
        actor=actor,
        moment=moment,
    )


def _member_of(profile: Profile, statement_id: uuid.UUID | None) -> ProfileCapability:
    member = db.session.scalar(
        select(ProfileCapability)
        .where(
            ProfileCapability.profile_id == profile.id,
            ProfileCapability.statement_id == statement_id,
        )
        .execution_options(populate_existing=True)
    )
    if member is None:
        raise Missing("That capability is not in this profile.")
    return member


def _level_back(member: ProfileCapability, change: ProfileChange) -> None:
    member.level = PROFICIENCY_WORDS.index(change.before)


def _take_out(member: ProfileCapability, change: ProfileChange) -> None:
    if change.before:
        _remove_again(member, change)
    else:
        # Nothing stood here before the addition; the trail alone remembers it.
        db.session.delete(member)


def _put_in(member: ProfileCapability, _change: ProfileChange) -> None:
    member.is_removed = False


def _remove_again(member: ProfileCapability, change: ProfileChange) -> None:
    member.is_removed = True
    member.level = PROFICIENCY_WORDS.index(change.before)


REVERSALS: dict[str, Callable[[ProfileCapability, ProfileChange], None]] = {
    ChangeKind.LEVEL: _level_back,
    ChangeKind.ADDED: _take_out,
    ChangeKind.REMOVED: _put_in,
    ChangeKind.RESTORED: _remove_again,
    ChangeKind.MOVED_AWAY: _put_in,
    ChangeKind.MOVED_HERE: _take_out,
    ChangeKind.JOINED: _take_out,
}
