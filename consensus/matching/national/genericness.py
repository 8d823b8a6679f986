"""The tag for generic duties at national scale: all duties against all, block after block.

What a generic duty is is said in `consensus.matching.generic`.
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Flags, Indices
from consensus.matching.generic import NO_PLACE, Genericness, genericness_of, places_of
from consensus.matching.matches import (
    MILLIONTHS,
    score_millionths,
    threshold_millionths,
)
from consensus.matching.national.passing import (
    CELLS_PER_BLOCK,
    THREADS,
    OnBlock,
    Products,
    cut_rows,
    in_threads,
)
from consensus.matching.national.sides import HAIR, Vectors, exact_scores, unit_vectors


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
    bar = threshold_millionths(threshold_percent)
    order = np.argsort(place, kind="stable")
    order = order[place[order] != NO_PLACE]
    blocks = cut_rows(len(vectors), len(order), cells_per_block, threads)
    products = Products(vectors, vectors[order].T, blocks, threads)
    present, starts = np.unique(place[order], return_index=True)

    def read(rows: Indices) -> Flags:
        with products.of(rows) as scores:
            return _met(vectors, (rows, order), scores, starts, bar)

    met = np.concatenate([*in_threads(read, blocks, threads, on_block)])
    is_other = place[:, None] != present
    return genericness_of((met & is_other).sum(axis=1), is_other.sum(axis=1))


def _met(
    vectors: Vectors, sides: tuple[Indices, Indices], scores: Vectors, starts: Indices, bar: int
) -> Flags:
    """Which places each duty of a block is near to, (b, places present).

    `sides` are the duties of the block (b,) and all duties by place (m,), as in `scores`.
    """
    rows, order = sides
    met = np.zeros((len(rows), len(starts)), dtype=np.bool_)
    bounds = [*starts.tolist(), scores.shape[1]]
    middle = np.float32((bar - 0.5) / MILLIONTHS)
    for at, (start, end) in enumerate(pairwise(bounds)):
        best = scores[:, start:end].max(axis=1)
        met[:, at] = best >= middle + np.float32(HAIR)
        for row in np.flatnonzero(~met[:, at] & (best >= middle - np.float32(HAIR))).tolist():
            near = start + np.flatnonzero(scores[row, start:end] >= middle - np.float32(HAIR))
            again = exact_scores(vectors, vectors, np.full(len(near), rows[row]), order[near])
            met[row, at] = (score_millionths(again) >= bar).any()
    return met
