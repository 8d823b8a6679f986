"""Cutting capabilities into groups whose sizes lie within bounds, and judging the cut.

Takes a distance matrix and gives labels; where the distance comes from is not known here.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.grouping.closeness import DECIMALS, Distances
from consensus.grouping.settings import GroupingSettings

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Partition:
    """The chosen groups, and what they were chosen from.

    labels     int64 (n,)   group of each capability, 0 … g − 1, numbered by first member
    chosen     int          g, how many groups there are
    criterion  pairs (number of groups, highest mean silhouette reached with it), ascending
    """

    labels: Labels
    chosen: int
    criterion: tuple[tuple[int, float], ...]


def best_partition(distance: Distances, settings: GroupingSettings) -> Partition:
    """Divide n ≥ 1 capabilities by average linkage, with the highest mean silhouette.

    The tree is cut into each number of groups that the bounds allow, from n / largest to
    n / smallest. Each cut is first brought within the bounds (`within_bounds`) and then judged:
    the criterion speaks of the groups that are delivered, and several cuts may deliver the same
    number. Ties go to fewer groups. Up to `smallest` capabilities make one group.
    """
    n = len(distance)
    if n <= settings.smallest:
        return Partition(np.zeros(n, dtype=np.int64), 1, ((1, 0.0),))
    tree = average_linkage(distance)
    found: dict[int, tuple[float, Labels]] = {}
    for k in range(-(-n // settings.largest), n // settings.smallest + 1):
        labels = within_bounds(tree_groups(tree, k, settings.largest), distance, settings)
        count, silhouette = int(labels.max()) + 1, mean_silhouette(distance, labels)
        if count not in found or silhouette > found[count][0]:
            found[count] = silhouette, labels
    criterion = tuple((count, found[count][0]) for count in sorted(found))
    chosen, _ = max(criterion, key=lambda pair: (pair[1], -pair[0]))
    return Partition(found[chosen][1], chosen, criterion)


@dataclass(frozen=True, eq=False)
class Tree:
    """An average-linkage tree; node i < n is capability i, node n + j what merge j made."""

    children: tuple[tuple[int, int], ...]
    members: tuple[tuple[int, ...], ...]


def average_linkage(distance: Distances) -> Tree:
    """The average-linkage tree of n ≥ 2 capabilities (Sokal and Michener 1958)."""
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    merges = linkage(squareform(distance, checks=False), method="average")
    children = tuple((int(left), int(right)) for left, right in merges[:, :2])
    members: list[tuple[int, ...]] = [(leaf,) for leaf in range(len(distance))]
    for left, right in children:
        members.append(members[left] + members[right])
    return Tree(children, tuple(members))


def tree_groups(tree: Tree, k: int, largest: int) -> list[tuple[int, ...]]:
    """Cut the tree into k ≤ n groups, then each branch of more than `largest` further down.

    A branch of an average-linkage tree is the tree of its own members alone, so going on down
    the same tree is what clustering an oversized group again would give.
    """
    n = len(tree.children) + 1
    nodes = [len(tree.members) - 1]
    while len(nodes) < k:
        # Merges are numbered by height: the highest number is the next to be undone.
        node = max(nodes)
        nodes.remove(node)
        nodes.extend(tree.children[node - n])
    while wide := [node for node in nodes if len(tree.members[node]) > largest]:
        nodes.remove(wide[0])
        nodes.extend(tree.children[wide[0] - n])
    return sorted(tuple(sorted(tree.members[node])) for node in nodes)


class Draft:
    """Groups while they are being brought within bounds, with the sums that the steps ask for.

    labels (n,), sizes (g,) and sums (n, g): distance of each capability to a group, added up.
    A group that was merged away keeps its number with size 0.
    """

    def __init__(self, labels: Labels, distance: Distances) -> None:
        self.distance = distance
        self.labels = labels.copy()
        self.sizes = np.bincount(labels)
        self.sums = group_sums(distance, labels)

    def merge(self, group: int, into: int) -> None:
        """Put every member of `group` into the group `into`."""
        self.labels[self.labels == group] = into
        self.sizes[into] += self.sizes[group]
        self.sums[:, into] += self.sums[:, group]
        self.sizes[group] = 0
        self.sums[:, group] = 0.0

    def move(self, member: int, into: int) -> None:
        """Put one capability into the group `into`."""
        group = self.labels[member]
        self.labels[member] = into
        self.sizes[group] -= 1
        self.sizes[into] += 1
        self.sums[:, group] -= self.distance[:, member]
        self.sums[:, into] += self.distance[:, member]

    def nearest_with_room(self, group: int, largest: int) -> int | None:
        """The nearest other group, by mean distance, that can take in all of `group`."""
        has_room = (self.sizes > 0) & (self.sizes + self.sizes[group] <= largest)
        has_room[group] = False
        if not has_room.any():
            return None
        totals = self.sums[self.labels == group].sum(axis=0)
        pairs = self.sizes[group] * np.maximum(self.sizes, 1)
        return int(np.argmin(np.where(has_room, np.round(totals / pairs, DECIMALS), np.inf)))

    def nearest_outsider(self, group: int) -> int:
        """The capability nearest to `group`, by mean distance, that is not in it."""
        is_outside = self.labels != group
        totals = np.round(self.sums[:, group], DECIMALS)
        return int(np.argmin(np.where(is_outside, totals, np.inf)))


def within_bounds(
    groups: list[tuple[int, ...]], distance: Distances, settings: GroupingSettings
) -> Labels:
    """Bring groups of at most `largest` up to `smallest` members each; gives labels (n,).

    The smallest undersized group (the first of equals) merges into the nearest group where both
    together fit `largest`. Where no group has room, it takes in the nearest capabilities of the
    others, one by one. A group without room for u more has over `largest` − u members, which is
    at least `smallest` + (`smallest` − u) since `largest` ≥ 2 * `smallest` − 1: it can give all
    that are wanted and stay in bounds. So both bounds hold for every n ≥ `smallest`.
    """
    labels = np.empty(len(distance), dtype=np.int64)
    for number, members in enumerate(groups):
        labels[list(members)] = number
    draft = Draft(labels, distance)
    while True:
        is_small = (draft.sizes > 0) & (draft.sizes < settings.smallest)
        if not is_small.any():
            return numbered_by_first_member(draft.labels)
        group = int(np.argmin(np.where(is_small, draft.sizes, len(distance) + 1)))
        into = draft.nearest_with_room(group, settings.largest)
        if into is None:
            draft.move(draft.nearest_outsider(group), group)
        else:
            draft.merge(group, into)


def numbered_by_first_member(labels: Labels) -> Labels:
    """The same groups, numbered 0, 1, … in the order in which they first appear.

    >>> numbered_by_first_member(np.array([7, 2, 7, 5])).tolist()
    [0, 1, 0, 2]
    """
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]


def group_sums(distance: Distances, labels: Labels) -> Distances:
    """Distances of each capability to each group added up, (n, n) and (n,) to (n, groups)."""
    return distance @ np.eye(int(labels.max()) + 1)[labels]


def mean_silhouette(distance: Distances, labels: Labels) -> float:
    """Mean silhouette of groups numbered 0 … g − 1, to nine decimals.

    For each capability (b − a) / max(a, b), with a its mean distance to the others of its group
    and b the lowest mean distance to another group. By Rousseeuw's convention the member of a
    group of one counts 0; one single group, where b is undefined, counts 0 as a whole.

    Reference: Rousseeuw, Journal of Computational and Applied Mathematics 20 (1987).
    """
    sizes = np.bincount(labels)
    if len(sizes) < 2:
        return 0.0
    everyone = np.arange(len(labels))
    sums = group_sums(distance, labels)
    own = sums[everyone, labels] / np.maximum(sizes[labels] - 1, 1)
    means = sums / sizes
    means[everyone, labels] = np.inf
    other = means.min(axis=1)
    wider = np.maximum(own, other)
    scores = np.divide(other - own, wider, out=np.zeros_like(own), where=wider > 0)
    scores[sizes[labels] == 1] = 0.0
    return round(float(scores.mean()), DECIMALS)
