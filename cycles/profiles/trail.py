"""The trail of a profile: what was done to it, in order, and which changes still stand.

A trail is only ever added to. An undo is a line of its own, which names the change it takes back.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from cycles.accounts.models import Account
from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.profiles.kinds import EDITS, SHAPING, ChangeKind
from cycles.profiles.models import Profile, ProfileChange
from cycles.profiles.wording import change_words
from cycles.statements.models import CapabilityStatement

__all__ = [
    "EDITS",
    "SHAPING",
    "ChangeKind",
    "Told",
    "changes_of",
    "changes_since",
    "last_number",
    "named_trail",
    "note",
    "standing_edits",
    "was_name_suggested",
]

UNKNOWN = "Pythia"
Line = tuple[ProfileChange, str, str]


@dataclass(frozen=True)
class Told:
    """One line of a trail as it is told to others: who did what, and when."""

    number: int
    kind: ChangeKind
    account_id: uuid.UUID | None
    statement_id: uuid.UUID | None
    who: str
    sentence: str
    reason: str
    moment: datetime


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
    other: Profile | None = None,
    undoes: int | None = None,
) -> ProfileChange:
    """Add a line to the trail. Records no event of its own: it is part of a command."""
    change = ProfileChange(
        cycle_id=profile.cycle_id,
        profile_id=profile.id,
        statement_id=statement_id,
        other_profile_id=other.id if other else None,
        number=last_number(profile.id) + 1,
        undoes=undoes,
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


def last_number(profile_id: uuid.UUID) -> int:
    """Return the number of the newest line; nought where nothing was done yet."""
    newest = select(func.max(ProfileChange.number)).where(ProfileChange.profile_id == profile_id)
    return db.session.scalar(newest) or 0


def changes_of(profile_id: uuid.UUID) -> list[ProfileChange]:
    """Return the trail, oldest first."""
    return list(
        db.session.scalars(
            select(ProfileChange)
            .where(ProfileChange.profile_id == profile_id)
            .order_by(ProfileChange.number)
        )
    )


def named_trail(profile_id: uuid.UUID) -> list[Line]:
    """Return each line with who did it and the text of the capability, newest first."""
    wanted = _named(ProfileChange.profile_id == profile_id)
    rows = db.session.execute(wanted.order_by(ProfileChange.number.desc()))
    return [_line(*row) for row in rows]


def changes_since(profile_id: uuid.UUID, number: int) -> list[Told]:
    """Return what was done after the line with this number, in words, oldest first."""
    wanted = _named(ProfileChange.profile_id == profile_id, ProfileChange.number > number)
    rows = db.session.execute(wanted.order_by(ProfileChange.number))
    return [_told(*_line(*row)) for row in rows]


def standing_edits(profile_id: uuid.UUID) -> list[ProfileChange]:
    """Return the changes that hold, oldest first: those that no undo took back."""
    stack: list[ProfileChange] = []
    for change in changes_of(profile_id):
        if change.kind == ChangeKind.UNDONE:
            gone = change.undoes or stack[-1].number
            stack = [one for one in stack if one.number != gone]
        elif change.kind in EDITS:
            stack.append(change)
    return stack


def was_name_suggested(profile: Profile) -> bool:
    """Say whether the profile began with a suggested name: not where people brought it or split it
    off under a name of their own."""
    kinds = {change.kind for change in changes_of(profile.id)}
    return not profile.seeded_from and ChangeKind.SPLIT_OFF not in kinds


def _named(*where: ColumnElement[bool]) -> Select[ProfileChange, str, str]:
    return (
        select(ProfileChange, Account.name, CapabilityStatement.text)
        .outerjoin(Account, Account.id == ProfileChange.account_id)
        .outerjoin(CapabilityStatement, CapabilityStatement.id == ProfileChange.statement_id)
        .where(*where)
        .options(joinedload(ProfileChange.other_profile))
    )


def _line(change: ProfileChange, name: str | None, text: str | None) -> Line:
    return change, name or UNKNOWN, text or ""


def _told(change: ProfileChange, who: str, text: str) -> Told:
    return Told(
        number=change.number,
        kind=ChangeKind(change.kind),
        account_id=change.account_id,
        statement_id=change.statement_id,
        who=who,
        sentence=change_words(change, text),
        reason="" if change.kind == ChangeKind.UNDONE else change.reason,
        moment=change.moment,
    )
