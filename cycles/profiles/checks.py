"""What every change of a profile asks first: is it open, is it as you saw it, is it said why.

Locks are taken in one order, so that nobody waits for each other in a ring: the cycle's row, then
profiles by id, then the audit chain.
"""

import uuid

from sqlalchemy import select

from consensus.scale import AWARENESS, EXPERT
from cycles.core.errors import Closed, Invalid, Missing
from cycles.core.extensions import db
from cycles.profiles import conflicts
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.statements.models import CapabilityStatement, StatementStatus

LONGEST_REASON = 2000
LONGEST_NAME = 200


def take(*profiles: Profile) -> None:
    """Lock proposed profiles for a change, or refuse one that is not proposed any more."""
    lock(*profiles)
    for profile in profiles:
        if profile.status != ProfileStatus.PROPOSED:
            raise Closed(f"{profile.code} is {profile.status.value}. It cannot be changed now.")


def check_seen(profile: Profile, version: int) -> None:
    """Refuse a decision on a locked profile that changed since its reader saw it."""
    if profile.version != version:
        raise conflicts.on_profile(profile, version)


def lock(*profiles: Profile) -> None:
    """Hold the profiles' rows until the transaction ends, as the database has them now."""
    # A select of its own: a refresh would repeat the joins that the row was once loaded with, and
    # PostgreSQL locks no outer join.
    found = db.session.scalars(
        select(Profile)
        .where(Profile.id.in_([one.id for one in profiles]))
        .order_by(Profile.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if len(found) < len(profiles):
        raise Missing("That profile is gone: newer prototypes have taken its place.")


def fresh_member(profile: Profile, member: ProfileCapability) -> ProfileCapability:
    """Return the capability as the database has it now, whoever changed it meanwhile."""
    if member.profile_id != profile.id:
        raise Missing("That capability is not in this profile.")
    statement_id = member.statement_id
    found = db.session.scalar(
        select(ProfileCapability)
        .where(ProfileCapability.id == member.id)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise conflicts.on_capability(profile, statement_id)
    return found


def check_member(profile: Profile, member: ProfileCapability, seen: int) -> None:
    """Refuse a capability that changed since its reader saw it, or that is not in the profile."""
    if member.version != seen:
        raise conflicts.on_capability(profile, member.statement_id)
    if member.is_removed:
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
    check_new_name(profile.cycle_id, name, but=profile.id)


def check_new_name(cycle_id: uuid.UUID, name: str, *, but: uuid.UUID | None = None) -> None:
    """Refuse an empty or long name, and one that a profile other than ``but`` has."""
    if not 0 < len(name) <= LONGEST_NAME:
        sentence = f"Enter a name of at most {LONGEST_NAME} characters."
        raise Invalid(sentence, name=sentence)
    # Compared here: SQLite folds the case of English letters only.
    rows = db.session.execute(
        select(Profile.id, Profile.code, Profile.name)
        .where(Profile.cycle_id == cycle_id)
        .order_by(Profile.code)
    )
    same = (row.code for row in rows if row.id != but and row.name.casefold() == name.casefold())
    taken = next(same, None)
    if taken is not None:
        sentence = f"{taken} has that name already."
        raise Invalid(sentence, name=sentence)
