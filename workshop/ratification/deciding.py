"""What becomes of a profile as a whole: withdrawn, put back, reopened."""

from datetime import datetime

from cycles.core.audit import Actor
from cycles.core.errors import Closed
from cycles.profiles import standing
from cycles.profiles.checks import lock
from cycles.profiles.models import Profile, ProfileStatus
from workshop.ratification.sitting import check_at_stage, check_may_stand, set_aside


def withdraw(
    *,
    profile: Profile,
    reason: str,
    is_convener: bool,
    version: int,
    actor: Actor,
    moment: datetime,
) -> None:
    """Withdraw a profile with a reason. A convener may once the panel has stopped sitting.

    What the panel ratified, no member of it undoes alone: that one only a convener withdraws.
    """
    check_may_stand(profile, is_convener)
    lock(profile)
    if profile.status == ProfileStatus.RATIFIED and not is_convener:
        raise Closed(f"{profile.code} is ratified. Only a convener can reopen or withdraw it.")
    standing.withdraw(profile=profile, reason=reason, version=version, actor=actor, moment=moment)
    set_aside(profile, actor=actor, moment=moment)


def put_back(*, profile: Profile, is_convener: bool, actor: Actor, moment: datetime) -> None:
    """Propose a withdrawn profile again."""
    check_may_stand(profile, is_convener)
    standing.put_back(profile=profile, actor=actor, moment=moment)


def reopen(*, profile: Profile, reason: str, version: int, actor: Actor, moment: datetime) -> None:
    """Propose a ratified profile again, with a reason: for conveners. Answers start anew."""
    check_at_stage(profile)
    standing.reopen(profile=profile, reason=reason, version=version, actor=actor, moment=moment)
    set_aside(profile, actor=actor, moment=moment)
