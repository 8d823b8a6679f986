"""The lens: how meaning is looked at when the question is who does a thing and not how.

Every occupation plans, records and reports. Directions in which statements of one occupation
differ among themselves tell occupations apart badly, and a lens turns them down. Here it is
learnt and applied; where one is kept is for `cycles`.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from consensus.grouping.arrays import Distances

# Of the mean variance, added to each direction so that rare ones are not blown up. Chosen on the
# tuning half of O*NET's job families.
SHRINKAGE = 0.3
NOTHING = 1e-9


def learn_lens(
    vectors: npt.NDArray[np.floating[Any]], owners: npt.ArrayLike, shrinkage: float = SHRINKAGE
) -> Distances:
    """Learn from statements of known occupations how statements of one occupation differ.

    The inverse square root of the covariance within occupations, after `shrinkage` times its
    mean variance was added to each direction; scaled so that its trace is d.

    Parameters
    ----------
    vectors : float (n, d)
        Of any length; scaled to 1 here.
    owners : int (n,)
        Whose statement each is.
    shrinkage : float
        Above 0.

    Returns
    -------
    float64 (d, d)
        Symmetric. For `group(..., lens=…)`.

    Missing data: none. Undefined: statements that do not differ within occupations give the
    identity. Raises ValueError for shapes that do not agree, or a shrinkage of 0 or less.

    Reference: within-class covariance normalisation, Hatch, Kajarekar and Stolcke, Interspeech
    2006.

    >>> learn_lens(np.array([[1, 0], [0, 1], [1, 0], [0, 1]]), [0, 0, 1, 1]).round(2).tolist()
    [[1.0, 0.47], [0.47, 1.0]]
    """
    rows, of = units(np.asarray(vectors, dtype=np.float64)), np.asarray(owners)
    if rows.ndim != 2 or of.shape != (len(rows),):
        raise ValueError("owners must name one occupation for each vector")
    if shrinkage <= 0:
        raise ValueError("the shrinkage must be above 0")
    _, number = np.unique(of, return_inverse=True)
    counts = np.bincount(number)
    middles = np.zeros((len(counts), rows.shape[1]))
    np.add.at(middles, number, rows)
    apart = rows - (middles / counts[:, None])[number]
    covariance = apart.T @ apart / max(len(rows), 1)
    variances, directions = np.linalg.eigh((covariance + covariance.T) / 2.0)
    mean = float(variances.mean())
    if mean < NOTHING:
        return np.eye(rows.shape[1])
    turned_down = 1.0 / np.sqrt(np.maximum(variances, 0.0) + shrinkage * mean)
    lens = (directions * turned_down) @ directions.T
    scaled: Distances = lens * (len(lens) / np.trace(lens))
    return scaled


def through_lens(
    vectors: npt.NDArray[np.floating[Any]], lens: npt.NDArray[np.floating[Any]] | None
) -> Distances:
    """Vectors of length 1 less what all have in common, then through the lens, (n, d).

    None takes away only what all have in common. A zero vector, and one that differs from the
    others in nothing, comes out as zero: it has no meaning of its own here.

    Raises ValueError for a lens that is not (d, d) or not finite.
    """
    beyond = _beyond_the_common(units(np.asarray(vectors, dtype=np.float64)))
    if lens is None:
        return beyond
    width = beyond.shape[1]
    if lens.shape != (width, width) or not np.isfinite(lens).all():
        raise ValueError(f"a lens for these vectors is finite and ({width}, {width})")
    return _beyond_the_common(units(beyond @ lens.astype(np.float64)))


def _beyond_the_common(rows: Distances) -> Distances:
    is_said = np.linalg.norm(rows, axis=1) > NOTHING
    if not is_said.any():
        return rows
    beyond: Distances = np.where(is_said[:, None], rows - rows[is_said].mean(axis=0), 0.0)
    # What is left of equal vectors is rounding, and must not be scaled up to a direction.
    beyond[np.linalg.norm(beyond, axis=1) < NOTHING] = 0.0
    return beyond


def units(rows: Distances) -> Distances:
    """Each row scaled to length 1; a zero row stays zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Distances = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return scaled
