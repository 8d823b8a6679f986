"""Profiles held against each other: what they share, what each has alone, where levels differ.

Pure: levels by capability in, counts and rows out. What a capability or a profile is called is
not known here.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Levels = Mapping[uuid.UUID, int]
"""The level of each capability that a profile holds, by the capability."""


class Kind(StrEnum):
    """How many of the profiles compared hold a capability."""

    ALL = "all"
    SOME = "some"
    ONE = "one"


@dataclass(frozen=True)
class Overlap:
    """Two profiles: how many capabilities both hold, how many at least one, how many alike."""

    shared: int
    either: int
    same_level: int

    @property
    def share(self) -> float:
        """Return the part of all their capabilities that both hold, 0 to 1; 0 of nothing is 0."""
        return self.shared / self.either if self.either else 0.0


@dataclass(frozen=True)
class Row:
    """One capability: its level in each profile in their order, None where it is not held."""

    statement_id: uuid.UUID
    levels: tuple[int | None, ...]

    @property
    def kind(self) -> Kind:
        """Return whether all, some or one of the profiles hold it."""
        holders = sum(level is not None for level in self.levels)
        if holders == len(self.levels):
            return Kind.ALL
        return Kind.ONE if holders == 1 else Kind.SOME

    @property
    def apart(self) -> int:
        """Return how many steps lie between its lowest and its highest level."""
        held = [level for level in self.levels if level is not None]
        return max(held) - min(held)


def overlap(left: Levels, right: Levels) -> Overlap:
    """Return how two profiles overlap."""
    both = left.keys() & right.keys()
    return Overlap(
        shared=len(both),
        either=len(left.keys() | right.keys()),
        same_level=sum(left[one] == right[one] for one in both),
    )


def rows_of(order: Sequence[uuid.UUID], columns: Sequence[Levels]) -> tuple[Row, ...]:
    """Return a row for each capability that any profile holds, in the ``order`` given."""
    rows = (Row(one, tuple(column.get(one) for column in columns)) for one in order)
    return tuple(row for row in rows if any(level is not None for level in row.levels))


def similar(
    own: uuid.UUID, profiles: Mapping[uuid.UUID, Levels], most: int
) -> tuple[tuple[uuid.UUID, Overlap], ...]:
    """Return the profiles that share most with one, at most ``most``; none that shares nothing.

    Larger part of all capabilities of the pair first, then more shared; the order given breaks
    ties.
    """
    others = [
        (each, overlap(profiles[own], levels)) for each, levels in profiles.items() if each != own
    ]
    near = [(each, found) for each, found in others if found.shared]
    return tuple(sorted(near, key=lambda pair: (-pair[1].share, -pair[1].shared))[:most])
