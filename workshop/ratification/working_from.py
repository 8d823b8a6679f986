"""What a generation would work from: the cells of each role level, counted. Nothing is written."""

import uuid
from collections import Counter
from dataclasses import dataclass

from cycles.setup.queries import role_levels_of
from cycles.statements.queries import kept_statements
from workshop.rooms.queries import Cell, settled_cells


@dataclass(frozen=True)
class LevelCounts:
    """The kept capabilities of a cycle as one role level has them.

    ``needed`` go into its profiles, ``provisional`` of them without an agreed level; ``unsettled``
    are left out until they are settled, among them those nobody was asked about.
    """

    role_level_id: uuid.UUID
    name: str
    academic_level: int | None
    needed: int
    provisional: int
    not_needed: int
    unsettled: int


def levels_of(cycle_id: uuid.UUID) -> tuple[LevelCounts, ...]:
    """Return the counts of each role level, in the cycle's order."""
    kept = len(kept_statements(cycle_id))
    # Where two workshops asked the same, the later one holds.
    latest = {
        (one.role_level_id, one.statement_id): one
        for one in settled_cells(cycle_id)
        if one.is_settled
    }
    counts = Counter((level_id, _kind(cell)) for (level_id, _), cell in latest.items())
    found = []
    for row in role_levels_of(cycle_id):
        agreed, provisional, not_needed = (
            counts[row.id, kind] for kind in ("agreed", "provisional", "not needed")
        )
        found.append(
            LevelCounts(
                role_level_id=row.id,
                name=row.name,
                academic_level=row.academic_level,
                needed=agreed + provisional,
                provisional=provisional,
                not_needed=not_needed,
                unsettled=kept - agreed - provisional - not_needed,
            )
        )
    return tuple(found)


def _kind(cell: Cell) -> str:
    if not cell.level:
        return "not needed"
    return "provisional" if cell.is_provisional else "agreed"
