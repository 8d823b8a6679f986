"""The occupational standards nearest to a profile, as map and gap tells them from above.

Profiles live below the comparison with provision, so whoever compares registers itself here and
the pages of profiles only ask. No score and no count is worked out here.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

MOST = 5


@dataclass(frozen=True)
class NearestStandard:
    """One standard beside a profile. ``framework`` is empty where the run compared only one.

    Fit is the part of the profile's capabilities that a duty of the standard matches, surplus the
    part of the standard's duties that no capability of the profile matches.
    """

    standard_id: uuid.UUID
    title: str
    reference: str
    level: str
    framework: str
    by_skills: bool
    fit: str
    fit_percent: float
    fit_words: str
    surplus: str
    surplus_percent: float
    surplus_words: str
    response: str


@dataclass(frozen=True)
class NearestStandards:
    """What the newest run says of a profile: at most ``MOST`` standards, best first.

    ``frameworks`` names each with the day of its snapshot. ``uncompared`` of the profile's
    capabilities came after the run; ``unsupported`` of those compared match no duty at all.
    """

    run_number: int
    made_at: datetime
    frameworks: str
    threshold_percent: int
    standards: tuple[NearestStandard, ...]
    members: int
    uncompared: int
    unsupported: int


Teller = Callable[[uuid.UUID, Sequence[uuid.UUID]], Mapping[uuid.UUID, NearestStandards]]
_tellers: list[Teller] = []


def tells_nearest(teller: Teller) -> Teller:
    """Register the function that knows the nearest standards of a cycle's profiles."""
    _tellers[:] = [teller]
    return teller


def nearest_of(
    cycle_id: uuid.UUID, profile_ids: Sequence[uuid.UUID]
) -> Mapping[uuid.UUID, NearestStandards]:
    """Return what is known of these profiles; those that no run compared are left out."""
    return _tellers[0](cycle_id, profile_ids) if _tellers else {}
