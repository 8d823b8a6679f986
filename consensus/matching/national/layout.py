"""How duties and capabilities are laid out, so that one product serves every question.

Here live orders and block sizes. No score is ever looked at here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from consensus.matching.arrays import Flags, Indices, Integers, duties_by_standard

# The more rows a block has, the less often BLAS packs the duties anew.
CELLS_PER_BLOCK = 6_200_000
MOST_ROWS_PER_BLOCK = 4_096


@dataclass(frozen=True, eq=False)
class Layout:
    """The duties by rank: first every standard's first duty, then every second duty, and so on.

    The standards stand in order of falling size, so the duties of one rank are one slice that
    lies over the first standards: maxima per standard are plain maxima of slices.

    order       (m,)    duty index at each place
    place       (m,)    place of each duty
    standards   (p,)    the standards that have duties, the largest first
    offsets     (k+1,)  where each rank begins; rank i holds offsets[i + 1] − offsets[i] duties
    duty_count  (s,)    duties of each standard, by standard index
    """

    order: Indices
    place: Indices
    standards: Indices
    offsets: Indices
    duty_count: Indices

    def ranks(self) -> Iterator[tuple[int, int]]:
        """Yield where each rank begins and how many duties it holds."""
        bounds = self.offsets.tolist()
        for start, end in pairwise(bounds):
            yield start, end - start


def lay_out(standard_of_duty: Integers, standards: int) -> Layout:
    """Lay out the duties by rank; in each standard they keep the order of their indices."""
    grouped = duties_by_standard(standard_of_duty, standards)
    sizes = grouped.duty_count[grouped.present]
    falling = np.lexsort((grouped.present, -sizes))
    sizes, starts = sizes[falling], grouped.starts[falling]
    most = int(sizes.max(initial=0))
    widths = [int((sizes > rank).sum()) for rank in range(most)]
    ranks = [grouped.order[starts[:width] + rank] for rank, width in enumerate(widths)]
    order = np.concatenate([*ranks, np.empty(0, dtype=np.int64)])
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return Layout(
        order=order,
        place=place,
        standards=grouped.present[falling],
        offsets=np.concatenate(([0], np.cumsum(widths))).astype(np.int64),
        duty_count=grouped.duty_count,
    )


def row_blocks(
    members: Flags, duties: int, cells_per_block: int, threads: int = 1
) -> list[Indices]:
    """Cut the capabilities into blocks of about `cells_per_block` scores, in ascending order each.

    Capabilities of the same profile stand near each other, so that a profile is finished soon
    after it is begun; those of no profile come last.
    """
    first = np.where(members.any(axis=0), members.argmax(axis=0), len(members))
    rows = np.argsort(first, kind="stable")
    size = max(1, min(MOST_ROWS_PER_BLOCK, cells_per_block // max(duties, 1)))
    pieces = max(1, -(-len(rows) // size))
    # As many for one thread as for the other, or one would wait for the last.
    pieces += -pieces % threads
    return [np.sort(piece) for piece in np.array_split(rows, pieces)]
