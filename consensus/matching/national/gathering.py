"""Pairs of block after block, put one after the other and seldom moved.

What is worth keeping of a block is for `block`.
"""

import math
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Indices
from consensus.matching.national.block import RowPairs
from consensus.matching.national.readings import Pairs

Kind = TypeVar("Kind", bound=np.generic)

# More room than the rows so far would need; what is never written to costs nothing.
ROOM = 1.2


class Gathering:
    """Duties and scores in two arrays with room for all, and how many pairs each row has."""

    def __init__(self, rows: int) -> None:
        self._rows, self._seen, self._length = rows, 0, 0
        self._counts: list[Indices] = []
        self._duty = np.empty(0, dtype=np.int32)
        self._score = np.empty(0, dtype=np.float32)

    def add(self, found: Sequence[RowPairs]) -> None:
        """Put the pairs of the next rows behind the others."""
        self._make_room(sum(len(each.duty) for each in found), sum(len(e.count) for e in found))
        for each in found:
            start, self._length = self._length, self._length + len(each.duty)
            self._duty[start : self._length] = each.duty
            self._score[start : self._length] = each.score
            self._counts.append(each.count)

    def gathered(self) -> Pairs:
        """Return all pairs; the gathering ends here."""
        counts = np.concatenate([*self._counts, np.empty(0, dtype=np.int64)])
        self._duty.resize(self._length, refcheck=False)
        self._score.resize(self._length, refcheck=False)
        rows = np.arange(self._rows, dtype=np.int32)
        return Pairs(np.repeat(rows, counts), self._duty, self._score)

    def _make_room(self, pairs: int, rows: int) -> None:
        self._seen += rows
        needed = self._length + pairs
        if needed <= len(self._duty):
            return
        room = math.ceil(ROOM * needed * self._rows / max(self._seen, 1))
        self._duty = self._moved(self._duty, room)
        self._score = self._moved(self._score, room)

    def _moved(self, values: npt.NDArray[Kind], room: int) -> npt.NDArray[Kind]:
        moved = np.empty(room, dtype=values.dtype)
        moved[: self._length] = values[: self._length]
        return moved
