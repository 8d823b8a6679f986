"""All capabilities against all duties in one pass, with memory that does not grow with the pairs.

Beside what is kept, it needs a block of scores for each thread, the duties once more, and a score
for every profile and duty. How blocks are handed out lives in `passing`, what is read from one in
`block` and `profiles`, what is kept in `findings`.
"""

from dataclasses import dataclass

from consensus.matching.arrays import Flags, Indices, Integers
from consensus.matching.matches import threshold_millionths
from consensus.matching.national.block import ROWS_AT_A_TIME, Keeping, RowPairs, pairs_of_block
from consensus.matching.national.findings import FLOOR_PERCENT, Survey
from consensus.matching.national.gathering import Gathering
from consensus.matching.national.passing import (
    CELLS_PER_BLOCK,
    THREADS,
    OnBlock,
    Products,
    cut_rows,
    in_threads,
)
from consensus.matching.national.profiles import Profiles
from consensus.matching.national.sides import Sides, Vectors, gather_sides, least_score

MOST_OF_ROW = 10


def survey(
    capabilities: Vectors,
    duties: Vectors,
    standard_of_duty: Integers,
    standards: int,
    members: Flags,
    *,
    floor_percent: float = FLOOR_PERCENT,
    most_of_row: int = MOST_OF_ROW,
    cells_per_block: int = CELLS_PER_BLOCK,
    threads: int = THREADS,
    on_block: OnBlock | None = None,
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
        Which capabilities each profile holds; profiles may overlap. For the two-way scores alone.
    floor_percent : float
        Above 0. The lower it is, the more is kept.
    most_of_row : int
        How many of a capability's best pairs are kept, whatever their scores; at least 1.
    cells_per_block : int
        Scores in memory per thread. It changes no result.
    threads : int
        While they work, BLAS keeps to one thread each in the whole process: for a worker, not
        for a process that serves pages.
    on_block : callable (done, total), or None
        Called in the caller's thread after each block. What it raises ends the survey.

    Returns
    -------
    Survey

    Missing data: none. Undefined: two-way is NaN for a profile without capabilities or a standard
    without duties. Ties go to the lower index; scores within 5e-7 of another of their capability,
    or of a threshold of at most one decimal, are those of `exact_scores`, because BLAS gives the
    same pair another last bit at another place. Raises ValueError for vectors that are not unit
    float32 of one width, shapes that do not agree, or a floor outside (0, 100].

    Reference: the small path, to which it is held by `tests/consensus/test_matching_national.py`.

    >>> import numpy as np
    >>> texts = np.eye(3, dtype=np.float32)
    >>> found = survey(texts, texts[:2], np.array([0, 1]), 2, np.array([[True, True, True]]))
    >>> at = found.at(55)
    >>> at.best()[0].tolist(), at.unsupported().tolist()
    ([0, 1, 0], [False, False, True])
    >>> counts = at.fit_surplus(np.array([[True, True, True]]))
    >>> counts.fit_count.tolist(), counts.surplus_count.tolist()
    ([[1, 1]], [[0, 0]])
    """
    if not 0 < floor_percent <= 100 or min(most_of_row, cells_per_block, threads) < 1:
        raise ValueError("the floor lies above 0 % and up to 100; everything else from 1 up")
    sides = gather_sides(capabilities, duties, standard_of_duty, standards, members)
    blocks = cut_rows(len(sides.capabilities), len(sides.duties), cells_per_block, threads)
    by_rank = sides.duties[sides.layout.order].T
    products = Products(sides.capabilities, by_rank, blocks, threads)
    keeping = Keeping(least_score(threshold_millionths(floor_percent)), most_of_row)
    work = _Pass(sides, keeping, products, Profiles(sides))
    pairs = Gathering(len(sides.capabilities))
    for found in in_threads(work.read, blocks, threads, on_block):
        pairs.add(found)
    products.let_go()
    return Survey(
        floor_percent=floor_percent,
        capabilities=len(sides.capabilities),
        pairs=pairs.gathered(),
        two_way=work.profiles.two_way(threads),
        standard_of_duty=sides.standard_of_duty,
        duty_count=sides.layout.duty_count,
    )


@dataclass(frozen=True, eq=False)
class _Pass:
    """One pass over the blocks, and who gathers what."""

    sides: Sides
    keeping: Keeping
    products: Products
    profiles: Profiles

    def read(self, rows: Indices) -> list[RowPairs]:
        """Read what is worth keeping of a block, a few rows at a time."""
        with self.products.of(rows) as scores:
            self.profiles.take(rows, scores)
            parts = [slice(at, at + ROWS_AT_A_TIME) for at in range(0, len(rows), ROWS_AT_A_TIME)]
            return [
                pairs_of_block(self.sides, rows[part], scores[part], self.keeping) for part in parts
            ]
