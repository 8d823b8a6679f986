"""The tag for generic duties at national scale: all duties against all, block after block.

What a generic duty is is said in `consensus.matching.generic`.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Flags, Indices
from consensus.matching.generic import NO_PLACE, Genericness, genericness_of, places_of
from consensus.matching.matches import threshold_millionths
from consensus.matching.national.passing import (
    CELLS_PER_BLOCK,
    THREADS,
    OnBlock,
    Products,
    cut_rows,
    in_threads,
)
from consensus.matching.national.sides import (
    HAIR,
    Vectors,
    distinct_rows,
    exact_scores,
    least_score,
    unit_vectors,
)


def generic_duties_of(
    duties: Vectors,
    place_of_duty: npt.ArrayLike,
    places: int,
    threshold_percent: float,
    *,
    cells_per_block: int = CELLS_PER_BLOCK,
    threads: int = THREADS,
    on_block: OnBlock | None = None,
) -> Genericness:
    """Tag the duties of a framework that are near to duties of many unrelated places.

    Equal to `generic.generic_duties` of the product of the duties with themselves, with memory
    that grows with duties times places instead of with the square of the duties.

    Parameters
    ----------
    duties : float32 (m, d)
        Unit vectors.
    place_of_duty : int (m,)
        0 … places − 1, or −1 for a duty of no known place: it lends itself to no place's count,
        and no place is its own.
    places : int
    threshold_percent : float
        0 to 100, in whole millionths as in `matches.matched`.
    cells_per_block, threads, on_block
        As in `survey.survey`; none of them changes a result.

    Returns
    -------
    Genericness

    Missing data and undefined cases as in `generic.generic_duties`. Scores within 5e-7 of the
    threshold are those of `exact_scores`. Raises ValueError for vectors that are not unit float32,
    a threshold outside 0 … 100, shapes that do not agree or a place outside.

    Reference: see `generic.generic_duties`.

    >>> texts = np.eye(2, dtype=np.float32)[[0, 0, 0, 0, 1]]
    >>> generic_duties_of(texts, [0, 1, 2, 3, 3], 4, 55.8).is_generic.tolist()
    [True, True, True, True, False]
    """
    vectors = unit_vectors(duties, "duties")
    place = places_of(place_of_duty, len(vectors), places)
    cut = least_score(threshold_millionths(threshold_percent))
    # Many standards share duties: each text is looked at once, and once in each place.
    text = distinct_rows(vectors)
    rows = np.unique(text)
    cells = np.unique(np.column_stack((place, text))[place != NO_PLACE], axis=0)
    columns = cells[:, 1]
    present, starts = np.unique(cells[:, 0], return_index=True)
    blocks = [rows[part] for part in cut_rows(len(rows), len(columns), cells_per_block, threads)]
    products = Products(vectors, vectors[columns].T, blocks, threads)

    def read(block: Indices) -> Flags:
        with products.of(block) as scores:
            return _Near(vectors, block, columns, cut).places(scores, starts)

    met = np.concatenate([*in_threads(read, blocks, threads, on_block)])
    met = met[np.searchsorted(rows, text)]
    is_other = place[:, None] != present
    return genericness_of((met & is_other).sum(axis=1), is_other.sum(axis=1))


@dataclass(frozen=True, eq=False)
class _Near:
    """Which of the duties `columns` (n,) are near to the duties `rows` (b,): score `cut` or more.

    `scores` are (b, n). What lies within a hair of the cut is worked out once more.
    """

    vectors: Vectors
    rows: Indices
    columns: Indices
    cut: np.float32

    def places(self, scores: Vectors, starts: Indices) -> Flags:
        """Whether any column of each place is near, (b, places); a place begins at each start."""
        met = np.zeros((len(self.rows), len(starts)), dtype=np.bool_)
        for at, (start, end) in enumerate(pairwise([*starts.tolist(), scores.shape[1]])):
            best = scores[:, start:end].max(axis=1)
            met[:, at] = best >= self.cut + np.float32(HAIR)
            unsure = np.flatnonzero((best >= self.cut - np.float32(HAIR)) & ~met[:, at])
            for row in unsure.tolist():
                met[row, at] = self._is_any(row, scores[row, start:end], start)
        return met

    def _is_any(self, row: int, scores: Vectors, start: int) -> bool:
        may = self.columns[start + np.flatnonzero(scores >= self.cut - np.float32(HAIR))]
        again = exact_scores(self.vectors, self.vectors, np.full(len(may), self.rows[row]), may)
        return bool((again >= self.cut).any())
