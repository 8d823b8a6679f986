"""One block of capabilities against every duty: the pairs worth keeping of its scores.

Everything here works on the scores of one block, which are overwritten by the next. What outlives
a block lives in `profiles` and `findings`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Flags, Indices
from consensus.matching.matches import MILLIONTHS_PER_PERCENT, score_millionths
from consensus.matching.national.sides import HAIR, Sides, Vectors, exact_scores

# Thresholds have at most one decimal; half a millionth below each lies where it is decided.
THRESHOLDS_PER_UNIT = 1000
HALF_MILLIONTH = 0.5e-6
# A block's cell and its score in one whole number of 64 bits, which sorts ten times as fast.
SCORE_BITS = np.uint64(32)
LOW_BITS = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, eq=False)
class Keeping:
    """What of a capability's pairs is kept: from the floor up, and the `most` best of all."""

    floor_percent: float
    most: int

    @property
    def sure(self) -> np.float32:
        """The score from which a pair is kept wherever it stood in the product."""
        return np.float32(self.floor_percent / 100 - HALF_MILLIONTH + HAIR)

    @property
    def least(self) -> np.float32:
        """The score from which a pair may turn out to be at the floor."""
        return np.float32(self.floor_percent / 100 - HALF_MILLIONTH - HAIR)

    def reaches(self, scores: Vectors) -> Flags:
        """Whether a score is at the floor, in whole millionths."""
        reached: Flags = score_millionths(scores) >= self.floor_percent * MILLIONTHS_PER_PERCENT
        return reached


@dataclass(frozen=True, eq=False)
class RowPairs:
    """The pairs of a block by row, then duty. `count` (b,) says how many each row has."""

    rows: Indices
    count: Indices
    duty: npt.NDArray[np.int32]
    score: Vectors


def near_a_threshold(scores: Vectors) -> Flags:
    """Whether a score is so near to a threshold that the order of adding up might decide."""
    shifted = (scores.astype(np.float64) + HALF_MILLIONTH) * THRESHOLDS_PER_UNIT
    near: Flags = np.abs(shifted - np.rint(shifted)) < HAIR * THRESHOLDS_PER_UNIT
    return near


def pairs_of_block(sides: Sides, rows: Indices, scores: Vectors, keeping: Keeping) -> RowPairs:
    """The pairs of the capabilities `rows` (b,); `scores` (b, m) stand by rank."""
    cell, score = _candidates(scores, keeping)
    local, place = np.divmod(cell, max(scores.shape[1], 1))
    local, duty, score = _sorted(local, sides.layout.order[place], score)
    again = np.flatnonzero(near_a_threshold(score) | _near_each_other(local, score))
    score[again] = exact_scores(sides.capabilities, sides.duties, rows[local[again]], duty[again])
    np.clip(score, -1.0, 1.0, out=score)
    kept = np.flatnonzero(keeping.reaches(score) | _among_the_best(local, duty, score, keeping))
    count = np.bincount(local[kept], minlength=len(rows))
    return RowPairs(rows, count, duty[kept].astype(np.int32), score[kept])


def _candidates(scores: Vectors, keeping: Keeping) -> tuple[Indices, Vectors]:
    """The cells that may be kept: from the floor, and where a row has few of them its best."""
    flat, width = scores.reshape(-1), max(scores.shape[1], 1)
    cell = np.flatnonzero(flat >= keeping.least)
    value = flat[cell]
    sure = np.bincount(cell[value >= keeping.sure] // width, minlength=len(scores))
    poor = np.flatnonzero(sure < min(keeping.most, scores.shape[1]))
    if not len(poor):
        return cell, value
    is_rich = ~np.isin(cell // width, poor)
    least = np.minimum(_least_of_best(scores[poor], keeping.most), keeping.least)
    row, place = np.nonzero(scores[poor] >= least[:, None])
    more = poor[row] * width + place
    return np.concatenate((cell[is_rich], more)), np.concatenate((value[is_rich], flat[more]))


def _least_of_best(scores: Vectors, most: int) -> Vectors:
    """A hair below the last of the `most` best scores of each row."""
    at = max(scores.shape[1] - most, 0)
    least: Vectors = np.partition(scores, at, axis=1)[:, at] - np.float32(HAIR)
    return least


def _sorted(local: Indices, duty: Indices, score: Vectors) -> tuple[Indices, Indices, Vectors]:
    """The same by row, then duty."""
    width = np.uint64(int(duty.max(initial=0)) + 1)
    key = local.astype(np.uint64) * width + duty.astype(np.uint64)
    key = np.sort((key << SCORE_BITS) | score.view(np.uint32))
    cell = key >> SCORE_BITS
    bits = (key & LOW_BITS).astype(np.uint32)
    return (cell // width).astype(np.int64), (cell % width).astype(np.int64), bits.view(np.float32)


def _near_each_other(local: Indices, score: Vectors) -> Flags:
    """Whether another score of the same row is so near that the order of adding up might decide."""
    order = np.lexsort((score, local))
    close = np.diff(score[order]) < np.float32(HAIR)
    close &= local[order[1:]] == local[order[:-1]]
    near = np.zeros(len(score), dtype=np.bool_)
    near[order[1:][close]] = True
    near[order[:-1][close]] = True
    return near


def _among_the_best(local: Indices, duty: Indices, score: Vectors, keeping: Keeping) -> Flags:
    """Whether a pair is one of the `most` best of its row; of equal scores the lowest duty."""
    order = np.lexsort((duty, -score, local))
    begins = np.searchsorted(local[order], local[order])
    best = np.zeros(len(score), dtype=np.bool_)
    best[order[np.arange(len(order)) - begins < keeping.most]] = True
    return best
