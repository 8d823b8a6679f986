"""Ward's tree of capabilities, and cutting it. Bounds below and moves afterwards live elsewhere."""

from dataclasses import dataclass

import numpy as np

from consensus.grouping.arrays import Distances


@dataclass(frozen=True, eq=False)
class Tree:
    """A tree of merges; node i < n is capability i, node n + j what merge j made."""

    children: tuple[tuple[int, int], ...]
    members: tuple[tuple[int, ...], ...]


def ward_tree(distance: Distances) -> Tree:
    """The tree of n ≥ 2 capabilities by Ward's linkage (Ward 1963).

    Each merge is the one that widens the groups least. (1 − likeness) / 2 is a quarter of the
    squared distance of two points, and Ward's linkage asks for the distance itself.
    """
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    merges = linkage(squareform(np.sqrt(distance), checks=False), method="ward")
    children = tuple((int(left), int(right)) for left, right in merges[:, :2])
    members: list[tuple[int, ...]] = [(leaf,) for leaf in range(len(distance))]
    for left, right in children:
        members.append(members[left] + members[right])
    return Tree(children, tuple(members))


def tree_groups(tree: Tree, k: int, largest: int) -> list[tuple[int, ...]]:
    """Cut the tree into k ≤ n groups, then each branch of more than `largest` further down.

    A branch of such a tree is the tree of its own members alone, so going on down the same tree
    is what clustering an oversized group again would give.
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
