"""The votes of a cycle as profiles keep them: settled cells, their counts past the gate."""

import uuid

from consensus.stopping import Closing
from cycles.profiles.votes import Vote
from cycles.setup.queries import rule_card_of
from workshop.ratification.dissent import NOBODY, Minority, minorities_of
from workshop.rooms.disclosure import shown
from workshop.rooms.queries import Cell, settled_cells

Votes = dict[tuple[uuid.UUID, uuid.UUID], Vote]


def votes_of(cycle_id: uuid.UUID) -> Votes:
    """Return the vote on each settled cell, by statement and role level.

    Where two workshops asked the same, the later one holds.
    """
    minimum_n = rule_card_of(cycle_id).minimum_n
    cells = [cell for cell in settled_cells(cycle_id) if cell.is_settled]
    apart = minorities_of([cell for cell in cells if is_stable_dissent(cell)], minimum_n)
    return {
        (cell.statement_id, cell.role_level_id): _vote(
            cell, minimum_n, apart.get(cell.item_id, NOBODY)
        )
        for cell in cells
    }


def is_stable_dissent(cell: Cell) -> bool:
    """Say whether asking about a cell stopped because opinion stood still, not agreed."""
    return cell.closing == Closing.STABLE_DISSENT


def _vote(cell: Cell, minimum_n: int, apart: Minority) -> Vote:
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
        minority=apart.words,
        reasons=apart.reasons,
    )
