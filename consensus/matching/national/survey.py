"""All capabilities against all duties in one pass, with memory that does not grow with the pairs.

Two threads take blocks of capabilities in turn. Each writes the product of its block over the last
one, reads from it what is worth keeping, and goes on. What is kept lives in `findings`.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from consensus.matching.arrays import Flags, Indices, Integers
from consensus.matching.national.block import (
    HALF_MILLIONTH,
    RowHits,
    hits_of_block,
    standard_maxima,
)
from consensus.matching.national.columns import BestCapabilities
from consensus.matching.national.findings import FLOOR_PERCENT, Survey
from consensus.matching.national.keeping import keep
from consensus.matching.national.layout import CELLS_PER_BLOCK, row_blocks
from consensus.matching.national.profiles import Profiles
from consensus.matching.national.sides import HAIR, Sides, Vectors, gather_sides

THREADS = 2


def survey(
    capabilities: Vectors,
    duties: Vectors,
    standard_of_duty: Integers,
    standards: int,
    members: Flags,
    *,
    accepted: npt.ArrayLike | None = None,
    rejected: npt.ArrayLike | None = None,
    floor_percent: float = FLOOR_PERCENT,
    cells_per_block: int = CELLS_PER_BLOCK,
    threads: int = THREADS,
) -> Survey:
    """Compare everything with everything, and keep what any threshold from the floor up needs.

    The answers are those of `matches.matched`, `fit.fit_surplus`, `fit.two_way`,
    `ranking.top_standards` and `matches.unsupported` on the scores of all pairs.

    Parameters
    ----------
    capabilities : float32 (c, d)
        Unit vectors; a zero vector (no text) scores 0 with everything.
    duties : float32 (m, d)
    standard_of_duty : int (m,)
        0 … standards − 1, in any order.
    standards : int
        s, with those that have no duties.
    members : bool (f, c)
        Which capabilities each profile holds; profiles may overlap.
    accepted, rejected : int (k, 2), or None
        Human verdicts, rows (capability, duty): an accepted pair matches whatever its score, a
        rejected one never does.
    floor_percent : float
        Above 0. The lower it is, the more is kept.
    cells_per_block : int
        Scores in memory per thread. It changes no result.
    threads : int
        While they work, BLAS keeps to one thread each in the whole process: for a worker, not
        for a process that serves pages.

    Returns
    -------
    Survey

    Missing data: none. Undefined: two-way is NaN for a profile without capabilities or a standard
    without duties. Ties go to the lower index; scores within 5e-7 of each other, or of a threshold
    of at most one decimal, are worked out in float64 first, because BLAS gives the same pair
    another last bit at another place. Raises ValueError for vectors that are not unit float32 of
    one width, shapes that do not agree, verdicts as in `matches.matched`, or a floor outside
    (0, 100].

    Reference: the small path, to which it is held by `tests/consensus/test_matching_national.py`.

    >>> texts = np.eye(3, dtype=np.float32)
    >>> found = survey(texts, texts[:2], np.array([0, 1]), 2, np.array([[True, True, True]]))
    >>> found.best_duty.tolist(), found.unsupported(55).tolist()
    ([0, 1, 0], [False, False, True])
    >>> found.fit_surplus(55).fit_count.tolist(), found.fit_surplus(55).surplus_count.tolist()
    ([[1, 1]], [[0, 0]])
    """
    if not 0 < floor_percent <= 100 or cells_per_block < 1 or threads < 1:
        raise ValueError("the floor lies above 0 % and up to 100; blocks and threads from 1 up")
    verdicts = (accepted, rejected)
    sides = gather_sides(
        capabilities, duties, standard_of_duty, standards, members, verdicts=verdicts
    )
    found = _Pass(sides, floor_percent / 100 - HALF_MILLIONTH - HAIR)
    hits = found.run(
        row_blocks(sides.members, len(sides.duties), cells_per_block, threads), threads
    )
    return keep(sides, floor_percent, hits, found.best_capabilities, found.profiles)


class _Pass:
    """One pass over the blocks: who gathers what, and the two buffers that are reused."""

    def __init__(self, sides: Sides, floor: float) -> None:
        self.sides = sides
        self.floor = floor
        self.best_capabilities = BestCapabilities(sides)
        self.profiles = Profiles(sides, floor)
        self._by_rank = sides.duties[sides.layout.order].T
        self._buffers: SimpleQueue[Vectors] = SimpleQueue()

    def run(self, blocks: list[Indices], threads: int) -> list[RowHits]:
        """Work through the blocks; their hits come in the order of the blocks."""
        most = max((len(rows) for rows in blocks), default=0)
        for _ in range(threads):
            self._buffers.put(np.empty((most, len(self.sides.duties)), dtype=np.float32))
        with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(threads) as pool:
            return list(pool.map(self._block, blocks))

    def _block(self, rows: Indices) -> RowHits:
        buffer = self._buffers.get()
        try:
            scores = np.matmul(
                self.sides.capabilities[rows], self._by_rank, out=buffer[: len(rows)]
            )
            return self._read(rows, scores)
        finally:
            self._buffers.put(buffer)

    def _read(self, rows: Indices, scores: Vectors) -> RowHits:
        layout = self.sides.layout
        yes = _inside(rows, self.sides.accepted, layout.place)
        no = _inside(rows, self.sides.rejected, layout.place)
        scores[no.row, no.place] = -np.inf
        best = standard_maxima(scores, layout)
        hits = hits_of_block(self.sides, rows, scores, best, self.floor)
        self.best_capabilities.take(rows, scores)
        scores[yes.row, yes.place], scores[no.row, no.place] = 1.0, 0.0
        judged = np.union1d(yes.row, no.row)
        best[judged] = standard_maxima(scores[judged], layout)
        self.profiles.take(rows, scores, best)
        return hits


@dataclass(frozen=True, eq=False)
class _Cells:
    """Cells of a block: rows within it, and places of duties."""

    row: Indices
    place: Indices


def _inside(rows: Indices, pairs: Indices, place_of_duty: Indices) -> _Cells:
    """The verdicts `pairs` (k, 2) that speak of a block's capabilities, `rows` ascending."""
    here = pairs[np.isin(pairs[:, 0], rows)]
    return _Cells(np.searchsorted(rows, here[:, 0]), place_of_duty[here[:, 1]])
