"""Undoing: the latest standing change of a proposed profile is taken back, one at a time."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from consensus.scale import PROFICIENCY_WORDS
from cycles.core.audit import Actor
from cycles.core.errors import Invalid, Missing
from cycles.core.extensions import db
from cycles.profiles.checks import take
from cycles.profiles.commands import record_change
from cycles.profiles.models import Profile, ProfileCapability, ProfileChange
from cycles.profiles.trail import ChangeKind, note, standing_edits


def undo_last(*, profile: Profile, version: int, actor: Actor, moment: datetime) -> ProfileChange:
    """Take back the latest change that stands and return it; refuse where there is none."""
    take(profile, version)
    edits = standing_edits(profile.id)
    if not edits:
        raise Invalid("There is no change to undo.")
    last, earlier = edits[-1], edits[:-1]
    if last.kind == ChangeKind.RENAMED:
        profile.name = last.before
        profile.is_name_suggested = all(one.kind != ChangeKind.RENAMED for one in earlier)
    else:
        _reverse_member(profile, last, earlier)
    note(
        profile=profile,
        kind=ChangeKind.UNDONE,
        statement_id=last.statement_id,
        before=last.after,
        after=last.before,
        reason=f"Undid: {last.kind}",
        actor=actor,
        moment=moment,
    )
    record_change(profile, ChangeKind.UNDONE, None, actor, moment)
    return last


def _reverse_member(profile: Profile, last: ProfileChange, earlier: list[ProfileChange]) -> None:
    member = db.session.scalar(
        select(ProfileCapability).where(
            ProfileCapability.profile_id == profile.id,
            ProfileCapability.statement_id == last.statement_id,
        )
    )
    if member is None:
        raise Missing("That capability is not in this profile.")
    member.reason = next(
        (one.reason for one in reversed(earlier) if one.statement_id == last.statement_id), ""
    )
    REVERSALS[last.kind](member, last)


def _level_back(member: ProfileCapability, change: ProfileChange) -> None:
    member.level = PROFICIENCY_WORDS.index(change.before)


def _take_out(member: ProfileCapability, _change: ProfileChange) -> None:
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
}
