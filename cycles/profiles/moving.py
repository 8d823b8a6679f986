"""Moving a capability from one profile to another, in both trails at once."""

from dataclasses import dataclass
from datetime import datetime

from consensus.scale import PROFICIENCY_WORDS
from cycles.core.audit import Actor
from cycles.core.errors import Invalid
from cycles.profiles.checks import check_member, check_reason, fresh_member, take
from cycles.profiles.commands import member_for, new_member, raise_version, record_change
from cycles.profiles.models import Profile, ProfileCapability, ProfileChange
from cycles.profiles.trail import ChangeKind, note
from cycles.profiles.votes import Vote, freeze, vote_of

WHY_LEVEL = "Say why this capability belongs to another role level."


@dataclass(frozen=True)
class Passage:
    """From which profile to which something goes, why, by whom and when. Both are locked."""

    source: Profile
    to: Profile
    reason: str
    actor: Actor
    moment: datetime

    @property
    def is_within_level(self) -> bool:
        """Say whether both profiles are of one role level, so that the same verdicts hold."""
        return self.source.role_level_id == self.to.role_level_id

    @property
    def said(self) -> str:
        """Return what stands beside a capability that went away."""
        return _said(self.to.code, self.reason)

    def note(self, kind: ChangeKind, *, is_source: bool, after: str = "") -> None:
        """Write what was done to the profiles as such into the trail of one of them."""
        here, there = (self.source, self.to) if is_source else (self.to, self.source)
        note(
            profile=here,
            kind=kind,
            after=after,
            reason=self.reason,
            other=there,
            actor=self.actor,
            moment=self.moment,
        )


def reason_of(change: ProfileChange) -> str:
    """Return the reason that stands beside a capability after this change of it."""
    if change.kind == ChangeKind.MOVED_AWAY and change.other_profile is not None:
        return _said(change.other_profile.code, change.reason)
    return change.reason


def _said(code: str, reason: str) -> str:
    return f"Moved to {code}. {reason}".strip()


def move_capability(
    *,
    profile: Profile,
    member: ProfileCapability,
    to: Profile,
    vote: Vote | None,
    reason: str,
    seen: int,
    actor: Actor,
    moment: datetime,
) -> bool:
    """Move a capability with its level into another proposed profile; return whether it moved.

    Within a role level its vote goes along and no reason is asked: the verdict still holds. To
    another role level a reason is needed, and ``vote`` is what was voted there.
    """
    check_other(profile, to)
    take(profile, to)
    passage = Passage(profile, to, reason, actor, moment)
    member = fresh_member(profile, member)
    arrived = member_for(to, member.statement)
    is_there = arrived is not None and not arrived.is_removed
    if is_there and member.is_removed and member.reason == passage.said:
        return False
    check_member(profile, member, seen)
    check_reason(reason, "" if passage.is_within_level else WHY_LEVEL)
    if is_there:
        raise Invalid(f"{to.code} has that capability already. Remove it here instead.")
    put_in(passage, member, ChangeKind.MOVED_HERE, vote)
    take_out(passage, member)
    raise_version(to)
    record_change(profile, ChangeKind.MOVED_AWAY, member, actor, moment, other=to.code)
    return True


def check_other(profile: Profile, other: Profile) -> None:
    """Refuse the profile itself and one of another cycle as the other end."""
    if other.id == profile.id or other.cycle_id != profile.cycle_id:
        raise Invalid("Choose another profile of this cycle.", to="Choose another profile.")


def take_out(passage: Passage, member: ProfileCapability) -> None:
    """Mark a capability removed because it goes to the other profile, and note it."""
    member.is_removed, member.reason = True, passage.said
    note(
        profile=passage.source,
        kind=ChangeKind.MOVED_AWAY,
        statement_id=member.statement_id,
        before=PROFICIENCY_WORDS[member.level],
        reason=passage.reason,
        other=passage.to,
        actor=passage.actor,
        moment=passage.moment,
    )


def put_in(
    passage: Passage, member: ProfileCapability, kind: ChangeKind, vote: Vote | None = None
) -> None:
    """Put a capability of the source into the other profile at its level, and note it there.

    ``vote`` counts at another role level only. What was removed from there before is put back: it
    keeps the vote that it was there with, so that an undo leaves it as it was.
    """
    there = member_for(passage.to, member.statement)
    before = PROFICIENCY_WORDS[there.level] if there else ""
    if there is None:
        there = new_member(passage.to, member.statement, None)
        freeze(there, vote_of(member) if passage.is_within_level else vote)
        there.is_added_by_panel = member.is_added_by_panel or not passage.is_within_level
    there.reason = member.reason if passage.is_within_level else passage.reason
    there.is_removed, there.level = False, member.level
    note(
        profile=passage.to,
        kind=kind,
        statement_id=there.statement_id,
        before=before,
        after=PROFICIENCY_WORDS[there.level],
        reason=there.reason,
        other=passage.source,
        actor=passage.actor,
        moment=passage.moment,
    )
