"""The names of the arrays that grouping works on, and how finely they are compared."""

from typing import Any

import numpy as np
import numpy.typing as npt

Distances = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.integer[Any]]
Labels = npt.NDArray[np.int64]

# Distances and scores are compared to nine decimals: the last bits of a matrix product would
# otherwise break ties that two equal capabilities ought to have.
DECIMALS = 9


def group_sums(values: Distances, labels: Labels) -> Distances:
    """Values of each capability to each group added up, (n, n) and (n,) to (n, groups).

    >>> group_sums(np.array([[0.0, 1.0, 2.0]]), np.array([0, 1, 1])).tolist()
    [[0.0, 3.0]]
    """
    by_group = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[by_group], np.arange(int(labels.max()) + 1))
    sums: Distances = np.add.reduceat(values[:, by_group], starts, axis=1)
    return sums


def numbered_by_first_member(labels: Labels) -> Labels:
    """The same groups, numbered 0, 1, … in the order in which they first appear.

    >>> numbered_by_first_member(np.array([7, 2, 7, 5])).tolist()
    [0, 1, 0, 2]
    """
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]
