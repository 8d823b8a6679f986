"""One block of capabilities against every duty: the pairs worth keeping of its scores.

Everything here works on the scores of one block, which are overwritten by the next. What outlives
a block lives in `profiles` and `findings`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Flags, Indices
from consensus.matching.national.layout import Layout
from consensus.matching.national.sides import HAIR, Sides, Vectors, exact_scores

# Thresholds have at most one decimal; half a millionth below each lies where it is decided.
THRESHOLDS_PER_UNIT = np.float32(1000)
HALF_MILLIONTH = 0.5e-6
# What float32 may be off by where a score is told in thresholds.
ROUNDING = 1e-4
# A cell and its score make one whole number of 64 bits, which sorts faster than an order is found.
SCORE_BITS = 32
# Rows stand farther apart than any two cosines.
BETWEEN_ROWS = 4.0


@dataclass(frozen=True, eq=False)
class Keeping:
    """What of a capability's pairs is kept: scores from `floor` up, and the `most` best of all."""

    floor: np.float32
    most: int


@dataclass(frozen=True, eq=False)
class RowPairs:
    """The pairs of a block by row, then duty. `count` (b,) says how many each row has."""

    rows: Indices
    count: Indices
    duty: npt.NDArray[np.int32]
    score: Vectors


@dataclass(frozen=True, eq=False)
class _Cells:
    """Some cells of a block in ascending order: where they lie, in which row, and their scores."""

    at: Indices
    row: Indices
    score: Vectors


def pairs_of_block(sides: Sides, rows: Indices, scores: Vectors, keeping: Keeping) -> RowPairs:
    """The pairs of the capabilities `rows` (b,); `scores` (b, m) stand by rank."""
    flat = scores.reshape(-1)
    found = _cells(np.flatnonzero(flat >= keeping.floor - np.float32(HAIR)), scores)
    is_poor = _is_poor(found, scores.shape, keeping)
    if is_poor.any():
        found = _with_the_best(found, scores, is_poor, keeping)
    duty, score = _by_duty(found, scores.shape[1], sides.layout)
    again = np.flatnonzero(_near_a_threshold(score) | _near_each_other(found.row, score))
    score[again] = exact_scores(
        sides.capabilities, sides.duties, rows[found.row[again]], duty[again]
    )
    np.clip(score, -1.0, 1.0, out=score)
    kept = score >= keeping.floor
    kept[_best_of(np.flatnonzero(is_poor[found.row]), found.row, score, keeping.most)] = True
    count = np.bincount(found.row[kept], minlength=len(rows))
    return RowPairs(rows, count, duty[kept], score[kept])


def _cells(at: Indices, scores: Vectors) -> _Cells:
    bounds = np.searchsorted(at, np.arange(len(scores) + 1) * scores.shape[1])
    row = np.repeat(np.arange(len(scores)), np.diff(bounds))
    return _Cells(at, row, scores.reshape(-1)[at])


def _is_poor(found: _Cells, shape: tuple[int, ...], keeping: Keeping) -> Flags:
    """Which rows have fewer than `most` pairs that are sure to be at the floor, (b,)."""
    is_sure = found.score >= keeping.floor + np.float32(HAIR)
    sure = np.bincount(found.row[is_sure], minlength=shape[0])
    poor: Flags = sure < min(keeping.most, shape[1])
    return poor


def _with_the_best(found: _Cells, scores: Vectors, is_poor: Flags, keeping: Keeping) -> _Cells:
    """The same and, of the poor rows, all cells that may be among the `most` best."""
    poor = np.flatnonzero(is_poor)
    own = scores[poor]
    last = max(scores.shape[1] - keeping.most, 0)
    least = np.minimum(np.partition(own, last, axis=1)[:, last], keeping.floor) - np.float32(HAIR)
    row, place = np.divmod(np.flatnonzero(own >= least[:, None]), scores.shape[1])
    more = poor[row] * scores.shape[1] + place
    return _cells(np.sort(np.concatenate((found.at[~is_poor[found.row]], more))), scores)


def _by_duty(found: _Cells, width: int, layout: Layout) -> tuple[npt.NDArray[np.int32], Vectors]:
    """The duties and scores of cells that stand by rank, put in the order of row and duty."""
    begins = found.row * width
    cell = begins + layout.order[found.at - begins]
    key = (cell << SCORE_BITS) | found.score.view(np.uint32)
    key.sort()
    duty = (key >> SCORE_BITS) - begins
    return duty.astype(np.int32), key.astype(np.uint32).view(np.float32)


def _near_a_threshold(scores: Vectors) -> Flags:
    """Whether a score is so near to a threshold that the order of adding up might decide."""
    shifted = (scores + np.float32(HALF_MILLIONTH)) * THRESHOLDS_PER_UNIT
    shifted -= np.rint(shifted)
    near: Flags = np.abs(shifted, out=shifted) < HAIR * THRESHOLDS_PER_UNIT + ROUNDING
    return near


def _near_each_other(row: Indices, score: Vectors) -> Flags:
    """Whether another score of the same row is so near that the order of adding up might decide."""
    keys = row * BETWEEN_ROWS + score
    order = np.argsort(keys)
    close = np.flatnonzero(np.diff(keys[order]) < HAIR)
    near = np.zeros(len(score), dtype=np.bool_)
    near[order[close]] = True
    near[order[close + 1]] = True
    return near


def _best_of(own: Indices, row: Indices, score: Vectors, most: int) -> Indices:
    """Of the pairs at `own` the `most` best of each row; of equal scores the lowest duties."""
    own = own[np.lexsort((-score[own], row[own]))]
    place = np.arange(len(own)) - np.searchsorted(row[own], row[own])
    return own[place < most]
