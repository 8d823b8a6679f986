"""What became of each capability between two results. Rows only."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.document.facts import Capability
from reports.explorer.changes.pairing import Pair
from reports.explorer.changes.sides import Sides
from reports.explorer.look import Look
from reports.explorer.pages.capability_rows import SUPPORTED, UNSUPPORTED

ADDED, GONE, REWORDED, MOVED = "added", "gone", "reworded", "moved"
LEVEL, SETTLED, GAINED, LOST = "level", "settled", "gained-support", "lost-support"
SAID = {
    ADDED: "Added",
    GONE: "Gone",
    REWORDED: "Reworded",
    MOVED: "Placed elsewhere",
    LEVEL: "Level moved",
    SETTLED: "Level settled",
    GAINED: "Support gained",
    LOST: "Support lost",
}
SAID_ACROSS = {
    **SAID,
    ADDED: "Only in these results",
    GONE: "Only in the other cycle",
    REWORDED: "Near in meaning",
    MOVED: "Placed elsewhere",
    LEVEL: "Other level",
    SETTLED: "Settled here only",
    GAINED: "Supported here only",
    LOST: "Supported there only",
}


@dataclass(frozen=True)
class LevelChange:
    """A role level at which another proficiency holds; empty: not settled."""

    role_level: str
    then: str
    now: str


@dataclass(frozen=True)
class CapabilityChange:
    """A capability with what became of it: keys of ``SAID``, none where nothing did.

    ``support_now`` and ``support_then`` are supported, unsupported, not compared, or empty where
    it is not there or not known.
    """

    pair: Pair
    kinds: tuple[str, ...]
    support_then: str
    support_now: str
    levels: tuple[LevelChange, ...]

    @property
    def shown(self) -> Capability:
        """Return it as it is now, or as it was where it is gone."""
        found = self.pair.now or self.pair.then
        if found is None:
            raise ValueError("a pair has at least one side")
        return found


def capability_changes(sides: Sides, pairs: tuple[Pair, ...]) -> tuple[CapabilityChange, ...]:
    """Return every capability of both sides, those looked at first, in order of code."""
    cells = (_cells(sides, sides.now), _cells(sides, sides.then))
    return tuple(_change(sides, pair, cells) for pair in pairs)


Cells = Mapping[str, Mapping[str, str]]


def _cells(sides: Sides, side: Look) -> Cells:
    """Return what holds of each capability at each role level that both sides have, by code."""
    if not sides.knows_rows:
        return {}
    both = _role_levels(sides.now) & _role_levels(sides.then)
    return {
        code: {each.role_level: each.holds for each in cells if each.role_level in both}
        for code, cells in side.results.cells_of.items()
    }


def _role_levels(look: Look) -> set[str]:
    return {each.name for each in look.results.document.subject.role_levels}


def _change(sides: Sides, pair: Pair, cells: tuple[Cells, Cells]) -> CapabilityChange:
    now = sides.support_now.get(pair.now.code, "") if pair.now else ""
    then = sides.support_then.get(pair.then.code, "") if pair.then else ""
    levels = _levels(pair, cells)
    return CapabilityChange(pair, _kinds(pair, then, now, levels), then, now, levels)


def _levels(pair: Pair, cells: tuple[Cells, Cells]) -> tuple[LevelChange, ...]:
    if pair.now is None or pair.then is None:
        return ()
    now, then = cells[0].get(pair.now.code, {}), cells[1].get(pair.then.code, {})
    return tuple(
        LevelChange(name, then.get(name, ""), level)
        for name, level in now.items()
        if level != then.get(name, "")
    )


def _kinds(pair: Pair, then: str, now: str, levels: tuple[LevelChange, ...]) -> tuple[str, ...]:
    if pair.then is None:
        return (ADDED,)
    if pair.now is None:
        return (GONE,)
    found = {
        REWORDED: pair.now.text != pair.then.text,
        MOVED: pair.then.function != "" and _place(pair.now) != _place(pair.then),
        LEVEL: any(each.then for each in levels),
        SETTLED: any(not each.then for each in levels),
        GAINED: (then, now) == (UNSUPPORTED, SUPPORTED),
        LOST: (then, now) == (SUPPORTED, UNSUPPORTED),
    }
    return tuple(kind for kind, is_so in found.items() if is_so)


def _place(capability: Capability) -> tuple[str, str, str]:
    return capability.function, capability.domain, capability.area
