"""Learning an adapter from links that people made between statements.

Here lives the training. What an adapter does to vectors lives in `adapter`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.matching.adapter import Matrix, distinct_links
from consensus.matching.arrays import Floats, Indices, finite_matrix
from consensus.matching.scores import unit_rows

MEMORY_OF_SLOPE, MEMORY_OF_SQUARE = 0.9, 0.999
SMALLEST = 1e-8


@dataclass(frozen=True, slots=True)
class Training:
    """How an adapter is trained; all of it belongs to the adapter's provenance.

    passes     times every linked statement is seen
    batch      statements seen at once
    sharpness  what cosines are multiplied by before they compete
    rate       the longest step, falling to 0 along half a cosine
    seed       of the order in which statements are seen
    """

    passes: int = 16
    batch: int = 512
    sharpness: float = 15.0
    rate: float = 0.001
    seed: int = 0


def train_adapter(
    left: Floats, right: Floats, links: npt.ArrayLike, training: Training | None = None
) -> Matrix:
    """Learn the matrix under which linked statements are nearest to each other.

    Every left statement picks among all right ones by the cosine of the turned vectors; the
    matrix moves so that what it is linked with wins. It starts as the identity, so that little
    training changes little. Steps are Adam's.

    Parameters
    ----------
    left : float (n, d)
        Vectors of the statements that pick, such as tasks.
    right : float (m, d)
        Vectors of what is picked from, such as activities.
    links : int (k, 2)
        Rows (left, right). Several links of one left statement share its weight equally.
    training : Training, or None for its defaults

    Returns
    -------
    float32 (d, d)
        For `adapter.apply_adapter`. The same bytes each time for the same input, numpy and number
        of BLAS threads; another number of threads may move the last bits, so limit it to one
        where a digest of the matrix is kept. The order of rows matters, as in any training.

    Missing data: left statements without a link teach nothing. Undefined: raises ValueError where
    there is no link at all; also for widths that differ, a link outside, or passes, batch,
    sharpness or rate that are not above 0.

    Reference: softmax contrast over all candidates (van den Oord, Li and Vinyals, 2018); Kingma
    and Ba, Adam, ICLR 2015.

    >>> vectors, links = np.eye(3), [(0, 1), (1, 2), (2, 0)]
    >>> matrix = train_adapter(vectors, vectors, links, Training(passes=200, rate=0.05))
    >>> ((vectors @ matrix) @ (vectors @ matrix).T).argmax(axis=1).tolist() == [0, 1, 2]
    True
    """
    chosen = training or Training()
    _check(chosen)
    picking, picked = finite_matrix(left, "left"), finite_matrix(right, "right")
    if picking.shape[1] != picked.shape[1]:
        raise ValueError(f"left is {picking.shape[1]} wide, right {picked.shape[1]}")
    targets = _Targets(distinct_links(links, (len(picking), len(picked))), len(picking))
    if not len(targets.linked):
        raise ValueError("an adapter cannot be learnt without links")
    rows, columns = unit_rows(picking), unit_rows(picked)
    steps = _Steps(picking.shape[1], chosen.rate, _step_count(len(targets.linked), chosen))
    order = np.random.default_rng(chosen.seed)
    for _ in range(chosen.passes):
        seen = order.permutation(targets.linked)
        for start in range(0, len(seen), chosen.batch):
            batch = seen[start : start + chosen.batch]
            wanted = targets.of(batch, len(columns))
            steps.take(_slope(steps.matrix, rows[batch], columns, wanted, chosen.sharpness))
    return steps.matrix


class _Targets:
    """Which right statements each left one is linked with, ready to be cut into batches."""

    def __init__(self, links: Indices, rows: int) -> None:
        self.count = np.bincount(links[:, 0], minlength=rows)
        self.start = np.cumsum(self.count) - self.count
        self.right = links[:, 1]
        self.linked = np.flatnonzero(self.count)

    def of(self, batch: Indices, columns: int) -> Matrix:
        """Return the shares (b, m) that each statement of the batch should give; rows add to 1."""
        counts = self.count[batch]
        rows = np.repeat(np.arange(len(batch)), counts)
        within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
        shares = np.zeros((len(batch), columns), dtype=np.float32)
        shares[rows, self.right[np.repeat(self.start[batch], counts) + within]] = 1
        shares /= counts[:, None].astype(np.float32)
        return shares


class _Steps:
    """Adam's state, and the matrix it moves."""

    def __init__(self, width: int, rate: float, total: int) -> None:
        self.matrix: Matrix = np.eye(width, dtype=np.float32)
        self.slope: Matrix = np.zeros_like(self.matrix)
        self.square: Matrix = np.zeros_like(self.matrix)
        self.rate, self.total, self.taken = rate, total, 0

    def take(self, slope: Matrix) -> None:
        self.taken += 1
        self.slope = MEMORY_OF_SLOPE * self.slope + (1 - MEMORY_OF_SLOPE) * slope
        self.square = MEMORY_OF_SQUARE * self.square + (1 - MEMORY_OF_SQUARE) * slope * slope
        length = self.rate * (1 + float(np.cos(np.pi * self.taken / self.total))) / 2
        direction = self.slope / (1 - MEMORY_OF_SLOPE**self.taken)
        size = np.sqrt(self.square / (1 - MEMORY_OF_SQUARE**self.taken)) + SMALLEST
        self.matrix = (self.matrix - length * direction / size).astype(np.float32)


def _slope(
    matrix: Matrix, rows: Matrix, columns: Matrix, wanted: Matrix, sharpness: float
) -> Matrix:
    """The slope of the mean loss of a batch with respect to the matrix."""
    left, left_length = _turned(rows, matrix)
    right, right_length = _turned(columns, matrix)
    shares: Matrix = np.float32(sharpness) * (left @ right.T)
    shares -= shares.max(axis=1, keepdims=True)
    np.exp(shares, out=shares)
    shares /= shares.sum(axis=1, keepdims=True)
    shares -= wanted
    shares *= np.float32(sharpness / len(rows))
    of_left = _before_scaling(shares @ right, left, left_length)
    of_right = _before_scaling(shares.T @ left, right, right_length)
    slope: Matrix = rows.T @ of_left + columns.T @ of_right
    return slope


def _turned(vectors: Matrix, matrix: Matrix) -> tuple[Matrix, Matrix]:
    turned = vectors @ matrix
    lengths = np.linalg.norm(turned, axis=1, keepdims=True)
    # A zero vector has no direction to learn from; the floor only keeps the division defined.
    lengths = np.maximum(lengths, np.float32(SMALLEST))
    return turned / lengths, lengths


def _before_scaling(slope: Matrix, units: Matrix, lengths: Matrix) -> Matrix:
    """Carry a slope with respect to unit vectors back to the vectors before they were scaled."""
    along = (slope * units).sum(axis=1, keepdims=True)
    carried: Matrix = (slope - along * units) / lengths
    return carried


def _step_count(linked: int, training: Training) -> int:
    return training.passes * -(-linked // training.batch)


def _check(training: Training) -> None:
    if min(training.passes, training.batch) < 1 or min(training.sharpness, training.rate) <= 0:
        raise ValueError("passes, batch, sharpness and rate must all be above 0")
