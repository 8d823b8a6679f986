"""Codes of profiles: P-0001 and on, per cycle. A code that was used once is never given again."""

import uuid

from sqlalchemy import select

from cycles.core.extensions import db
from cycles.profiles.models import Profile, ProfileGeneration
from cycles.setup.holding import hold_cycle

LAST_NUMBER = "last_number"
"""Where a generation keeps the highest number given until then: prototypes go, codes do not."""


def code_of(number: int) -> str:
    """Return the code with this number."""
    return f"P-{number:04d}"


def next_number(cycle_id: uuid.UUID) -> int:
    """Return the number of the cycle's next profile."""
    codes = db.session.scalars(select(Profile.code).where(Profile.cycle_id == cycle_id))
    kept = db.session.scalars(
        select(ProfileGeneration.settings).where(ProfileGeneration.cycle_id == cycle_id)
    )
    standing = max((int(code.removeprefix("P-")) for code in codes), default=0)
    return 1 + max(standing, *(int(one.get(LAST_NUMBER, 0)) for one in kept), 0)


def hold_codes(cycle_id: uuid.UUID) -> None:
    """Keep others from taking the cycle's next code until the transaction ends.

    Before any profile is locked, as everybody does: see ``cycles.setup.holding``.
    """
    hold_cycle(cycle_id, alone=True)
