"""The trail of a profile: what was done to it, in order, and which change an undo takes back.

A trail is only ever added to. An undo is a line of its own, which takes the latest standing
change out of the stack.
"""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select

from cycles.accounts.models import Account
from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.profiles.models import Profile, ProfileChange
from cycles.statements.models import CapabilityStatement


class ChangeKind(StrEnum):
    """What was done to a profile."""

    LEVEL = "level"
    ADDED = "added"
    REMOVED = "removed"
    RESTORED = "restored"
    RENAMED = "renamed"
    UNDONE = "undone"
    APPROVED = "approved"
    TAKEN_BACK = "approval taken back"
    SET_ASIDE = "approvals set aside"
    RATIFIED = "ratified"
    WITHDRAWN = "withdrawn"
    PUT_BACK = "put back"


EDITS = frozenset(
    {
        ChangeKind.LEVEL,
        ChangeKind.ADDED,
        ChangeKind.REMOVED,
        ChangeKind.RESTORED,
        ChangeKind.RENAMED,
    }
)


def note(
    *,
    profile: Profile,
    kind: ChangeKind,
    actor: Actor,
    moment: datetime,
    statement_id: uuid.UUID | None = None,
    before: str = "",
    after: str = "",
    reason: str = "",
) -> ProfileChange:
    """Add a line to the trail. Records no event of its own: it is part of a command."""
    last = db.session.scalar(
        select(func.max(ProfileChange.number)).where(ProfileChange.profile_id == profile.id)
    )
    change = ProfileChange(
        cycle_id=profile.cycle_id,
        profile_id=profile.id,
        statement_id=statement_id,
        number=(last or 0) + 1,
        kind=kind.value,
        before=before,
        after=after,
        reason=reason,
        account_id=actor.account_id,
        moment=moment,
    )
    db.session.add(change)
    db.session.flush()
    return change


def changes_of(profile_id: uuid.UUID) -> list[ProfileChange]:
    """Return the trail, oldest first."""
    return list(
        db.session.scalars(
            select(ProfileChange)
            .where(ProfileChange.profile_id == profile_id)
            .order_by(ProfileChange.number)
        )
    )


def named_trail(profile_id: uuid.UUID) -> list[tuple[ProfileChange, str, str]]:
    """Return each line with who did it and the text of the capability, newest first."""
    rows = db.session.execute(
        select(ProfileChange, Account.name, CapabilityStatement.text)
        .outerjoin(Account, Account.id == ProfileChange.account_id)
        .outerjoin(CapabilityStatement, CapabilityStatement.id == ProfileChange.statement_id)
        .where(ProfileChange.profile_id == profile_id)
        .order_by(ProfileChange.number.desc())
    )
    return [(change, name or "Pythia", text or "") for change, name, text in rows]


def standing_edits(profile_id: uuid.UUID) -> list[ProfileChange]:
    """Return the changes that hold, oldest first: those that no undo took back."""
    stack: list[ProfileChange] = []
    for change in changes_of(profile_id):
        if change.kind == ChangeKind.UNDONE:
            stack.pop()
        elif change.kind in EDITS:
            stack.append(change)
    return stack
