"""How duties are laid out, so that one product serves every question.

Here live orders. No score is ever looked at here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from consensus.matching.arrays import Indices, Integers, duties_by_standard


@dataclass(frozen=True, eq=False)
class Layout:
    """The duties by rank: first every standard's first duty, then every second duty, and so on.

    The standards stand in order of falling size, so the duties of one rank are one slice that
    lies over the first standards: maxima per standard are plain maxima of slices.

    order       (m,)    duty index at each place
    standards   (p,)    the standards that have duties, the largest first
    offsets     (k+1,)  where each rank begins; rank i holds offsets[i + 1] − offsets[i] duties
    duty_count  (s,)    duties of each standard, by standard index
    """

    order: Indices
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
    return Layout(
        order=order,
        standards=grouped.present[falling],
        offsets=np.concatenate(([0], np.cumsum(widths))).astype(np.int64),
        duty_count=grouped.duty_count,
    )
