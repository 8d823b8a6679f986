"""The votes of a cycle as profiles keep them: settled cells, their counts past the gate."""

import uuid

from cycles.profiles.votes import Vote
from cycles.setup.queries import rule_card_of
from workshop.rooms.disclosure import shown
from workshop.rooms.queries import Cell, settled_cells

Votes = dict[tuple[uuid.UUID, uuid.UUID], Vote]


def votes_of(cycle_id: uuid.UUID) -> Votes:
    """Return the vote on each settled cell, by statement and role level.

    Where two workshops asked the same, the later one holds.
    """
    minimum_n = rule_card_of(cycle_id).minimum_n
    return {
        (cell.statement_id, cell.role_level_id): _vote(cell, minimum_n)
        for cell in settled_cells(cycle_id)
        if cell.is_settled
    }


def _vote(cell: Cell, minimum_n: int) -> Vote:
    return Vote(
        level=cell.level,
        outcome=cell.outcome.value,
        counts=shown(cell.counts, minimum_n).counts or (),
        closing=cell.closing.value,
        is_provisional=cell.is_provisional,
        is_fragile=cell.is_fragile,
        is_two_camps=cell.is_two_camps,
        is_decided=cell.is_decided,
        decision=cell.reason,
    )
