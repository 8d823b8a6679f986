"""The profiles of a large cycle for the bench of the explorer: slices of neighbouring tasks.

Levels and votes are those of the rounds that were played; three of four are ratified.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from consensus.ratifying import PanelRule
from cycles.core.extensions import db
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.profiles.versions import freeze_version
from cycles.profiles.votes import Vote, freeze
from cycles.setup.models import RoleLevel
from cycles.statements.models import CapabilityStatement
from workshop.benchmarks.generation_staging import Begun
from workshop.benchmarks.staging import by
from workshop.ratification.votes import Votes, votes_of

LEAST, SPAN = 10, 21
WITH_CHANGE, OPEN_EACH = 8, 4
AWARENESS, EXPERT = 1, 3
PANEL = 5


def stage_profiles(begun: Begun, count: int) -> None:
    """Make ``count`` profiles, the same number at each role level but for the rest."""
    votes = votes_of(begun.cycle.id)
    for number in range(count):
        level = begun.levels[number % len(begun.levels)]
        profile = _profile(begun, level, number)
        start = (number // len(begun.levels)) * len(begun.statements) * len(begun.levels) // count
        members = _members(begun.statements[start:], level, votes, LEAST + 7 * number % SPAN)
        _fill(profile, list(members))
        if number % OPEN_EACH:
            _ratify(profile)
    db.session.flush()


def _profile(begun: Begun, level: RoleLevel, number: int) -> Profile:
    partner = begun.partners[number % len(begun.partners)]
    profile = Profile(
        cycle_id=begun.cycle.id,
        role_level_id=level.id,
        partner_id=partner.id,
        code=f"P-{number + 1:04d}",
        name=f"{partner.name.removesuffix('s')} {level.name.casefold()} {number + 1}",
    )
    db.session.add(profile)
    db.session.flush()
    return profile


def _members(
    statements: Sequence[CapabilityStatement], level: RoleLevel, votes: Votes, most: int
) -> Iterator[tuple[CapabilityStatement, Vote]]:
    """Yield the first ``most`` statements that are needed at the level, with their votes."""
    left = most
    for statement in statements:
        vote = votes.get((statement.id, level.id))
        if left and vote is not None and vote.level:
            left -= 1
            yield statement, vote


def _fill(profile: Profile, members: Sequence[tuple[CapabilityStatement, Vote]]) -> None:
    for place, (statement, vote) in enumerate(members, 1):
        voted = vote.level or AWARENESS
        is_changed = place % WITH_CHANGE == 0
        raised = voted + 1 if voted < EXPERT else voted - 1
        member = ProfileCapability(
            cycle_id=profile.cycle_id,
            profile_id=profile.id,
            statement_id=statement.id,
            level=raised if is_changed else voted,
            reason="Simulated: the panel knows the plant." if is_changed else "",
        )
        freeze(member, vote)
        member.why = {**member.why, **_why(place, len(members))}
        db.session.add(member)
    db.session.flush()


def _why(place: int, size: int) -> dict[str, Any]:
    """Return what the generator would keep of why a capability is in a profile."""
    mates = size - 1
    shared = {"shares_area": place % size, "shares_partner": place % LEAST}
    return {"mates": mates, "similarity": 0.5, **shared}


def _ratify(profile: Profile) -> None:
    freeze_version(
        profile=profile,
        approvals=PANEL - 1,
        objections=("Simulated: too broad for one person.",),
        quorum=PANEL - 1,
        rule=PanelRule.TWO_THIRDS,
        moment=by()["moment"],
    )
    profile.status, profile.ratified_at = ProfileStatus.RATIFIED, by()["moment"]
    db.session.flush()
