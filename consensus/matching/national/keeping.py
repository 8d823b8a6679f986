"""From what the blocks found to what is kept: sorted, with the accepted matches in front.

Here the human verdicts get the last word on every best match. Nothing here sees a block's scores.
"""

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Indices
from consensus.matching.national.block import RowHits, first_of_each
from consensus.matching.national.columns import BestCapabilities
from consensus.matching.national.findings import Hits, Survey, Touches
from consensus.matching.national.profiles import Profiles, twins
from consensus.matching.national.sides import Sides


def keep(
    sides: Sides,
    floor_percent: float,
    found: list[RowHits],
    columns: BestCapabilities,
    profiles: Profiles,
) -> Survey:
    """Put together the survey."""
    hits = _joined(found)
    best_duty = np.full(len(sides.capabilities), -1, dtype=np.int64)
    best_score = np.full(len(sides.capabilities), np.nan)
    best_duty[hits.row[hits.is_best]] = hits.duty[hits.is_best]
    best_score[hits.row[hits.is_best]] = hits.score[hits.is_best]
    best_capability, capability_score = columns.found()
    _put_accepted(sides, 0, best_duty, best_score)
    _put_accepted(sides, 1, best_capability, capability_score)
    for group in twins(sides):
        profiles.two_way[:, group] = profiles.two_way[:, group[:1]]
    return Survey(
        floor_percent=floor_percent,
        hits=_hits(sides, hits, profiles.floor),
        touches=_touches(sides, profiles),
        best_duty=best_duty,
        best_score=best_score,
        is_accepted=np.isin(np.arange(len(best_duty)), sides.accepted[:, 0]),
        best_capability=best_capability,
        best_capability_score=capability_score.astype(np.float64),
        two_way=profiles.two_way,
        members=sides.members,
        standard_of_duty=sides.standard_of_duty,
        duty_count=sides.layout.duty_count,
    )


def _joined(found: list[RowHits]) -> RowHits:
    """The hits of all blocks as one; there is at least one block, if only an empty one."""
    return RowHits(
        row=np.concatenate([each.row for each in found]),
        standard=np.concatenate([each.standard for each in found]),
        duty=np.concatenate([each.duty for each in found]),
        score=np.concatenate([each.score for each in found]),
        is_best=np.concatenate([each.is_best for each in found]),
    )


def _put_accepted(sides: Sides, side: int, best: Indices, score: npt.NDArray[np.floating]) -> None:
    """Put each capability's (side 0) or duty's (side 1) best accepted match before all others."""
    own, other = sides.accepted[:, side], sides.accepted[:, 1 - side]
    machine = sides.exact(sides.accepted[:, 0], sides.accepted[:, 1])
    first = first_of_each(own, machine, other)
    best[own[first]], score[own[first]] = other[first], machine[first]


def _hits(sides: Sides, found: RowHits, floor: float) -> Hits:
    width = max(len(sides.layout.duty_count), 1)
    yes_row, yes_duty = sides.accepted[:, 0], sides.accepted[:, 1]
    yes_key = yes_row * width + sides.standard_of_duty[yes_duty]
    yes_score = sides.exact(yes_row, yes_duty)
    first = first_of_each(yes_key, yes_score, yes_duty)
    key = found.row * width + found.standard
    other = (found.score >= np.float32(floor)) & ~np.isin(key, yes_key)
    keys = np.concatenate((key[other], yes_key[first]))
    order = np.argsort(keys)
    rows, standards = np.divmod(keys[order], width)
    accepted = np.arange(len(keys)) >= int(other.sum())
    return Hits(
        row=rows.astype(np.int32),
        standard=standards.astype(np.int32),
        duty=np.concatenate((found.duty[other], yes_duty[first]))[order].astype(np.int32),
        score=np.concatenate((found.score[other], yes_score[first]))[order],
        is_accepted=accepted[order],
    )


def _touches(sides: Sides, profiles: Profiles) -> Touches:
    found = sorted(profiles.touches.items())
    sizes = [len(duties) for _, (duties, _) in found]
    profile = np.repeat(np.array([number for number, _ in found], dtype=np.int64), sizes)
    duty = np.concatenate([*(duties for _, (duties, _) in found), np.empty(0, dtype=np.int64)])
    score = np.concatenate([*(scores for _, (_, scores) in found), np.empty(0, dtype=np.float32)])
    order = np.argsort(profile * max(len(sides.duties), 1) + duty)
    return Touches(profile[order].astype(np.int32), duty[order].astype(np.int32), score[order])
