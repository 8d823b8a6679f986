"""What happens to a profile as a whole: ratified for good, withdrawn, put back."""

from datetime import datetime

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed
from cycles.profiles.checks import check_reason, lock, take
from cycles.profiles.models import Profile, ProfileStatus
from cycles.profiles.trail import ChangeKind, note

WITHDRAWN = EventType("profile.withdrawn", "code")
PUT_BACK = EventType("profile.put_back", "code")


def mark_ratified(*, profile: Profile, actor: Actor, moment: datetime) -> None:
    """Close the profile to every change. Part of an approval, which records the event."""
    profile.status, profile.ratified_at = ProfileStatus.RATIFIED, moment
    note(profile=profile, kind=ChangeKind.RATIFIED, actor=actor, moment=moment)


def withdraw(
    *, profile: Profile, reason: str, version: int, actor: Actor, moment: datetime
) -> None:
    """Withdraw a proposed profile with a reason. It can be put back."""
    take(profile, version)
    check_reason(reason, "Say why the profile is withdrawn.")
    profile.status, profile.withdrawn_reason = ProfileStatus.WITHDRAWN, reason
    note(profile=profile, kind=ChangeKind.WITHDRAWN, reason=reason, actor=actor, moment=moment)
    WITHDRAWN.record(
        actor=actor,
        moment=moment,
        cycle_id=profile.cycle_id,
        subject_id=profile.id,
        code=profile.code,
    )


def put_back(*, profile: Profile, actor: Actor, moment: datetime) -> None:
    """Propose a withdrawn profile again, as it was when it was withdrawn."""
    lock(profile)
    if profile.status != ProfileStatus.WITHDRAWN:
        raise Closed(f"{profile.code} is {profile.status.value}, not withdrawn.")
    profile.status, profile.withdrawn_reason = ProfileStatus.PROPOSED, ""
    note(profile=profile, kind=ChangeKind.PUT_BACK, actor=actor, moment=moment)
    PUT_BACK.record(
        actor=actor,
        moment=moment,
        cycle_id=profile.cycle_id,
        subject_id=profile.id,
        code=profile.code,
    )
