"""What happens to a profile as a whole: ratified, reopened, withdrawn, put back."""

from collections.abc import Sequence
from datetime import datetime

from consensus.ratifying import PanelRule
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed
from cycles.profiles.checks import check_reason, check_seen, lock
from cycles.profiles.models import Profile, ProfileStatus, ProfileVersion
from cycles.profiles.trail import ChangeKind, note
from cycles.profiles.versions import freeze_version

WITHDRAWN = EventType("profile.withdrawn", "code", "was_ratified")
PUT_BACK = EventType("profile.put_back", "code")
REOPENED = EventType("profile.reopened", "code")


def mark_ratified(
    *,
    profile: Profile,
    approvals: int,
    objections: Sequence[str],
    quorum: int,
    rule: PanelRule,
    actor: Actor,
    moment: datetime,
) -> ProfileVersion:
    """Freeze a version of the profile and close it to every change; return the version.

    Part of an answer of the panel, which records the event. ``objections`` are the reasons that
    stood against it.
    """
    version = freeze_version(
        profile=profile,
        approvals=approvals,
        objections=objections,
        quorum=quorum,
        rule=rule,
        moment=moment,
    )
    profile.status, profile.ratified_at = ProfileStatus.RATIFIED, moment
    note(profile=profile, kind=ChangeKind.RATIFIED, actor=actor, moment=moment)
    return version


def reopen(*, profile: Profile, reason: str, version: int, actor: Actor, moment: datetime) -> None:
    """Propose a ratified profile again, with a reason. What was ratified stays as its version."""
    lock(profile)
    if profile.status != ProfileStatus.RATIFIED:
        raise Closed(f"{profile.code} is {profile.status.value}, not ratified.")
    check_seen(profile, version)
    check_reason(reason, "Say why the profile is reopened.")
    profile.status, profile.ratified_at = ProfileStatus.PROPOSED, None
    note(profile=profile, kind=ChangeKind.REOPENED, reason=reason, actor=actor, moment=moment)
    REOPENED.record(
        actor=actor,
        moment=moment,
        cycle_id=profile.cycle_id,
        subject_id=profile.id,
        code=profile.code,
    )


def withdraw(
    *, profile: Profile, reason: str, version: int, actor: Actor, moment: datetime
) -> None:
    """Withdraw a proposed or ratified profile with a reason. It can be put back."""
    lock(profile)
    if profile.status == ProfileStatus.WITHDRAWN:
        raise Closed(f"{profile.code} is withdrawn already.")
    check_seen(profile, version)
    check_reason(reason, "Say why the profile is withdrawn.")
    was_ratified = profile.status == ProfileStatus.RATIFIED
    profile.status, profile.withdrawn_reason = ProfileStatus.WITHDRAWN, reason
    profile.ratified_at = None
    note(profile=profile, kind=ChangeKind.WITHDRAWN, reason=reason, actor=actor, moment=moment)
    WITHDRAWN.record(
        actor=actor,
        moment=moment,
        cycle_id=profile.cycle_id,
        subject_id=profile.id,
        code=profile.code,
        was_ratified=was_ratified,
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
