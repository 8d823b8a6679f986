"""The best capability of every duty, gathered from block after block in whatever order they end.

The best duty of every capability needs no gathering: it is found within one block (`block`).
"""

from threading import Lock

import numpy as np

from consensus.matching.arrays import Indices
from consensus.matching.national.block import first_of_each
from consensus.matching.national.sides import HAIR, Sides, Vectors

NO_CAPABILITY = -1
PLACES_AT_A_TIME = 1024
# A few rows raise few columns: what is looked at twice falls with the size of the step.
ROWS_AT_A_TIME = 64


class BestCapabilities:
    """Whose score is the best with each duty so far, by rank. Equal ones go to the lower index.

    What lies within a hair is always decided by `Sides.exact`, so the blocks may end in any order.
    """

    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self._lock = Lock()
        self._score = np.full(len(sides.duties), -np.inf, dtype=np.float32)
        self._row: Indices = np.full(len(sides.duties), NO_CAPABILITY, dtype=np.int64)

    def take(self, rows: Indices, scores: Vectors) -> None:
        """Take in a block: `scores` (b, m) of the capabilities `rows`, the duties by rank."""
        for start in range(0, len(rows), ROWS_AT_A_TIME):
            part = slice(start, start + ROWS_AT_A_TIME)
            self._take(rows[part], scores[part])

    def _take(self, rows: Indices, scores: Vectors) -> None:
        highest, so_far = scores.max(axis=0, initial=-np.inf), self._score.copy()
        least = np.maximum(highest, so_far) - np.float32(HAIR)
        better = np.flatnonzero((highest >= least) & (highest > -np.inf))
        for start in range(0, len(better), PLACES_AT_A_TIME):
            places = better[start : start + PLACES_AT_A_TIME]
            local, column = np.nonzero(scores[:, places] >= least[places])
            place = places[column]
            with self._lock:
                self._keep(rows[local], place, scores[local, place])

    def found(self) -> tuple[Indices, Vectors]:
        """Return the best capability of each duty, −1 for none, and its score, NaN then."""
        row = self._row[self._sides.layout.place]
        score = np.clip(self._score[self._sides.layout.place], -1.0, 1.0)
        score[row == NO_CAPABILITY] = np.nan
        return row, score

    def _keep(self, row: Indices, place: Indices, score: Vectors) -> None:
        is_alone = np.bincount(place, minlength=len(self._row))[place] == 1
        is_clear = is_alone & (score > self._score[place] + np.float32(HAIR))
        self._score[place[is_clear]] = score[is_clear]
        self._row[place[is_clear]] = row[is_clear]
        if not is_clear.all():
            self._decide(row[~is_clear], place[~is_clear])

    def _decide(self, row: Indices, place: Indices) -> None:
        known = np.unique(place)
        known = known[self._row[known] != NO_CAPABILITY]
        place = np.concatenate((place, known))
        row = np.concatenate((row, self._row[known]))
        score = self._sides.exact(row, self._sides.layout.order[place])
        first = first_of_each(place, score, row)
        self._score[place[first]] = score[first]
        self._row[place[first]] = row[first]
