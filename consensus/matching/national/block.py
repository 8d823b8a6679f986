"""One block of capabilities against every duty: its hits, and the best of each row.

Everything here works on the scores of one block, which are overwritten by the next. What outlives
a block lives in `columns` (duties), `profiles` and `findings`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Flags, Indices
from consensus.matching.national.layout import Layout
from consensus.matching.national.sides import HAIR, Sides, Vectors

# Thresholds have at most one decimal; half a millionth below each lies where it is decided.
THRESHOLDS_PER_UNIT = 1000
HALF_MILLIONTH = 0.5e-6


@dataclass(frozen=True, eq=False)
class RowHits:
    """Hits of some capabilities. `is_best` marks the best duty of all; low scores are such only."""

    row: Indices
    standard: Indices
    duty: Indices
    score: Vectors
    is_best: Flags


def standard_maxima(scores: Vectors, layout: Layout) -> Vectors:
    """The best score of each row within each standard, (b, p); `scores` stand by rank."""
    best = scores[:, : len(layout.standards)].copy()
    for start, width in layout.ranks():
        over = best[:, :width]
        np.maximum(over, scores[:, start : start + width], out=over)
    return np.minimum(best, 1.0, out=best)


def near_a_threshold(scores: Vectors) -> Flags:
    """Whether a score is so near to a threshold that the order of adding up might decide."""
    shifted = (scores.astype(np.float64) + HALF_MILLIONTH) * THRESHOLDS_PER_UNIT
    near: Flags = np.abs(shifted - np.rint(shifted)) < HAIR * THRESHOLDS_PER_UNIT
    return near


def hits_of_block(
    sides: Sides, rows: Indices, scores: Vectors, best: Vectors, floor: float
) -> RowHits:
    """The hits of one block: best duties per standard from `floor` up, and the best of each row.

    `rows` (b,) are the capabilities, `scores` (b, m) stand by rank, `best` (b, p) are their maxima.
    """
    peaks = best.max(axis=1, initial=-np.inf) - np.float32(HAIR)
    least = np.minimum(np.float32(floor), peaks)[:, None]
    local, column = np.divmod(np.flatnonzero((best >= least) & (best > -np.inf)), best.shape[1])
    value = best[local, column]
    place, contested = _places(sides, rows, scores, (local, column, value))
    duty, row = sides.layout.order[place], rows[local]
    leads = np.flatnonzero(value >= peaks[local])
    has_rival = np.bincount(local[leads], minlength=len(rows)) > 1
    contested[leads] |= has_rival[local[leads]]
    again = np.flatnonzero(contested | near_a_threshold(value))
    value[again] = sides.exact(row[again], duty[again])
    is_best = np.zeros(len(row), dtype=np.bool_)
    is_best[leads[first_of_each(local[leads], value[leads], duty[leads])]] = True
    return RowHits(row, sides.layout.standards[column], duty, value, is_best)


def _places(
    sides: Sides, rows: Indices, scores: Vectors, keys: tuple[Indices, Indices, Vectors]
) -> tuple[Indices, Flags]:
    """Where the best duty of each key (row in the block, column, value) stands.

    Also whether another duty came so near that both scores have to be worked out again.
    """
    local, column, value = keys
    place = np.full(len(local), -1, dtype=np.int64)
    contested = np.zeros(len(local), dtype=np.bool_)
    rivals: list[tuple[Indices, Indices]] = []
    # In the order of the columns, those that have a duty of this rank are the first of them.
    order = _order_of(column, scores.shape[1])
    flat, cell = scores.reshape(-1), (local * scores.shape[1] + column)[order]
    least, ends = (value - np.float32(HAIR))[order], np.cumsum(np.bincount(column, minlength=1))
    for start, width in sides.layout.ranks():
        end = ends[min(width, len(ends)) - 1]
        near = order[np.flatnonzero(flat.take(cell[:end] + start) >= least[:end])]
        is_first = place[near] < 0
        place[near[is_first]] = start + column[near[is_first]]
        second = near[~is_first]
        contested[second] = True
        rivals.append((second, start + column[second]))
    if contested.any():
        again = np.flatnonzero(contested)
        key = np.concatenate((again, *(each[0] for each in rivals)))
        rival = np.concatenate((place[again], *(each[1] for each in rivals)))
        first = _first_exactly(sides, key, rows[local[key]], sides.layout.order[rival])
        place[key[first]] = rival[first]
    return place, contested


def _order_of(column: Indices, columns: int) -> Indices:
    """The order of small numbers; as short integers they are sorted in a tenth of the time."""
    return np.argsort(column.astype(np.min_scalar_type(columns)), kind="stable")


def _first_exactly(sides: Sides, key: Indices, row: Indices, duty: Indices) -> Indices:
    """The position of the best candidate of each key, worked out once more."""
    return first_of_each(key, sides.exact(row, duty), duty)


def first_of_each(
    group: Indices, score: npt.NDArray[np.float32], index: Indices
) -> npt.NDArray[np.int64]:
    """The position of each group's highest score; of equal scores the lowest index."""
    order = np.lexsort((index, -score, group))
    sorted_groups = group[order]
    is_first = np.ones(len(order), dtype=np.bool_)
    is_first[1:] = sorted_groups[1:] != sorted_groups[:-1]
    return order[is_first]
