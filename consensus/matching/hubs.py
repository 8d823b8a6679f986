"""The correction for hubs: statements that are near to everything lose what that is worth.

Here lives the correction of scores. Which duties are hubs, as a tag to show, lives in `generic`.
"""

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Floats, finite_matrix

NEIGHBOURS = 50
ROWS_PER_BLOCK = 512


def csls(scores: Floats, neighbours: int = NEIGHBOURS) -> npt.NDArray[np.float32]:
    """Cross-domain similarity local scaling: twice the score, less how near each side is to all.

    2 · s(i, j) − r(i) − r(j), where r is the mean of the `neighbours` highest scores of the row
    or the column.

    Parameters
    ----------
    scores : float (c, m)
    neighbours : int
        k; where a row or a column is shorter, all of it is taken.

    Returns
    -------
    float32 (c, m)
        About 0 for an ordinary neighbour. It orders, and is never shown as a percentage nor held
        against a threshold: it changes with the statements that stand beside.

    Missing data: none. Undefined: none; empty scores give an empty result. Raises ValueError for
    scores that are not finite or fewer than one neighbour.

    Reference: Conneau, Lample, Ranzato, Denoyer and Jégou, Word translation without parallel
    data, ICLR 2018, section 2.3.

    >>> csls(np.array([[0.75, 0.5], [0.75, 0.25]]), neighbours=1).tolist()
    [[0.0, -0.25], [0.0, -0.75]]
    """
    values = finite_matrix(scores, "scores")
    if neighbours < 1:
        raise ValueError("neighbours must be at least 1")
    corrected = np.empty(values.shape, dtype=np.float32)
    if not values.size:
        return corrected
    rows, columns = _nearness(values, neighbours), _nearness(values.T, neighbours)
    for start in range(0, len(values), ROWS_PER_BLOCK):
        block = slice(start, start + ROWS_PER_BLOCK)
        corrected[block] = 2.0 * values[block] - rows[block, None] - columns[None, :]
    return corrected


def _nearness(values: Floats, neighbours: int) -> npt.NDArray[np.float64]:
    """The mean of the highest scores of each row, added up from the lowest of them."""
    length = values.shape[1]
    kept = min(neighbours, length)
    nearness = np.empty(len(values), dtype=np.float64)
    for start in range(0, len(values), ROWS_PER_BLOCK):
        block = values[start : start + ROWS_PER_BLOCK]
        highest = np.partition(block, length - kept, axis=1)[:, length - kept :]
        # Sorted before they are added: the order they stood in must not reach the last bit.
        ordered = np.ascontiguousarray(np.sort(highest, axis=1), dtype=np.float64)
        nearness[start : start + ROWS_PER_BLOCK] = ordered.mean(axis=1)
    return nearness
