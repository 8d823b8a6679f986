"""What every change of a profile asks first: is it open, is it as you saw it, is it said why."""

from sqlalchemy import func, select

from consensus.scale import AWARENESS, EXPERT
from cycles.core.errors import Closed, Conflict, Invalid, Missing
from cycles.core.extensions import db
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.statements.models import CapabilityStatement, StatementStatus

LONGEST_REASON = 2000
LONGEST_NAME = 200


def take(profile: Profile, version: int) -> None:
    """Lock a proposed profile for a change, or refuse: not proposed any more, or seen too old."""
    lock(profile)
    if profile.status != ProfileStatus.PROPOSED:
        raise Closed(f"{profile.code} is {profile.status.value}. It cannot be changed any more.")
    if profile.version != version:
        raise Conflict(
            f"Somebody changed {profile.code} since you opened it. "
            "Reload the page to see how it stands now, then make your change again."
        )


def lock(profile: Profile) -> None:
    """Hold the profile's row until the transaction ends, as the database has it now."""
    # A select of its own: a refresh would repeat the joins that the row was once loaded with, and
    # PostgreSQL locks no outer join.
    found = db.session.scalar(
        select(Profile)
        .where(Profile.id == profile.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Missing("That profile is gone: newer prototypes have taken its place.")


def check_member(profile: Profile, member: ProfileCapability) -> None:
    """Refuse a capability that is not, or no longer, in the profile."""
    if member.profile_id != profile.id or member.is_removed:
        raise Missing("That capability is not in this profile.")


def check_statement(profile: Profile, statement: CapabilityStatement) -> None:
    """Refuse a statement of another cycle, or one that was not kept."""
    if statement.cycle_id != profile.cycle_id or statement.status != StatementStatus.KEPT:
        raise Missing("That is not a kept capability of this cycle.")


def check_level(level: int) -> None:
    """Refuse what is not a level of a profile."""
    if not AWARENESS <= level <= EXPERT:
        raise Invalid("Choose a level.", level="Choose Awareness, Practitioner or Expert.")


def check_reason(reason: str, demand: str) -> None:
    """Refuse a missing reason, with the sentence that asks for it, and a long one."""
    if demand and not reason.strip():
        raise Invalid(demand, reason=demand)
    if len(reason) > LONGEST_REASON:
        sentence = f"Use at most {LONGEST_REASON:,} characters."
        raise Invalid(sentence, reason=sentence)


def check_name(profile: Profile, name: str) -> None:
    """Refuse an empty or long name, and one that another profile of the cycle has."""
    if not 0 < len(name) <= LONGEST_NAME:
        sentence = f"Enter a name of at most {LONGEST_NAME} characters."
        raise Invalid(sentence, name=sentence)
    taken = db.session.scalar(
        select(Profile.code).where(
            Profile.cycle_id == profile.cycle_id,
            Profile.id != profile.id,
            func.lower(Profile.name) == name.lower(),
        )
    )
    if taken is not None:
        sentence = f"{taken} has that name already."
        raise Invalid(sentence, name=sentence)
