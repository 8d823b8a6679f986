"""Moving capabilities to the group whose middle they are nearest to, until nothing moves.

A tree never takes a merge back, so some members of its groups stand nearer to another one.
"""

import numpy as np

from consensus.grouping.arrays import DECIMALS, Distances, Labels, group_sums
from consensus.grouping.settings import GroupingSettings

# Each round of moves brings the groups closer together, so that rounds come to an end by
# themselves; where rounding or a full group would keep a pair going to and fro, here.
MOST_ROUNDS = 50


def settled(labels: Labels, distance: Distances, settings: GroupingSettings) -> Labels:
    """Move capabilities between groups within bounds; gives labels (n,), still within them.

    In each round every capability looks for the group whose middle has the highest cosine with
    it (of equals the first); those who gain most move first, each where its own group can spare
    it and the other has room. The middles are taken anew after each round.

    Reference: k-means of directions, Dhillon and Modha, Machine Learning 42 (2001), started from
    a tree and held to sizes.
    """
    labels = labels.copy()
    groups = int(labels.max()) + 1
    if groups < 2:
        return labels
    likeness = 1.0 - 2.0 * distance
    sizes = np.bincount(labels, minlength=groups)
    sums = group_sums(likeness, labels)
    for _ in range(MOST_ROUNDS):
        scores = to_middles(sums, labels)
        before = labels.copy()
        for member in _by_gain(scores, labels):
            into, group = int(scores[member].argmax()), int(labels[member])
            if sizes[group] > settings.smallest and sizes[into] < settings.largest:
                labels[member] = into
                sizes[group] -= 1
                sizes[into] += 1
        moved = np.flatnonzero(labels != before)
        if not len(moved):
            break
        for member in moved:
            sums[:, before[member]] -= likeness[:, member]
            sums[:, labels[member]] += likeness[:, member]
    return labels


def to_middles(sums: Distances, labels: Labels) -> Distances:
    """Cosine of each capability with the middle of each group, (n, g); 0 for one without length.

    `sums` is the likeness of each capability to each group added up.
    """
    own = sums[np.arange(len(labels)), labels]
    lengths = np.bincount(labels, weights=own, minlength=sums.shape[1])
    has_length = np.broadcast_to(lengths > 10.0**-DECIMALS, sums.shape)
    roots = np.sqrt(np.where(lengths > 0, lengths, 1.0))
    scores: Distances = np.divide(sums, roots, out=np.zeros_like(sums), where=has_length)
    return scores.round(DECIMALS)


def _by_gain(scores: Distances, labels: Labels) -> Labels:
    gain = scores.max(axis=1) - scores[np.arange(len(labels)), labels]
    ranked: Labels = np.argsort(-gain, kind="stable")
    movers: Labels = ranked[gain[ranked] > 0]
    return movers
