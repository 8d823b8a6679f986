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
# Numbers that say two things at once are sorted several times as fast as an order is found: a cell
# and its score's 32 bits; a row of few, a score in whole 2^-24ths and which of the pairs it is.
SCORE_BITS = 32
BITS = 26
INDEX = (1 << BITS) - 1
STEPS_PER_UNIT = np.float32(1 << 24)
# What two scores may lie apart in steps, with what float32 rounds off.
STEPS_OF_HAIR = 12
LOWEST_BIT = np.array([0, *((byte & -byte).bit_length() - 1 for byte in range(1, 256))])
# What is read of so few rows stays near the processor.
ROWS_AT_A_TIME = 64


@dataclass(frozen=True, eq=False)
class Keeping:
    """What of a capability's pairs is kept: scores from `floor` up, and the `most` best of all."""

    floor: np.float32
    most: int


@dataclass(frozen=True, eq=False)
class RowPairs:
    """The pairs of a block by row, then duty. `count` (b,) says how many each row has."""

    count: Indices
    duty: npt.NDArray[np.int32]
    score: Vectors


@dataclass(frozen=True, eq=False)
class _Cells:
    """Some cells of a block, row after row: where they lie, how many in each row, their scores."""

    at: Indices
    count: Indices
    score: Vectors


def pairs_of_block(sides: Sides, rows: Indices, scores: Vectors, keeping: Keeping) -> RowPairs:
    """The pairs of the capabilities `rows` (b,), at most 64; `scores` (b, m) stand by rank."""
    found = _from_the_floor(scores, keeping)
    is_poor = _is_poor(found, scores.shape[1], keeping)
    if is_poor.any():
        found = _with_the_best(found, scores, is_poor, keeping)
    row = np.repeat(np.arange(len(rows)), found.count)
    duty, score = _by_duty(found, row, scores.shape[1], sides.layout)
    again = np.flatnonzero(_near_a_threshold(score) | _near_each_other(row, score))
    score[again] = exact_scores(sides.capabilities, sides.duties, rows[row[again]], duty[again])
    np.clip(score, -1.0, 1.0, out=score)
    kept = score >= keeping.floor
    if is_poor.any():
        kept[_best_of(np.flatnonzero(is_poor[row]), row, score, keeping.most)] = True
    if kept.all():
        return RowPairs(found.count, duty, score)
    left_out = np.bincount(row[~kept], minlength=len(rows))
    return RowPairs(found.count - left_out, duty[kept], score[kept])


def _from_the_floor(scores: Vectors, keeping: Keeping) -> _Cells:
    """The cells that may be at the floor."""
    flat = scores.reshape(-1)
    at = _where(flat >= keeping.floor - np.float32(HAIR))
    bounds = np.searchsorted(at, np.arange(len(scores) + 1) * scores.shape[1])
    return _Cells(at, np.diff(bounds), flat[at])


def _where(flags: Flags) -> Indices:
    """Where `flags` are true, as `np.flatnonzero`, in half its time where few of them are."""
    packed = np.packbits(flags, bitorder="little")
    byte = np.flatnonzero(packed != 0)
    bits, at, found = packed[byte], byte << 3, [np.empty(0, dtype=np.int64)]
    while len(bits):
        found.append(at + LOWEST_BIT[bits])
        bits &= bits - np.uint8(1)
        more = np.flatnonzero(bits)
        bits, at = bits[more], at[more]
    where = np.concatenate(found)
    where.sort()
    return where


def _is_poor(found: _Cells, width: int, keeping: Keeping) -> Flags:
    """Which rows have fewer than `most` pairs that are sure to be at the floor, (b,)."""
    unsure = found.at[found.score < keeping.floor + np.float32(HAIR)]
    sure = found.count - np.bincount(unsure // width, minlength=len(found.count))
    poor: Flags = sure < min(keeping.most, width)
    return poor


def _with_the_best(found: _Cells, scores: Vectors, is_poor: Flags, keeping: Keeping) -> _Cells:
    """The same but, of the poor rows, all cells that may be among the `most` best."""
    poor, width = np.flatnonzero(is_poor), scores.shape[1]
    own = scores[poor]
    last = max(width - keeping.most, 0)
    least = np.minimum(np.partition(own, last, axis=1)[:, last], keeping.floor) - np.float32(HAIR)
    near = np.flatnonzero(own >= least[:, None])
    row = near // width
    count = found.count.copy()
    count[poor] = np.bincount(row, minlength=len(poor))
    rich = ~np.repeat(is_poor, found.count)
    at = np.concatenate((found.at[rich], near + (poor[row] - row) * width))
    score = np.concatenate((found.score[rich], own.reshape(-1)[near]))
    order = np.argsort(at)
    return _Cells(at[order], count, score[order])


def _by_duty(
    found: _Cells, row: Indices, width: int, layout: Layout
) -> tuple[npt.NDArray[np.int32], Vectors]:
    """The duties and scores of cells that stand by rank, put in the order of row and duty."""
    begins = row * width
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
    """Whether another score of the same row is so near that the order of adding up might decide.

    It may say so of scores that lie a little farther apart.
    """
    steps = ((score + np.float32(1)) * STEPS_PER_UNIT).astype(np.int64)
    key = (((row << BITS) | steps) << BITS) | np.arange(len(score))
    key.sort()
    close = np.flatnonzero(np.diff(key >> BITS) <= STEPS_OF_HAIR)
    near = np.zeros(len(score), dtype=np.bool_)
    near[key[close] & INDEX] = True
    near[key[close + 1] & INDEX] = True
    return near


def _best_of(own: Indices, row: Indices, score: Vectors, most: int) -> Indices:
    """Of the pairs at `own` the `most` best of each row; of equal scores the lowest duties."""
    own = own[np.lexsort((-score[own], row[own]))]
    place = np.arange(len(own)) - np.searchsorted(row[own], row[own])
    return own[place < most]
