"""The lens: how meaning is looked at when the question is who does a thing and not how.

Every occupation plans, records and reports. Directions in which statements of one occupation
differ among themselves tell occupations apart badly, and a lens turns them down. Here it is
learnt and applied; where one is kept is for `cycles`.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from consensus.grouping.arrays import Distances

# Both chosen on the tuning half of O*NET's job families. The shrinkage is a share of the mean
# variance, added to each direction so that rare ones are not blown up; the share is that of the
# directions which are kept.
SHRINKAGE = 0.3
SHARE_KEPT = 0.52
NOTHING = 1e-9


def learn_lens(
    vectors: npt.NDArray[np.floating[Any]], owners: npt.ArrayLike, families: npt.ArrayLike
) -> Distances:
    """Learn from statements of known occupations how statements of one occupation differ.

    The inverse square root of the covariance within occupations, after `SHRINKAGE` times its
    mean variance was added to each direction. Of the directions that come out, those
    `SHARE_KEPT` are kept in which occupations of one family stand farthest apart; all of them
    where there are too few occupations to tell.

    Parameters
    ----------
    vectors : float (n, d)
        Of any length; scaled to 1 here.
    owners, families : (n,)
        Whose statement each is, and the job family of that occupation.

    Returns
    -------
    float64 (d, d)
        For `group(..., lens=…)`; scaled so that its largest direction is 1.

    Missing data: none. Undefined: statements that do not differ within occupations give the
    identity. Raises ValueError for shapes that do not agree.

    Reference: within-class covariance normalisation, Hatch, Kajarekar and Stolcke, Interspeech
    2006; the choice of directions is Fisher's (1936).

    >>> own, every = [0, 0, 1, 1], [0, 0, 0, 0]
    >>> learn_lens(np.array([[1, 0], [0, 1], [1, 0], [0, 1]]), own, every).round(2).tolist()
    [[0.68, 0.32], [0.32, 0.68]]
    """
    rows = units(np.asarray(vectors, dtype=np.float64))
    of, kin = np.asarray(owners), np.asarray(families)
    if rows.ndim != 2 or of.shape != (len(rows),) or kin.shape != of.shape:
        raise ValueError("owners and families must name one for each vector")
    middles, first, number = _middles(rows, of)
    apart = rows - middles[number]
    variances, directions = np.linalg.eigh(apart.T @ apart / max(len(rows), 1))
    mean = float(variances.mean())
    if mean < NOTHING:
        return np.eye(rows.shape[1])
    turned_down = 1.0 / np.sqrt(np.maximum(variances, 0.0) + SHRINKAGE * mean)
    lens = (directions * turned_down) @ directions.T
    lens = lens @ _telling((middles - _middles(middles, kin[first], spread=True)[0]) @ lens)
    scaled: Distances = lens / float(np.linalg.norm(lens, 2))
    return scaled


def _middles(
    rows: Distances, names: npt.NDArray[Any], *, spread: bool = False
) -> tuple[Distances, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The mean row of each name (or, spread, of each row's), where it first stands, its number."""
    _, first, number = np.unique(names, return_index=True, return_inverse=True)
    sums = np.zeros((len(first), rows.shape[1]))
    np.add.at(sums, number, rows)
    means: Distances = sums / np.bincount(number)[:, None]
    return means[number] if spread else means, first, number


def _telling(apart: Distances) -> Distances:
    """The projection on the directions in which the rows are farthest apart, (d, d)."""
    width = apart.shape[1]
    kept = round(SHARE_KEPT * width)
    if len(apart) <= width:
        return np.eye(width)
    _, directions = np.linalg.eigh(apart.T @ apart)
    telling = directions[:, width - kept :]
    projection: Distances = telling @ telling.T
    return projection


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
