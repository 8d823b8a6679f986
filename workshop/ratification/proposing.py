"""From the settled cells of a role level to its prototype profiles. Arrays and records only.

The grouping itself is the arithmetic's; what is read from and written to tables lives elsewhere.
"""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from consensus.grouping import Grouping, GroupingSettings, group
from cycles.profiles.naming import Centre
from cycles.profiles.proposals import Proposal, ProposedMember
from cycles.profiles.votes import Vote

Vectors = npt.NDArray[np.floating[Any]]
UNKNOWN = -1


@dataclass(frozen=True)
class Level:
    """A role level, as far as its profiles need it."""

    id: uuid.UUID
    name: str
    academic_level: int | None


@dataclass(frozen=True)
class Needed:
    """A capability that the role level needs. ``place`` is function, domain and area, or None."""

    statement_id: uuid.UUID
    text: str
    place: tuple[str, str, str] | None
    partner_ids: frozenset[uuid.UUID]
    vote: Vote


@dataclass(frozen=True, eq=False)
class Found:
    """The prototypes of one role level, without names yet, and what each is about.

    ``grouping`` is what they were made from.
    """

    proposals: tuple[Proposal, ...]
    centres: tuple[Centre, ...]
    grouping: Grouping


def propose(
    level: Level,
    needed: Sequence[Needed],
    vectors: Vectors,
    partner_ids: Sequence[uuid.UUID],
    settings: GroupingSettings,
    *,
    lens: Vectors | None = None,
) -> Found:
    """Group the capabilities of one role level, in the order given, and propose their profiles.

    ``vectors`` is (n, d) in the order of ``needed``, ``partner_ids`` the cycle's in theirs, and
    ``lens`` (d, d) or None.
    """
    tags = tags_of(needed, partner_ids)
    grouping = group(vectors, places_of(needed), tags, settings, lens=lens)
    proposals, centres = [], []
    for label in range(grouping.chosen):
        first = np.flatnonzero(grouping.labels == label)
        own = [needed[int(index)] for index in first]
        # The partner is counted over all that the profile holds: so its page counts it.
        held = [needed[int(index)] for index in grouping.members(label)]
        centres.append(Centre(vectors[first].mean(axis=0, dtype=np.float64), level.academic_level))
        proposals.append(
            Proposal(
                role_level_id=level.id,
                role_level_name=level.name,
                partner_id=most_shared(held, partner_ids),
                about=_commonest_area(own),
                suggested_names=(),
                members=_members(needed, grouping, label),
            )
        )
    return Found(tuple(proposals), tuple(centres), grouping)


def _members(
    needed: Sequence[Needed], grouping: Grouping, label: int
) -> tuple[ProposedMember, ...]:
    return tuple(
        ProposedMember(
            statement_id=needed[index].statement_id,
            vote=needed[index].vote,
            why=grouping.reasons(int(index), label),
            is_second=bool(grouping.labels[index] != label),
        )
        for index in grouping.members(label)
    )


def places_of(needed: Sequence[Needed]) -> npt.NDArray[np.int64]:
    """Return codes of function, domain and area, (n, 3); −1 for a statement without a place.

    A name counts below its parent only, so the same area name in two domains is two codes.
    """
    codes: list[dict[tuple[str, ...], int]] = [{}, {}, {}]
    places = np.full((len(needed), 3), UNKNOWN, dtype=np.int64)
    for row, one in enumerate(needed):
        for depth in range(3) if one.place else ():
            key = one.place[: depth + 1] if one.place else ()
            places[row, depth] = codes[depth].setdefault(key, len(codes[depth]))
    return places


def tags_of(needed: Sequence[Needed], partner_ids: Sequence[uuid.UUID]) -> npt.NDArray[np.bool_]:
    """Return which partner is tagged on which statement, (n, p)."""
    tags = np.zeros((len(needed), len(partner_ids)), dtype=np.bool_)
    for row, one in enumerate(needed):
        tags[row] = [partner_id in one.partner_ids for partner_id in partner_ids]
    return tags


def most_shared(members: Sequence[Needed], partner_ids: Sequence[uuid.UUID]) -> uuid.UUID | None:
    """Return the partner that most members are tagged with; the first in order of equals."""
    counts = {each: sum(each in one.partner_ids for one in members) for each in partner_ids}
    best = max(counts.values(), default=0)
    return next((each for each in partner_ids if counts[each] == best), None) if best else None


def _commonest_area(members: Sequence[Needed]) -> str:
    areas = Counter(one.place[2] for one in members if one.place)
    if not areas:
        return members[0].text
    most = max(areas.values())
    return min(name for name, count in areas.items() if count == most)
