"""What a generation would do to the profiles that stand. Records in, a plan out, nothing written.

The page of a preview shows the plan and ``generating`` carries it out, so both say the same.
"""

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from cycles.profiles.codes import code_of
from cycles.profiles.naming import one_name_each
from cycles.profiles.proposals import Proposal

ALIKE = Fraction(1, 2)
"""Half or more of what either holds, held by both: from here on two are taken for one."""


class Stays(StrEnum):
    """Why a profile is not replaced, whatever is found."""

    RATIFIED = "ratified"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    TOUCHED = "worked on by the panel"
    SEEDED = "taken over from an earlier cycle"


class Fate(StrEnum):
    """What becomes of a prototype that was found."""

    NEW = "new"
    SAME = "unchanged"
    CHANGED = "changed"
    REPEAT = "left out as a repeat"


@dataclass(frozen=True)
class Standing:
    """A profile of the cycle now. ``levels`` is of the capabilities that it holds.

    ``stays`` is None for a prototype that nobody has touched: that one may be replaced.
    """

    id: uuid.UUID
    code: str
    name: str
    role_level_id: uuid.UUID
    levels: Mapping[uuid.UUID, int]
    stays: Stays | None = None
    partner_id: uuid.UUID | None = None

    @property
    def number(self) -> int:
        """Return the number in its code."""
        return int(self.code.removeprefix("P-"))


@dataclass(frozen=True)
class Line:
    """A prototype that was found, with the code and the name it would have.

    ``standing`` is the profile that it is, changes or repeats. ``comes`` and ``goes`` are the
    capabilities that profile would gain and lose, ``relevelled`` those it would hold at another
    level; all empty unless it is changed.
    """

    proposal: Proposal
    fate: Fate
    code: str
    name: str
    standing: Standing | None = None
    comes: tuple[uuid.UUID, ...] = ()
    goes: tuple[uuid.UUID, ...] = ()
    relevelled: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True)
class Plan:
    """All that putting prototypes in place would do. Orders are those of the proposals and codes.

    ``unplaced`` are pairs of role level and capability: needed, but in no profile afterwards.
    """

    lines: tuple[Line, ...]
    gone: tuple[Standing, ...]
    staying: tuple[Standing, ...]
    unplaced: tuple[tuple[uuid.UUID, uuid.UUID], ...]

    @property
    def fresh(self) -> tuple[Line, ...]:
        """Return the prototypes that would stand afterwards."""
        return tuple(line for line in self.lines if line.fate != Fate.REPEAT)

    def count(self, fate: Fate) -> int:
        """Return how many of the prototypes have this fate."""
        return sum(line.fate == fate for line in self.lines)

    @property
    def digest(self) -> str:
        """Return a SHA-256 that differs where the plan does: what its reader agreed to."""
        found = hashlib.sha256()
        for line in self.lines:
            levels = sorted((str(key), level) for key, level in line.proposal.levels.items())
            partner = str(line.proposal.partner_id)
            found.update(repr((line.fate, line.code, line.name, partner, levels)).encode())
        for one in self.gone:
            found.update(repr((one.code, "gone")).encode())
        for one in self.staying:
            found.update(repr((one.code, one.stays)).encode())
        return found.hexdigest()


def plan(proposals: Sequence[Proposal], standing: Sequence[Standing], next_number: int) -> Plan:
    """Return what ``proposals`` would do to the profiles ``standing``, both in a fixed order.

    A prototype that mostly repeats a profile that stays is left out. One that is mostly a
    prototype nobody touched is that prototype, with its code; the rest are new, numbered from
    ``next_number``. Untouched prototypes that none of them is, go.
    """
    staying = tuple(one for one in standing if one.stays)
    replaceable = tuple(one for one in standing if not one.stays)
    repeated = _repeats(proposals, staying)
    fresh = [place for place in range(len(proposals)) if place not in repeated]
    same = _matches(proposals, fresh, replaceable)
    names = _names(proposals, fresh, same, staying)
    lines = []
    for place, proposal in enumerate(proposals):
        if place in repeated:
            held = repeated[place]
            lines.append(Line(proposal, Fate.REPEAT, held.code, held.name, held))
        elif place in same:
            lines.append(_changed(proposal, same[place], names[place]))
        else:
            lines.append(Line(proposal, Fate.NEW, code_of(next_number), names[place]))
            next_number += 1
    matched = {one.id for one in same.values()}
    gone = tuple(one for one in replaceable if one.id not in matched)
    return Plan(tuple(lines), gone, staying, _unplaced(lines, staying))


def overlap(first: Set[uuid.UUID], second: Set[uuid.UUID]) -> Fraction:
    """Return the share of what either holds that both hold; nought where neither holds any."""
    either = len(first | second)
    return Fraction(len(first & second), either) if either else Fraction(0)


def _repeats(proposals: Sequence[Proposal], staying: Iterable[Standing]) -> dict[int, Standing]:
    """Return by place the proposals that repeat a staying profile, with the one nearest to it."""
    found = {}
    for place, proposal in enumerate(proposals):
        near = [(_alike(proposal, one), -one.number, one) for one in staying]
        share, _, best = max(near, key=lambda each: each[:2], default=(Fraction(0), 0, None))
        if best is not None and share >= ALIKE:
            found[place] = best
    return found


def _alike(proposal: Proposal, standing: Standing) -> Fraction:
    if proposal.role_level_id != standing.role_level_id:
        return Fraction(0)
    return overlap(proposal.levels.keys(), standing.levels.keys())


def _matches(
    proposals: Sequence[Proposal], fresh: Sequence[int], replaceable: Sequence[Standing]
) -> dict[int, Standing]:
    """Return by place the untouched prototype that each proposal is; the nearest pairs first."""
    pairs = [
        (-share, one.number, place, one)
        for place in fresh
        for one in replaceable
        if (share := _alike(proposals[place], one)) >= ALIKE
    ]
    found: dict[int, Standing] = {}
    taken: set[uuid.UUID] = set()
    for _, _, place, one in sorted(pairs, key=lambda pair: pair[:3]):
        if place not in found and one.id not in taken:
            found[place] = one
            taken.add(one.id)
    return found


def _names(
    proposals: Sequence[Proposal],
    fresh: Sequence[int],
    same: Mapping[int, Standing],
    staying: Iterable[Standing],
) -> dict[int, str]:
    """Return a name for each fresh proposal; what is still the same keeps the one it has."""
    kept = {
        place: same[place].name for place in fresh if _keeps_name(proposals[place], same.get(place))
    }
    others = [place for place in fresh if place not in kept]
    taken = {one.name for one in staying} | set(kept.values())
    given = one_name_each([proposals[place] for place in others], taken)
    return {**kept, **dict(zip(others, given, strict=True))}


def _keeps_name(proposal: Proposal, standing: Standing | None) -> bool:
    """Say whether the name still speaks: of the same capabilities, or still among the nearest."""
    if standing is None:
        return False
    titles = {one.title.casefold() for one in proposal.suggested_names}
    return proposal.levels.keys() == standing.levels.keys() or standing.name.casefold() in titles


def _changed(proposal: Proposal, standing: Standing, name: str) -> Line:
    before, after = standing.levels, proposal.levels
    relevelled = tuple(key for key in after if key in before and before[key] != after[key])
    comes = tuple(key for key in after if key not in before)
    goes = tuple(key for key in before if key not in after)
    head, there = (name, proposal.partner_id), (standing.name, standing.partner_id)
    is_same = not (comes or goes or relevelled) and head == there
    fate = Fate.SAME if is_same else Fate.CHANGED
    return Line(proposal, fate, standing.code, name, standing, comes, goes, relevelled)


def _unplaced(
    lines: Sequence[Line], staying: Iterable[Standing]
) -> tuple[tuple[uuid.UUID, uuid.UUID], ...]:
    held = {
        (one.role_level_id, key)
        for one in staying
        if one.stays != Stays.WITHDRAWN
        for key in one.levels
    }
    wanted = []
    for line in lines:
        pairs = [(line.proposal.role_level_id, key) for key in line.proposal.levels]
        if line.fate == Fate.REPEAT:
            wanted.extend(pairs)
        else:
            held.update(pairs)
    return tuple(pair for pair in dict.fromkeys(wanted) if pair not in held)
