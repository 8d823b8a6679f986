"""The employer panel at work: every change sets the approvals aside, enough approvals ratify.

What changes within a profile is commanded in ``cycles.profiles``; here stand the people: whether
the panel sits, who has approved, and how many it takes. Each command returns what to tell them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, cast

from sqlalchemy import delete, select

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.people.models import Participant
from cycles.profiles import commands as edits
from cycles.profiles import standing, undoing
from cycles.profiles.checks import take
from cycles.profiles.models import Profile, ProfileCapability
from cycles.profiles.trail import ChangeKind, note
from cycles.setup.queries import get_cycle
from cycles.statements.models import CapabilityStatement
from workshop.ratification.models import Approval
from workshop.ratification.queries import (
    approvals_needed,
    approvals_of,
    why_closed,
    why_not_at_stage,
)
from workshop.ratification.votes import votes_of

APPROVED = EventType("profile.approved", "code", "approvals", "needed", "is_ratified")
TAKEN_BACK = EventType("profile.approval_taken_back", "code")
P = ParamSpec("P")


@dataclass(frozen=True)
class Outcome:
    """What a change did: whether anything changed, and how many approvals it set aside."""

    is_changed: bool
    set_aside: int

    @property
    def sentence(self) -> str:
        """Return what to tell the person who made the change."""
        if not self.is_changed:
            return "Nothing changed."
        if not self.set_aside:
            return "Saved."
        many = "1 approval was" if self.set_aside == 1 else f"{self.set_aside} approvals were"
        return f"Saved. {many} set aside: the profile has to be approved as it now stands."


def _of_the_panel(edit: Callable[P, object]) -> Callable[P, Outcome]:
    """Make an edit of a profile one of the panel's: only while it sits, approvals set aside."""

    @wraps(edit)
    def command(*args: P.args, **kwargs: P.kwargs) -> Outcome:
        profile, actor, moment = (
            cast(Any, kwargs[name]) for name in ("profile", "actor", "moment")
        )
        check_sitting(profile)
        if edit(*args, **kwargs) is False:
            return Outcome(is_changed=False, set_aside=0)
        return Outcome(is_changed=True, set_aside=_set_aside(profile, actor, moment))

    return command


change_level = _of_the_panel(edits.change_level)
remove_capability = _of_the_panel(edits.remove_capability)
restore_capability = _of_the_panel(edits.restore_capability)
rename = _of_the_panel(edits.rename)
undo_last = _of_the_panel(undoing.undo_last)
_add_capability = _of_the_panel(edits.add_capability)


def add_capability(
    *,
    profile: Profile,
    statement: CapabilityStatement,
    level: int,
    reason: str,
    version: int,
    actor: Actor,
    moment: datetime,
) -> Outcome:
    """Add a kept capability with a reason; its vote at this role level comes with it."""
    return _add_capability(
        profile=profile,
        statement=statement,
        level=level,
        reason=reason,
        vote=votes_of(profile.cycle_id).get((statement.id, profile.role_level_id)),
        version=version,
        actor=actor,
        moment=moment,
    )


def set_back(
    *,
    profile: Profile,
    member: ProfileCapability,
    version: int,
    actor: Actor,
    moment: datetime,
) -> Outcome:
    """Give a capability the level back that held before the panel began."""
    if member.voted_level is None:
        raise Invalid("There is no vote to set this capability back to.")
    return change_level(
        profile=profile,
        member=member,
        level=member.voted_level,
        reason="",
        version=version,
        actor=actor,
        moment=moment,
    )


def approve(
    *,
    profile: Profile,
    participant: Participant,
    version: int,
    actor: Actor,
    moment: datetime,
) -> bool:
    """Approve the profile as it stands; return whether that ratified it."""
    check_sitting(profile)
    take(profile, version)
    _check_panel(participant)
    if not any(one.participant_id == participant.id for one in approvals_of(profile.id)):
        _put_approval(profile, participant, moment)
        note(profile=profile, kind=ChangeKind.APPROVED, actor=actor, moment=moment)
    approvals, needed = len(approvals_of(profile.id)), approvals_needed(profile.cycle_id)
    if approvals >= needed:
        standing.mark_ratified(profile=profile, actor=actor, moment=moment)
    APPROVED.record(
        actor=actor,
        moment=moment,
        cycle_id=profile.cycle_id,
        subject_id=profile.id,
        code=profile.code,
        approvals=approvals,
        needed=needed,
        is_ratified=approvals >= needed,
    )
    return approvals >= needed


def take_back(
    *,
    profile: Profile,
    participant: Participant,
    version: int,
    actor: Actor,
    moment: datetime,
) -> None:
    """Take one's own approval back while the profile is still proposed."""
    check_sitting(profile)
    take(profile, version)
    mine = db.session.scalar(
        select(Approval).where(
            Approval.profile_id == profile.id, Approval.participant_id == participant.id
        )
    )
    if mine is None:
        raise Invalid("You have not approved this profile.")
    db.session.delete(mine)
    note(profile=profile, kind=ChangeKind.TAKEN_BACK, actor=actor, moment=moment)
    TAKEN_BACK.record(
        actor=actor,
        moment=moment,
        cycle_id=profile.cycle_id,
        subject_id=profile.id,
        code=profile.code,
    )


def withdraw(
    *,
    profile: Profile,
    reason: str,
    is_convener: bool,
    version: int,
    actor: Actor,
    moment: datetime,
) -> None:
    """Withdraw a profile with a reason. A convener may once the panel has stopped sitting."""
    _check_may_stand(profile, is_convener)
    standing.withdraw(profile=profile, reason=reason, version=version, actor=actor, moment=moment)
    _set_aside(profile, actor, moment)


def put_back(*, profile: Profile, is_convener: bool, actor: Actor, moment: datetime) -> None:
    """Propose a withdrawn profile again."""
    _check_may_stand(profile, is_convener)
    standing.put_back(profile=profile, actor=actor, moment=moment)


def check_sitting(profile: Profile) -> None:
    """Raise ``Closed`` unless the panel may work on the profile now."""
    _refuse(why_closed(get_cycle(profile.cycle_id)))


def _check_may_stand(profile: Profile, is_convener: bool) -> None:
    cycle = get_cycle(profile.cycle_id)
    _refuse(why_not_at_stage(cycle) if is_convener else why_closed(cycle))


def _refuse(reason: str | None) -> None:
    if reason is not None:
        raise Closed(reason)


def _check_panel(participant: Participant) -> None:
    if not participant.is_on_panel or participant.withdrawn_at is not None:
        raise Closed("Only members of the employer panel approve profiles.")


def _put_approval(profile: Profile, participant: Participant, moment: datetime) -> None:
    db.session.add(
        Approval(
            cycle_id=profile.cycle_id,
            profile_id=profile.id,
            participant_id=participant.id,
            approved_at=moment,
        )
    )
    db.session.flush()


def _set_aside(profile: Profile, actor: Actor, moment: datetime) -> int:
    gone = db.session.scalars(
        delete(Approval).where(Approval.profile_id == profile.id).returning(Approval.id)
    ).all()
    if gone:
        note(
            profile=profile,
            kind=ChangeKind.SET_ASIDE,
            before=str(len(gone)),
            actor=actor,
            moment=moment,
        )
    return len(gone)
