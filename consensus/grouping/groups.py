"""Grouping the capabilities needed at one role level into prototype profiles.

Here lives what a caller gets: groups, second memberships and the reasons for each. Names, codes
and levels of profiles never live here, nor does anything that people later change.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from consensus.grouping.arrays import DECIMALS, Distances, Flags, Integers, Labels, group_sums
from consensus.grouping.closeness import Closeness, measure
from consensus.grouping.partition import best_partition
from consensus.grouping.settings import GroupingSettings

NO_GROUP = -1

METHOD = (
    "Two capabilities are alike where they are near to the same others, by meaning, classification "
    "and partners. Ward's linkage makes first groups; then every capability moves to the group "
    "whose middle it is nearest to, until nothing moves. The number of groups is the one that best "
    "keeps nearest neighbours together (highest modularity)."
)
"""How groups are made, for people to read."""

METHOD_VERSION = "2"
"""Names the arithmetic of grouping. It changes whenever groups could come out otherwise."""


@dataclass(frozen=True)
class Why:
    """Why a capability is in a group, counted over the group's other first members ("mates").

    similarity      mean cosine of meaning with the mates, None where there is no mate
    mates           how many mates there are
    shares_area     how many of them are in the same functional area
    shares_partner  how many of them have a supply-chain partner in common with it
    """

    similarity: float | None
    mates: int
    shares_area: int
    shares_partner: int


@dataclass(frozen=True, eq=False)
class Grouping:
    """n capabilities in g groups; indices are those of the caller's own order.

    labels             int64 (n,)    group of each capability, 0 … g − 1
    second_labels      int64 (n,)    a second group, or −1
    medoids            int64 (g,)    the capability nearest to all others of each group
    chosen             int           g, the number of groups with the highest modularity
    criterion          pairs (number of groups, highest modularity reached with it)
    similarity_to_own  float64 (n,)  mean cosine with the others of the own group, NaN for none

    Groups are numbered by their first member in the order of the keys.
    """

    labels: Labels
    second_labels: Labels
    medoids: Labels
    chosen: int
    criterion: tuple[tuple[int, float], ...]
    similarity_to_own: Distances
    mates: Labels = field(repr=False)
    similarity_to: Distances = field(repr=False)
    area_mates: Labels = field(repr=False)
    partner_mates: Labels = field(repr=False)

    def members(self, label: int) -> Labels:
        """Indices of the capabilities of a group, second members included, ascending."""
        return np.flatnonzero((self.labels == label) | (self.second_labels == label))

    def reasons(self, index: int, label: int | None = None) -> Why:
        """Why capability `index` is in the group `label`; None means its own group.

        Any group may be asked for, so that a person can see why a capability is not there.
        Raises IndexError for a capability or a group that does not exist.
        """
        group = int(self.labels[index]) if label is None else label
        similarity = float(self.similarity_to[index, group])
        return Why(
            similarity=None if np.isnan(similarity) else similarity,
            mates=int(self.mates[index, group]),
            shares_area=int(self.area_mates[index, group]),
            shares_partner=int(self.partner_mates[index, group]),
        )


def group(
    vectors: npt.NDArray[np.floating[Any]],
    places: Integers,
    partners: Flags,
    settings: GroupingSettings | None = None,
    *,
    keys: npt.ArrayLike | None = None,
    lens: npt.NDArray[np.floating[Any]] | None = None,
    groups: int | None = None,
) -> Grouping:
    """Group the capabilities needed at one role level, as `METHOD` says in one sentence.

    How alike two capabilities are is the weighted sum of meaning, classification and partners,
    each in its own standard deviations, taken over the surroundings of both. Ward's linkage cuts
    first groups, which are brought within the bounds; then capabilities move to the group whose
    middle they are nearest to until nothing moves. There are as many groups as give the highest
    modularity (ties: fewer). A second group where it is nearly as close as the own one and not
    full.

    Parameters
    ----------
    vectors : float (n, d)
        Embeddings, of any length.
    places : int (n, 3)
        Codes of function, domain and functional area, −1 where unknown.
    partners : bool (n, p)
        Supply-chain partners tagged; p may be 0.
    settings : GroupingSettings
        None for the defaults.
    keys : (n,) sortable and distinct, or None
        Stable identifiers. The result is computed in their order and mapped back, so the order of
        the input changes nothing. None takes the input order itself.
    lens : float (d, d), or None
        From `lens.learn_lens`, for the model that made the vectors. It turns down what differs
        within occupations; the similarities of the reasons are those of the plain vectors.
    groups : int, or None
        How many groups to make; the nearest number that the bounds allow is made. None chooses
        by the criterion.

    Returns
    -------
    Grouping

    Missing data: a zero vector, an unknown place and no partner tell nothing of any pair, which
    then counts as the mean of those that are told. Undefined: below `smallest` capabilities make
    one group, none make no group; the modularity of one group is 0. Raises ValueError for shapes
    that do not agree, vectors or a lens that are not finite, and keys that repeat.

    References: Ward (1963) for the linkage; Dhillon and Modha (2001) for the moves; Newman and
    Girvan (2004) for modularity; the weights, bounds and second memberships are ours.

    >>> found = group(np.eye(2)[[0, 0, 1, 1]], np.array([[0, 0, 0]] * 2 + [[1, 1, 1]] * 2),
    ...               np.ones((4, 1), dtype=bool), GroupingSettings(smallest=2))
    >>> found.labels.tolist(), found.reasons(0)
    ([0, 0, 1, 1], Why(similarity=1.0, mates=1, shares_area=1, shares_partner=1))
    """
    settings, n = settings or GroupingSettings(), len(vectors)
    if not n:
        return _nothing()
    order = _canonical_order(n, keys)
    facts = [np.asarray(part) for part in (vectors, places, partners)]
    _check(n, *facts)
    closeness = measure(facts[0][order], facts[1][order], facts[2][order], settings, lens)
    partition = best_partition(closeness.distance, settings, groups)
    second = _second_labels(closeness.distance, partition.labels, settings)
    back = np.argsort(order)
    evidence = _evidence(closeness, partition.labels)
    mates, similarity, area, partner = (values[back] for values in evidence)
    labels = partition.labels[back]
    return Grouping(
        labels=labels,
        second_labels=second[back],
        medoids=order[_medoids(closeness.distance, partition.labels)],
        chosen=partition.chosen,
        criterion=partition.criterion,
        similarity_to_own=similarity[np.arange(n), labels],
        mates=mates.astype(np.int64),
        similarity_to=similarity,
        area_mates=area.astype(np.int64),
        partner_mates=partner.astype(np.int64),
    )


def _nothing() -> Grouping:
    none, empty = np.empty(0, dtype=np.int64), np.empty((0, 0), dtype=np.int64)
    blank = np.empty(0)
    return Grouping(none, none, none, 0, (), blank, empty, blank.reshape(0, 0), empty, empty)


def _canonical_order(n: int, keys: npt.ArrayLike | None) -> Labels:
    if keys is None:
        return np.arange(n)
    values = np.asarray(keys)
    if values.shape != (n,):
        raise ValueError(f"keys must hold one value for each of {n} capabilities")
    if len(np.unique(values)) < n:
        raise ValueError("keys must be distinct")
    return np.argsort(values, kind="stable")


def _check(n: int, vectors: Distances, places: Integers, partners: Flags) -> None:
    if vectors.ndim != 2 or not np.isfinite(vectors).all():
        raise ValueError("vectors must be finite, one row for each capability")
    if places.shape != (n, 3) or places.dtype.kind not in "iu":
        raise ValueError(f"places must be integers of shape ({n}, 3), not {places.shape}")
    if partners.ndim != 2 or len(partners) != n or partners.dtype != np.bool_:
        raise ValueError(f"partners must be boolean of shape ({n}, any), not {partners.shape}")


def _evidence(closeness: Closeness, labels: Labels) -> tuple[Distances, ...]:
    """Mates, mean cosine, mates in the same area and with a shared partner, each (n, g)."""
    everyone = np.arange(len(labels))
    mates = np.tile(np.bincount(labels), (len(labels), 1)).astype(np.float64)
    mates[everyone, labels] -= 1
    totals = []
    for pairs in (closeness.cosine, closeness.shares_area, closeness.shares_partner):
        values = pairs.astype(np.float64)
        np.fill_diagonal(values, 0.0)
        totals.append(group_sums(values, labels))
    blank = np.full(mates.shape, np.nan)
    similarity = np.divide(totals[0], mates, out=blank, where=mates > 0)
    return mates, similarity, totals[1], totals[2]


def _medoids(distance: Distances, labels: Labels) -> Labels:
    """The member of each group with the lowest total distance to it; the first of equals."""
    own = np.round(group_sums(distance, labels)[np.arange(len(labels)), labels], DECIMALS)
    by_group = np.lexsort((np.arange(len(labels)), own, labels))
    return by_group[np.unique(labels[by_group], return_index=True)[1]]


def _second_labels(distance: Distances, labels: Labels, settings: GroupingSettings) -> Labels:
    """A second group for each capability that has one near enough, else −1.

    Nearness is the mean distance to the group's first members, less the mean distance to the
    others of the own group. The nearest pairs are served first (then by order of the keys), each
    into the nearest group that is not full, so nobody's place depends on the input order.
    """
    sizes, second = np.bincount(labels), np.full(len(labels), NO_GROUP, dtype=np.int64)
    if settings.second_margin is None or len(sizes) < 2:
        return second
    everyone = np.arange(len(labels))
    sums = group_sums(distance, labels)
    own = sums[everyone, labels] / np.maximum(sizes[labels] - 1, 1)
    extra = np.round(sums / sizes - own[:, None], DECIMALS)
    extra[everyone, labels] = np.inf
    nearby = np.argwhere(extra <= settings.second_margin)
    ranked = nearby[np.argsort(extra[nearby[:, 0], nearby[:, 1]], kind="stable")]
    for member, label in ranked:
        if second[member] == NO_GROUP and sizes[label] < settings.largest:
            second[member] = label
            sizes[label] += 1
    return second
