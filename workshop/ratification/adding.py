"""Finding a capability to add: the cycle's kept statements near to a few words."""

import uuid
from collections.abc import Sequence

from consensus.scale import AWARENESS, PROFICIENCY_WORDS
from cycles.profiles.models import Profile
from cycles.profiles.queries import live_profiles, members_of
from cycles.semantics.nearest import Method, nearest
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import kept_statements
from workshop.ratification.pages import AddLine, Found
from workshop.ratification.votes import votes_of

MOST = 8
FOUND_BY = {
    Method.MEANING: "Found by meaning.",
    Method.WORDS: "Found by shared words. Try other words for the same thing, too.",
}


def found_for(profile: Profile, query: str) -> Found:
    """Return the statements near to ``query`` that the profile does not hold, and how found.

    A code finds its statement. Levels are preset to what was voted, never where nobody voted.
    """
    if not query:
        return Found("", (), "")
    held = {one.statement_id for one in members_of(profile.id)}
    statements = [one for one in kept_statements(profile.cycle_id) if one.id not in held]
    by_code = [one for one in statements if one.code.casefold() == query.casefold()]
    answer = nearest(query, [one.text for one in statements], most=MOST)
    near = [statements[hit.index] for hit in answer.hits]
    method = "Found by its code." if by_code else FOUND_BY[answer.method]
    return Found(query, _lines(profile, by_code or near), method)


def _lines(profile: Profile, statements: Sequence[CapabilityStatement]) -> tuple[AddLine, ...]:
    votes, elsewhere = votes_of(profile.cycle_id), _elsewhere(profile)
    lines = []
    for one in statements:
        vote = votes.get((one.id, profile.role_level_id))
        lines.append(
            AddLine(
                statement_id=one.id,
                code=one.code,
                text=one.text,
                place=f"{one.area.function} › {one.area.name}" if one.area else "No area",
                vote=vote.sentence if vote else "not voted on at this role level",
                elsewhere=", ".join(elsewhere.get(one.id, [])),
                level=str(vote.level) if vote and vote.level else "",
            )
        )
    return tuple(lines)


def _elsewhere(profile: Profile) -> dict[uuid.UUID, list[str]]:
    """Return the codes of the profiles of the same role level that hold each statement."""
    found: dict[uuid.UUID, list[str]] = {}
    for other in live_profiles(profile.cycle_id):
        if other.role_level_id != profile.role_level_id or other.id == profile.id:
            continue
        for member in other.members:
            if not member.is_removed:
                found.setdefault(member.statement_id, []).append(other.code)
    return found


def unplaced(cycle_id: uuid.UUID) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return for each role level the needed capabilities that no live profile of it holds."""
    held: set[tuple[uuid.UUID, uuid.UUID]] = set()
    levels: dict[uuid.UUID, str] = {}
    for profile in live_profiles(cycle_id):
        levels[profile.role_level_id] = profile.role_level.name
        held |= {
            (one.statement_id, profile.role_level_id)
            for one in profile.members
            if not one.is_removed
        }
    votes = votes_of(cycle_id)
    found = []
    for level_id, name in levels.items():
        left = tuple(
            f"{one.code} {one.text} ({PROFICIENCY_WORDS[vote.level]})"
            for one in kept_statements(cycle_id)
            if (vote := votes.get((one.id, level_id))) is not None
            and (vote.level or 0) >= AWARENESS
            and vote.level is not None
            and (one.id, level_id) not in held
        )
        if left:
            found.append((name, left))
    return tuple(found)
