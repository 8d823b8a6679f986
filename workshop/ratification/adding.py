"""Finding a capability to add: the cycle's kept statements and the library's records near to a
few words. What people type is asked once and kept nowhere.
"""

import uuid
from collections.abc import Sequence

from consensus.scale import AWARENESS, PROFICIENCY_WORDS
from cycles.library.models import LibraryStatement
from cycles.library.searching.near import near_records
from cycles.profiles.models import Profile, ProfileStatus
from cycles.profiles.queries import live_profiles, members_of, profiles_of, removed_from
from cycles.semantics.nearest import Method, nearest
from cycles.semantics.service.asking import WHEN_ASKED
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import kept_statements
from workshop.ratification.pages import AddLine, Found, Ids, Slip
from workshop.ratification.votes import votes_of

MOST = 6
FOUND_BY = {
    Method.MEANING: "Capabilities of the cycle found by meaning.",
    Method.WORDS: "Capabilities of the cycle found by shared words.",
}


def found_for(profile: Profile, ids: Ids, slip: Slip | None = None) -> Found:
    """Return what is near to the words asked and not in the profile, and how it was found.

    A code finds its statement. The cycle's own come first; a record of the library that says the
    same as one of them is left out.
    """
    query = ids.query
    if not query:
        return Found(ids, "", (), "")
    held = {one.statement_id for one in members_of(profile.id)}
    gone = {one.statement_id for one in removed_from(profile.id)}
    kept = kept_statements(profile.cycle_id)
    open_to = [one for one in kept if one.id not in held]
    by_code = [one for one in open_to if one.code.casefold() == query.casefold()]
    if by_code:
        return Found(ids, query, _own_lines(profile, by_code, gone), "Found by its code.", slip)
    answer = nearest(query, [one.text for one in open_to], most=MOST)
    own = _own_lines(profile, [open_to[hit.index] for hit in answer.hits], gone)
    near = near_records(query, most=MOST, within=WHEN_ASKED, but=_taken(kept))
    said = {one.text.casefold() for one in kept}
    records = [one.record for one in near.records if one.record.text.casefold() not in said]
    method = f"{FOUND_BY[answer.method]} The library: {near.how[:1].lower()}{near.how[1:]}"
    return Found(ids, query, (*own, *map(_library_line, records)), method, slip)


def _taken(kept: Sequence[CapabilityStatement]) -> list[uuid.UUID]:
    return [one.library_statement_id for one in kept if one.library_statement_id]


def _own_lines(
    profile: Profile, statements: Sequence[CapabilityStatement], gone: set[uuid.UUID]
) -> tuple[AddLine, ...]:
    votes, elsewhere = votes_of(profile.cycle_id), _elsewhere(profile)
    lines = []
    for one in statements:
        vote = votes.get((one.id, profile.role_level_id))
        place = f"{one.area.function} › {one.area.name}" if one.area else "No area"
        also = elsewhere.get(one.id)
        told = [place, vote.sentence if vote else "not voted on at this role level"]
        told += [f"also in {', '.join(also)}"] if also else []
        told += ["removed from this profile before"] if one.id in gone else []
        lines.append(
            AddLine(
                place=f"add-{one.id}",
                name="statement",
                value=str(one.id),
                source=f"This cycle, {one.code}",
                is_library=False,
                text=one.text,
                note=" · ".join(told),
                level=vote.level or 0 if vote else 0,
            )
        )
    return tuple(lines)


def _library_line(record: LibraryStatement) -> AddLine:
    area = f"{record.area.function} › {record.area.name}" if record.area else ""
    return AddLine(
        place=f"add-{record.id}",
        name="record",
        value=str(record.id),
        source=f"Library: {record.source.name}",
        is_library=True,
        text=record.text,
        note=" · ".join(one for one in (area, record.occupation) if one)
        or "It becomes a capability of the cycle, without a vote",
        level=0,
    )


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
    """Return for each role level the needed capabilities that no live profile of it holds.

    Nothing is missing at a level for which no profile was ever made.
    """
    held: set[tuple[uuid.UUID, uuid.UUID]] = set()
    levels: dict[uuid.UUID, str] = {}
    for profile in profiles_of(cycle_id):
        levels[profile.role_level_id] = profile.role_level.name
        if profile.status == ProfileStatus.WITHDRAWN:
            continue
        held |= {
            (one.statement_id, profile.role_level_id)
            for one in profile.members
            if not one.is_removed
        }
    votes, kept = votes_of(cycle_id), kept_statements(cycle_id)
    found = []
    for level_id, name in levels.items():
        left = tuple(
            f"{one.code} {one.text} ({PROFICIENCY_WORDS[vote.level]})"
            for one in kept
            if (vote := votes.get((one.id, level_id))) is not None
            and vote.level is not None
            and vote.level >= AWARENESS
            and (one.id, level_id) not in held
        )
        if left:
            found.append((name, left))
    return tuple(found)
