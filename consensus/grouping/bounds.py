"""Bringing groups up to the smallest size that is allowed, by merging them or filling them up."""

import numpy as np

from consensus.grouping.arrays import (
    DECIMALS,
    Distances,
    Labels,
    group_sums,
    numbered_by_first_member,
)
from consensus.grouping.settings import GroupingSettings


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
