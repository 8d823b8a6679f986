"""Dividing capabilities into groups whose sizes lie within bounds, and choosing how many.

Takes a distance matrix and gives labels; where the distance comes from is not known here.
"""

from dataclasses import dataclass

import numpy as np

from consensus.grouping.arrays import Distances, Labels, numbered_by_first_member
from consensus.grouping.bounds import within_bounds
from consensus.grouping.moves import settled
from consensus.grouping.neighbours import neighbour_graph
from consensus.grouping.settings import GroupingSettings
from consensus.grouping.tree import tree_groups, ward_tree


@dataclass(frozen=True, eq=False)
class Partition:
    """The chosen groups, and what they were chosen from.

    labels     int64 (n,)   group of each capability, 0 … g − 1, numbered by first member
    chosen     int          g, how many groups there are
    criterion  pairs (number of groups, highest modularity reached with it), ascending
    """

    labels: Labels
    chosen: int
    criterion: tuple[tuple[int, float], ...]


def best_partition(
    distance: Distances, settings: GroupingSettings, groups: int | None = None
) -> Partition:
    """Divide n ≥ 1 capabilities by Ward's linkage and moves, with the highest modularity.

    The tree is cut into each number of groups that the bounds allow, from n / largest to
    n / smallest. Each cut is first brought within the bounds
    (`within_bounds`), then capabilities move (`settled`), and then it is judged by
    `NeighbourGraph.modularity`: the criterion speaks of the groups that are delivered, and
    several cuts may deliver the same number. `groups` takes the delivered number nearest to it
    instead of the one with the highest modularity. Ties go to fewer groups. Up to `smallest`
    capabilities make one group.
    """
    n = len(distance)
    if n <= settings.smallest:
        return Partition(np.zeros(n, dtype=np.int64), 1, ((1, 0.0),))
    tree, graph = ward_tree(distance), neighbour_graph(1.0 - 2.0 * distance)
    found: dict[int, tuple[float, Labels]] = {}
    for k in range(-(-n // settings.largest), n // settings.smallest + 1):
        cut = within_bounds(tree_groups(tree, k, settings.largest), distance, settings)
        labels = settled(cut, distance, settings)
        count, score = int(labels.max()) + 1, graph.modularity(labels)
        if count not in found or score > found[count][0]:
            found[count] = score, labels
    criterion = tuple((count, found[count][0]) for count in sorted(found))
    if groups is None:
        chosen, _ = max(criterion, key=lambda pair: (pair[1], -pair[0]))
    else:
        chosen, _ = min(criterion, key=lambda pair: (abs(pair[0] - groups), pair[0]))
    return Partition(numbered_by_first_member(found[chosen][1]), chosen, criterion)
