"""The adapter: one matrix that turns the encoder's vectors towards what a field calls the same.

Here lives what an adapter does to vectors. How one is learnt lives in `learning`; where it is
kept and where its links come from is for `cycles`.
"""

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Floats, Indices, finite_matrix, index_pairs
from consensus.matching.scores import unit_rows

Matrix = npt.NDArray[np.float32]


def apply_adapter(vectors: Floats, adapter: Floats) -> Matrix:
    """Turn vectors by an adapter and scale them to length 1.

    Both sides of a comparison go through the same adapter, so the scores stay symmetric. Vectors
    are turned after they were read from where they are kept, never before they are put there:
    turned and plain vectors would mix.

    Parameters
    ----------
    vectors : float (n, d)
        As the encoder gave them; rows are normalised here.
    adapter : float (d, d)
        From `learning.train_adapter`.

    Returns
    -------
    float32 (n, d)
        Rows of length 1, each the same whatever other rows stand beside it.

    Missing data: a zero vector stays zero. Undefined: none; no vectors give an empty result.
    Raises ValueError where the widths do not agree.

    Reference: a linear map over frozen sentence embeddings, as in Conneau et al., ICLR 2018,
    here learnt by contrast.

    >>> apply_adapter(np.array([[3.0, 4.0]]), np.diag([4.0, 3.0])).round(3).tolist()
    [[0.7070000171661377, 0.7070000171661377]]
    """
    rows, matrix = finite_matrix(vectors, "vectors"), finite_matrix(adapter, "adapter")
    if matrix.shape != (rows.shape[1], rows.shape[1]):
        raise ValueError(f"vectors of width {rows.shape[1]} need an adapter as wide, both ways")
    # In float32 the last bit of a row would depend on how many rows stand beside it.
    return unit_rows(unit_rows(rows).astype(np.float64) @ matrix.astype(np.float64))


def prototypes(right: Floats, left: Floats, links: npt.ArrayLike) -> Matrix:
    """Stand-ins for the right-hand statements: each with the middle of the left ones linked to it.

    A terse title says less than the statements known to belong under it. The title and the middle
    of the statements, each of length 1, are added and scaled to length 1 again.

    Parameters
    ----------
    right : float (m, d)
        Titles, such as activities; already adapted where an adapter is in use.
    left : float (n, d)
        Statements, such as tasks, treated alike.
    links : int (k, 2)
        Rows (left, right). Repeats count once.

    Returns
    -------
    float32 (m, d)

    Missing data: a title without links stands for itself. Undefined: none. Raises ValueError for
    widths that differ or a link outside.

    Reference: Snell, Swersky and Zemel, Prototypical networks, NeurIPS 2017.

    >>> prototypes(np.eye(2), np.array([[0.0, 2.0]]), [(0, 0)]).round(3).tolist()
    [[0.7070000171661377, 0.7070000171661377], [0.0, 1.0]]
    """
    titles = finite_matrix(right, "right")
    statements = unit_rows(finite_matrix(left, "left"))
    if titles.shape[1] != statements.shape[1]:
        raise ValueError("right and left must be vectors of one width")
    pairs = distinct_links(links, (len(statements), len(titles)))
    sums = np.zeros(titles.shape, dtype=np.float64)
    np.add.at(sums, pairs[:, 1], statements[pairs[:, 0]])
    return unit_rows(unit_rows(titles).astype(np.float64) + unit_rows(sums))


def distinct_links(links: npt.ArrayLike, shape: tuple[int, int]) -> Indices:
    """`links` as rows (left, right) inside `shape`, each once, by left and then by right.

    >>> distinct_links([(1, 0), (0, 1), (1, 0)], (2, 2)).tolist()
    [[0, 1], [1, 0]]
    """
    rows = index_pairs(links, shape, "links")
    return np.unique(rows, axis=0) if len(rows) else rows
