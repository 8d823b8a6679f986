"""What the panel changes in profiles: each change sets the answers to what it changed aside.

The edits themselves are commanded in ``cycles.profiles``; here stand the people and the votes.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, cast

from cycles.core.audit import Actor
from cycles.library.models import LibraryStatement
from cycles.profiles import commands as edits
from cycles.profiles import moving, reshaping, undoing
from cycles.profiles.checks import check_level, check_reason, take
from cycles.profiles.models import Profile, ProfileCapability
from cycles.statements.models import CapabilityStatement
from workshop.ratification.from_library import statement_of
from workshop.ratification.sitting import NOTHING, Outcome, check_sitting, set_aside
from workshop.ratification.votes import votes_of

P = ParamSpec("P")


def _of_the_panel(edit: Callable[P, bool]) -> Callable[P, Outcome]:
    """Make an edit of a profile one of the panel's: only while it sits, answers set aside."""

    @wraps(edit)
    def command(*args: P.args, **kwargs: P.kwargs) -> Outcome:
        profile, actor, moment = (
            cast(Any, kwargs[name]) for name in ("profile", "actor", "moment")
        )
        check_sitting(profile)
        if not edit(*args, **kwargs):
            return NOTHING
        return set_aside(profile, actor=actor, moment=moment)

    return command


change_level = _of_the_panel(edits.change_level)
remove_capability = _of_the_panel(edits.remove_capability)
restore_capability = _of_the_panel(edits.restore_capability)
rename = _of_the_panel(edits.rename)


def add_capability(
    *,
    profile: Profile,
    statement: CapabilityStatement,
    level: int,
    reason: str,
    actor: Actor,
    moment: datetime,
    is_from_library: bool = False,
) -> Outcome:
    """Add a kept capability with a reason; its vote at this role level comes with it."""
    check_sitting(profile)
    edits.add_capability(
        profile=profile,
        statement=statement,
        level=level,
        reason=reason,
        vote=votes_of(profile.cycle_id).get((statement.id, profile.role_level_id)),
        is_from_library=is_from_library,
        actor=actor,
        moment=moment,
    )
    return set_aside(profile, actor=actor, moment=moment)


def add_from_library(
    *,
    profile: Profile,
    record: LibraryStatement,
    level: int,
    reason: str,
    actor: Actor,
    moment: datetime,
) -> Outcome:
    """Add a capability of the library: the cycle's statement that says it, or else a new one."""
    check_sitting(profile, holds_codes=True)
    take(profile)
    check_level(level)
    check_reason(reason, edits.WHY_ADD)
    statement = statement_of(record, cycle_id=profile.cycle_id, actor=actor, moment=moment)
    return add_capability(
        profile=profile,
        statement=statement,
        level=level,
        reason=reason,
        is_from_library=True,
        actor=actor,
        moment=moment,
    )


def move_capability(
    *,
    profile: Profile,
    member: ProfileCapability,
    to: Profile,
    reason: str,
    seen: int,
    actor: Actor,
    moment: datetime,
) -> Outcome:
    """Move a capability to another profile; the answers to both are set aside."""
    check_sitting(profile)
    vote = votes_of(profile.cycle_id).get((member.statement_id, to.role_level_id))
    is_moved = moving.move_capability(
        profile=profile,
        member=member,
        to=to,
        vote=vote,
        reason=reason,
        seen=seen,
        actor=actor,
        moment=moment,
    )
    return set_aside(profile, to, actor=actor, moment=moment) if is_moved else NOTHING


def undo_last(*, profile: Profile, seen: int, actor: Actor, moment: datetime) -> Outcome:
    """Take back the change with the number ``seen``, in both profiles where it was a move."""
    check_sitting(profile)
    undone = undoing.undo_last(profile=profile, seen=seen, actor=actor, moment=moment)
    if undone is None:
        return NOTHING
    touched = [profile, undone.other] if undone.other else [profile]
    return set_aside(*touched, actor=actor, moment=moment)


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
    """Split some capabilities off into a new profile, and return that."""
    check_sitting(profile, holds_codes=True)
    new = reshaping.split_profile(
        profile=profile,
        members=members,
        name=name,
        reason=reason,
        version=version,
        actor=actor,
        moment=moment,
    )
    set_aside(profile, actor=actor, moment=moment)
    return new


def merge_profiles(
    *,
    profile: Profile,
    into: Profile,
    reason: str,
    version: int,
    actor: Actor,
    moment: datetime,
) -> Profile:
    """Merge a profile into another, which is returned; the first is withdrawn."""
    check_sitting(profile)
    reshaping.merge_profiles(
        profile=profile, into=into, reason=reason, version=version, actor=actor, moment=moment
    )
    set_aside(profile, into, actor=actor, moment=moment)
    return into
