"""Nearest neighbours among capabilities: what stands in the same surroundings counts as alike,
and how well groups keep neighbours together.

Takes and gives matrices; where likeness comes from and how groups are found is not known here.
"""

from dataclasses import dataclass

import numpy as np

from consensus.grouping.arrays import DECIMALS, Distances, Labels

# Both chosen on the tuning half of O*NET's job families, see `flask bench profiles`.
SURROUNDINGS = 15
NEAREST = 7


def nearest_of(likeness: Distances, neighbours: int) -> Labels:
    """The nearest others of each of n capabilities, (n, min(neighbours, n − 1)), nearest first.

    Of equals the first in order.

    >>> nearest_of(np.array([[1, 0.2, 0.5], [0.2, 1, 0.1], [0.5, 0.1, 1]]), 1).tolist()
    [[2], [0], [0]]
    """
    others = -likeness
    np.fill_diagonal(others, np.inf)
    return np.argsort(others, axis=1, kind="stable")[:, : min(neighbours, len(likeness) - 1)]


def centred(likeness: Distances) -> Distances:
    """Likeness beyond what a capability shares with all, scaled to 1 with itself, (n, n).

    A statement that is a little like everything loses what that is worth: rows and columns are
    brought to a mean of 0 ("double centring", Gower 1966), then divided so that the diagonal
    is 1. What has no likeness of its own left is alike with nothing but itself.
    """
    rows = likeness.mean(axis=1)
    beyond = likeness - rows[:, None] - rows[None, :] + rows.mean()
    own = np.diag(beyond)
    is_placed = own > 10.0**-DECIMALS
    lengths = np.sqrt(np.where(is_placed, own, 1.0))
    scaled = beyond / lengths[:, None] / lengths[None, :]
    scaled[~is_placed, :] = scaled[:, ~is_placed] = 0.0
    np.fill_diagonal(scaled, 1.0)
    rounded: Distances = np.round(np.clip((scaled + scaled.T) / 2.0, -1.0, 1.0), DECIMALS)
    return rounded


def by_surroundings(likeness: Distances, neighbours: int = SURROUNDINGS) -> Distances:
    """Likeness of the surroundings of each two capabilities, (n, n), in [−1, 1].

    The surroundings of a capability are itself and those it is tied to: its nearest and those
    whose nearest it is, weighed by their likeness. Two capabilities are as alike as what
    surrounds them is on average, after `centred`. One oddly worded statement thereby counts for
    less than the company it keeps.

    Reference: a graph's smoothing of features, Wu et al., Simplifying graph convolutional
    networks, ICML 2019, here of a similarity.
    """
    n = len(likeness)
    rows, nearest = np.arange(n)[:, None], nearest_of(likeness, neighbours)
    ties = np.zeros_like(likeness)
    ties[rows, nearest] = np.maximum(likeness[rows, nearest], 0.0)
    ties = np.maximum(ties, ties.T)
    np.fill_diagonal(ties, 1.0)
    ties /= ties.sum(axis=1, keepdims=True)
    return centred(ties @ likeness @ ties.T)


@dataclass(frozen=True, eq=False)
class NeighbourGraph:
    """Who is tied to whom: two capabilities are where either is among the other's nearest.

    left, right  int64 (ties,), each tie once; ties  int64 (n,), how many ties each has
    """

    left: Labels
    right: Labels
    ties: Labels

    def modularity(self, labels: Labels) -> float:
        """How far groups keep neighbours together, to nine decimals.

        The share of ties that lie inside groups, less what it would be were the same ties drawn
        by chance. 0 for one group or a graph without ties, always below 1.

        Reference: Newman and Girvan, Physical Review E 69 (2004).
        """
        if not len(self.left):
            return 0.0
        inside = float((labels[self.left] == labels[self.right]).mean())
        shares = np.bincount(labels, weights=self.ties) / self.ties.sum()
        return round(inside - float((shares**2).sum()), DECIMALS)


def neighbour_graph(likeness: Distances, neighbours: int = NEAREST) -> NeighbourGraph:
    """The ties of n capabilities to their nearest; none to what is not alike (0 or below).

    >>> pairs = np.kron(np.eye(2), np.ones((2, 2)))
    >>> graph = neighbour_graph(pairs, 1)
    >>> graph.left.tolist(), graph.right.tolist(), graph.modularity(np.array([0, 0, 1, 1]))
    ([0, 2], [1, 3], 0.5)
    """
    n = len(likeness)
    is_tied = np.zeros((n, n), dtype=np.bool_)
    is_tied[np.arange(n)[:, None], nearest_of(likeness, neighbours)] = True
    is_tied = (is_tied | is_tied.T) & (likeness > 0)
    np.fill_diagonal(is_tied, False)
    left, right = np.nonzero(np.triu(is_tied))
    return NeighbourGraph(left, right, is_tied.sum(axis=1))
