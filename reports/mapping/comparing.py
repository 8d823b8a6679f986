"""One profile against one standard: what matches and what does not, both ways. Pure."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from reports.mapping.findings import Match
from reports.mapping.reading import Reading, best_among, match_at


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
    columns = [number for number, duty in enumerate(inputs.duties) if duty.standard == place]
    if not rows or not columns:
        return None
    capabilities = [_side(reading, *best_among(reading, [row], columns)) for row in rows]
    duties = [_side(reading, *best_among(reading, rows, [column])) for column in columns]
    return Comparison(
        met=tuple(each for each in capabilities if each.match.is_match),
        unmet=tuple(each for each in capabilities if not each.match.is_match),
        used=tuple(each for each in duties if each.match.is_match),
        spare=tuple(each for each in duties if not each.match.is_match),
    )


def _side(reading: Reading, row: int, column: int) -> Side:
    capability = reading.ground.inputs.capabilities[row]
    match = match_at(reading, row, column)
    return Side(capability.statement_id, capability.code, capability.text, match)
