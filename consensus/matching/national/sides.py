"""What a survey compares: both sides' unit vectors, the standards, and the human verdicts.

Here also lives the one score that does not depend on where a pair stood in a product. What is
found lives in `findings`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Flags, Indices, Integers, flag_matrix
from consensus.matching.matches import verdict_pairs
from consensus.matching.national.layout import Layout, lay_out

Vectors = npt.NDArray[np.float32]

# BLAS adds up a product in another order at the edge of a tile, which moves a cosine by up to
# 2e-7. Scores nearer than this to each other, or to a threshold, are worked out once more.
HAIR = 5e-7
PAIRS_AT_A_TIME = 4096
LENGTH_TOLERANCE = 1e-3


@dataclass(frozen=True, eq=False)
class Sides:
    """c capabilities, m duties of s standards, f profiles, and verdicts as rows (c, m)."""

    capabilities: Vectors
    duties: Vectors
    standard_of_duty: Indices
    members: Flags
    accepted: Indices
    rejected: Indices
    layout: Layout

    def exact(self, rows: Indices, duties: Indices) -> Vectors:
        """The cosine of each pair, added up in float64 and in one order wherever the pair stands.

        Identical texts get identical scores, so that ties are ties and go by order.
        """
        scores = np.empty(len(rows), dtype=np.float32)
        for start in range(0, len(rows), PAIRS_AT_A_TIME):
            part = slice(start, start + PAIRS_AT_A_TIME)
            left = self.capabilities[rows[part]].astype(np.float64)
            scores[part] = (left * self.duties[duties[part]]).sum(axis=1)
        return np.clip(scores, -1.0, 1.0, out=scores)


def gather_sides(
    capabilities: Vectors,
    duties: Vectors,
    standard_of_duty: Integers,
    standards: int,
    members: Flags,
    *,
    verdicts: tuple[npt.ArrayLike | None, npt.ArrayLike | None],
) -> Sides:
    """Check what is to be compared; raises ValueError as `survey.survey` says."""
    left, right = _unit(capabilities, "capabilities"), _unit(duties, "duties")
    if left.shape[1] != right.shape[1]:
        raise ValueError(f"vectors of width {left.shape[1]} and {right.shape[1]} do not compare")
    accepted, rejected = verdict_pairs((len(left), len(right)), *verdicts)
    layout = lay_out(standard_of_duty, standards)
    if len(layout.order) != len(right):
        raise ValueError("standard_of_duty must name one standard per duty")
    return Sides(
        capabilities=left,
        duties=right,
        standard_of_duty=np.asarray(standard_of_duty, dtype=np.int64),
        members=flag_matrix(members, "members", len(left)),
        accepted=np.unique(accepted, axis=0),
        rejected=np.unique(rejected, axis=0),
        layout=layout,
    )


def _unit(vectors: Vectors, name: str) -> Vectors:
    """Refuse what is not unit float32: a copy scaled here would outweigh all that is kept."""
    rows = np.asarray(vectors)
    if rows.ndim != 2 or rows.dtype != np.float32:
        raise ValueError(f"{name} must be float32 of two dimensions")
    squares = np.einsum("ij,ij->i", rows, rows)
    if not ((np.abs(squares - 1) < LENGTH_TOLERANCE) | (squares == 0)).all():
        raise ValueError(f"{name} must be unit vectors, or zero where there is no text")
    return rows
