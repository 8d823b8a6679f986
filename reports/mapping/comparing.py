"""One profile against one standard: what matches and what does not, both ways. Pure."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reports.mapping.findings import Match
from reports.mapping.reading import Grid, Reading, grid_of, match_in


@dataclass(frozen=True)
class Side:
    """One capability or one duty with its best counterpart on the other side.

    ``match`` carries the duty, the score and the verdict of that pair, whichever way it is read.
    """

    statement_id: uuid.UUID
    code: str
    capability: str
    match: Match


@dataclass(frozen=True)
class Comparison:
    """A profile and a standard. Fit counts ``met`` of all capabilities; surplus ``spare`` duties.

    ``met`` and ``unmet`` hold one line per capability, ``used`` and ``spare`` one per duty.
    """

    met: tuple[Side, ...]
    unmet: tuple[Side, ...]
    used: tuple[Side, ...]
    spare: tuple[Side, ...]


def compare(
    reading: Reading, members: Sequence[uuid.UUID], standard_id: uuid.UUID
) -> Comparison | None:
    """Compare a profile's members with a standard's duties.

    None where the run did not compare the standard, or none of the members.
    """
    inputs = reading.ground.inputs
    place = inputs.place_of.get(standard_id)
    rows = [inputs.row_of[each] for each in members if each in inputs.row_of]
    if not rows or place is None:
        return None
    columns = [int(each) for each in np.flatnonzero(inputs.standard_of_duty == place)]
    grid = grid_of(reading, rows, columns)
    capabilities = [_side(reading, grid, grid.best_of_row(row)) for row in range(len(rows))]
    duties = [_side(reading, grid, grid.best_of_column(column)) for column in range(len(columns))]
    return Comparison(
        met=tuple(each for each in capabilities if each.match.is_match),
        unmet=tuple(each for each in capabilities if not each.match.is_match),
        used=tuple(each for each in duties if each.match.is_match),
        spare=tuple(each for each in duties if not each.match.is_match),
    )


def _side(reading: Reading, grid: Grid, place: tuple[int, int]) -> Side:
    capability = reading.ground.inputs.capabilities[grid.rows[place[0]]]
    match = match_in(reading, grid, place)
    return Side(capability.statement_id, capability.code, capability.text, match)
