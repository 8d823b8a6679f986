"""What a survey compares: both sides' unit vectors, the standards and the profiles, checked.

Here also lives the one score that does not depend on where a pair stood in a product. What is
found lives in `findings`; human verdicts come in when that is read.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Flags, Indices, Integers, flag_matrix
from consensus.matching.matches import MILLIONTHS, score_millionths
from consensus.matching.national.layout import Layout, lay_out

Vectors = npt.NDArray[np.float32]

# BLAS adds up a product in another order at the edge of a tile, which moves a cosine by up to
# 2e-7. Scores nearer than this to each other, or to a threshold, are worked out once more.
HAIR = 5e-7
PAIRS_AT_A_TIME = 256
LENGTH_TOLERANCE = 1e-3


@dataclass(frozen=True, eq=False)
class Sides:
    """c capabilities, m duties of s standards, f profiles."""

    capabilities: Vectors
    duties: Vectors
    standard_of_duty: Indices
    members: Flags
    layout: Layout


def exact_scores(
    capabilities: Vectors, duties: Vectors, rows: Integers, columns: Integers
) -> Vectors:
    """Score single pairs, each added up in float64 and in one order wherever the pair stands.

    Identical texts get identical scores, so that ties are ties and go by order. A survey works
    out the same way whatever lies near a threshold or near another score of its capability.

    Parameters
    ----------
    capabilities : float32 (c, d)
        Unit vectors; a zero vector scores 0 with everything.
    duties : float32 (m, d)
    rows, columns : int (k,)
        The capability and the duty of each pair.

    Returns
    -------
    float32 (k,)
        Cosines in [−1, 1].

    Missing data: none. Undefined: none; no pairs give an empty result. Raises ValueError for
    vectors of different width or rows and columns of different length, IndexError for a pair
    outside.

    Reference: pairwise summation as numpy does it, over one row at a time.

    >>> exact_scores(np.eye(2, dtype=np.float32), np.eye(2, dtype=np.float32), [0, 1], [0, 0])
    array([1., 0.], dtype=float32)
    """
    left_of, right_of = np.asarray(rows, dtype=np.int64), np.asarray(columns, dtype=np.int64)
    if left_of.shape != right_of.shape or capabilities.shape[1] != duties.shape[1]:
        raise ValueError("as many rows as columns, and vectors of one width")
    scores = np.empty(len(left_of), dtype=np.float32)
    for start in range(0, len(left_of), PAIRS_AT_A_TIME):
        part = slice(start, start + PAIRS_AT_A_TIME)
        left = capabilities[left_of[part]].astype(np.float64)
        scores[part] = (left * duties[right_of[part]]).sum(axis=1)
    return np.clip(scores, -1.0, 1.0, out=scores)


def least_score(cut: int) -> np.float32:
    """The lowest float32 that reaches a threshold of `cut` millionths (`score_millionths`).

    Rounding never reverses two scores, so what lies above reaches it too, and a plain comparison
    does for millions of scores what rounding each of them would.

    >>> bool(least_score(700_000) <= np.float32(0.7)), bool(least_score(700_000) <= 0.699999)
    (True, False)
    """
    least = np.array([(cut - 0.5) / MILLIONTHS], dtype=np.float32)
    while score_millionths(least)[0] < cut:
        least = np.nextafter(least, np.float32(2))
    while score_millionths(np.nextafter(least, np.float32(-2)))[0] >= cut:
        least = np.nextafter(least, np.float32(-2))
    return np.float32(least[0])


def gather_sides(
    capabilities: Vectors,
    duties: Vectors,
    standard_of_duty: Integers,
    standards: int,
    members: Flags,
) -> Sides:
    """Check what is to be compared; raises ValueError as `survey.survey` says."""
    left, right = unit_vectors(capabilities, "capabilities"), unit_vectors(duties, "duties")
    if left.shape[1] != right.shape[1]:
        raise ValueError(f"vectors of width {left.shape[1]} and {right.shape[1]} do not compare")
    layout = lay_out(standard_of_duty, standards)
    if len(layout.order) != len(right):
        raise ValueError("standard_of_duty must name one standard per duty")
    return Sides(
        capabilities=left,
        duties=right,
        standard_of_duty=np.asarray(standard_of_duty, dtype=np.int64),
        members=flag_matrix(members, "members", len(left)),
        layout=layout,
    )


def unit_vectors(vectors: Vectors, name: str) -> Vectors:
    """Refuse what is not unit float32: a copy scaled here would outweigh all that is kept."""
    rows = np.asarray(vectors)
    if rows.ndim != 2 or rows.dtype != np.float32:
        raise ValueError(f"{name} must be float32 of two dimensions")
    squares = np.einsum("ij,ij->i", rows, rows)
    if not ((np.abs(squares - 1) < LENGTH_TOLERANCE) | (squares == 0)).all():
        raise ValueError(f"{name} must be unit vectors, or zero where there is no text")
    return rows


def distinct_rows(vectors: Vectors) -> Indices:
    """Which vectors are the same: for each the first that equals it to the last bit, (n,).

    Sums of bits tell nearly all apart, and are integers that no order of adding up moves.
    """
    bits = np.ascontiguousarray(vectors).view(np.uint32)
    weights = np.arange(1, 2 * bits.shape[1], 2, dtype=np.uint32)
    marks = np.einsum("ij,j->i", bits, weights)
    _, group, sizes = np.unique(marks, return_inverse=True, return_counts=True)
    first = np.arange(len(vectors), dtype=np.int64)
    seen: dict[bytes, int] = {}
    for row in np.flatnonzero(sizes[group] > 1).tolist():
        first[row] = seen.setdefault(vectors[row].tobytes(), row)
    return first
