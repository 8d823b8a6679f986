"""What to tell somebody whose change came second: who was first, and what they did.

Sentences come from the trail. Whether there is a conflict is for the checks to say.
"""

import uuid

from cycles.core.errors import Conflict
from cycles.profiles.kinds import SHAPING, ChangeKind
from cycles.profiles.models import Profile, ProfileChange
from cycles.profiles.trail import Told, changes_since

AGAIN = "Yours was not saved. Look at it as it stands now, and make it again if it is still wanted."
UNSEEN = "Look at the profile as it stands now, then decide."
MOST_TOLD = 3


def on_capability(profile: Profile, statement_id: uuid.UUID) -> Conflict:
    """Return the refusal of a change to a capability that somebody changed first."""
    told = [one for one in _shaping(profile) if one.statement_id == statement_id]
    return Conflict(_first(told, "Somebody changed this capability first."))


def on_name(profile: Profile) -> Conflict:
    """Return the refusal of a name, where somebody gave the profile another one first."""
    told = [
        one
        for one in _shaping(profile)
        if one.kind == ChangeKind.RENAMED
        or (one.kind == ChangeKind.UNDONE and one.statement_id is None)
    ]
    return Conflict(_first(told, "Somebody renamed the profile first."))


def on_undoing(profile: Profile, change: ProfileChange) -> Conflict:
    """Return the refusal of an undo, where the same thing was changed again since."""
    if change.statement_id is None:
        return on_name(profile)
    return on_capability(profile, change.statement_id)


def on_profile(profile: Profile, seen: int) -> Conflict:
    """Return the refusal of a decision about a profile that is not the one its reader saw."""
    told = _shaping(profile)[-max(1, profile.version - seen) :]
    if not told:
        return Conflict(f"Somebody changed {profile.code} since you opened it. {UNSEEN}")
    words = "; ".join(f"{one.who}: {one.sentence}" for one in told[-MOST_TOLD:])
    more = f" and {len(told) - MOST_TOLD} more before" if len(told) > MOST_TOLD else ""
    return Conflict(f"{profile.code} changed since you opened it. {words}{more}. {UNSEEN}")


def _shaping(profile: Profile) -> list[Told]:
    return [one for one in changes_since(profile.id, 0) if one.kind in SHAPING]


def _first(told: list[Told], otherwise: str) -> str:
    if not told:
        return f"{otherwise} {AGAIN}"
    return f"{told[-1].who} was first. {told[-1].sentence}. {AGAIN}"
