"""How near capabilities are to each other: by meaning, by classification, by partners, combined.

Every function takes n capabilities and gives an (n, n) array; none forms groups.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from consensus.grouping.arrays import DECIMALS, Distances, Flags, Integers
from consensus.grouping.lens import through_lens
from consensus.grouping.neighbours import by_surroundings, centred
from consensus.grouping.settings import GroupingSettings

UNKNOWN_PLACE = -1


@dataclass(frozen=True, eq=False)
class Closeness:
    """What is known of each pair of n capabilities.

    cosine          float64 (n, n)  similarity of meaning, −1 to 1
    shares_area     bool (n, n)     same functional area
    shares_partner  bool (n, n)     at least one supply-chain partner in common
    likeness        float64 (n, n)  meaning, classification and partners together, −1 to 1
    distance        float64 (n, n)  (1 − likeness of the surroundings) / 2, zero on the diagonal
    """

    cosine: Distances
    shares_area: Flags
    shares_partner: Flags
    likeness: Distances
    distance: Distances


def measure(
    vectors: npt.NDArray[np.floating[Any]],
    places: Integers,
    partners: Flags,
    settings: GroupingSettings,
    lens: npt.NDArray[np.floating[Any]] | None = None,
) -> Closeness:
    """Measure every pair; shapes and missing-data rules as in `grouping.group`.

    likeness = the weighted sum of the three parts, each in its own standard deviations (`parts`),
    then `neighbours.centred`; distance = (1 − `neighbours.by_surroundings`) / 2.
    """
    classification = classification_distance(places)
    tags = partners.astype(np.float64)
    meaning = cosines(through_lens(vectors, lens))
    parts = (
        in_own_spread(meaning, is_known=np.diag(meaning) > 0),
        in_own_spread(1.0 - classification, is_known=places[:, 0] != UNKNOWN_PLACE),
        in_own_spread(1.0 - partner_distance(partners), is_known=tags.sum(axis=1) > 0),
    )
    likeness = centred(
        sum(
            (weight * part for weight, part in zip(settings.weights, parts, strict=True)),
            start=np.zeros_like(meaning),
        )
    )
    distance = np.round((1.0 - by_surroundings(likeness)) / 2.0, DECIMALS)
    return Closeness(
        cosine=cosines(vectors),
        shares_area=classification == 0.0,
        shares_partner=(tags @ tags.T) > 0,
        likeness=likeness,
        distance=distance,
    )


def in_own_spread(alike: Distances, is_known: Flags) -> Distances:
    """One kind of likeness, 1 with oneself, in its own standard deviations from its mean.

    Mean and deviation are those of the pairs of two that are known. A pair one of which is
    unknown tells nothing and stands at 0, the mean: not to be classified makes nobody alike.
    All are at 0 where the known pairs do not differ. On the diagonal stands what a likeness of
    1 comes to, for the unknown as well.

    >>> in_own_spread(np.array([[1, 0.5, 0], [0.5, 1, 0], [0, 0, 1]]), np.array([1, 1, 0]) > 0)
    array([[0., 0., 0.],
           [0., 0., 0.],
           [0., 0., 0.]])
    """
    is_told = is_known[:, None] & is_known[None, :]
    np.fill_diagonal(is_told, False)
    told = alike[is_told]
    deviation = float(told.std()) if len(told) else 0.0
    if deviation < 10.0**-DECIMALS:
        return np.zeros_like(alike)
    mean = float(told.mean())
    spread: Distances = np.where(is_told, (alike - mean) / deviation, 0.0)
    np.fill_diagonal(spread, (1.0 - mean) / deviation)
    return spread


def cosines(vectors: npt.NDArray[np.floating[Any]]) -> Distances:
    """Cosines of n vectors (n, d); a zero vector scores 0 with all, itself included."""
    rows = vectors.astype(np.float64)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    product = units @ units.T
    # A product is symmetric only up to its last bits, and linkage asks for symmetry.
    symmetric: Distances = np.clip((product + product.T) / 2.0, -1.0, 1.0)
    return symmetric


def classification_distance(places: Integers) -> Distances:
    """0 for the same area, 1/3 the same domain, 2/3 the same function, 1 otherwise.

    `places` is (n, 3): codes of function, domain and area, −1 where unknown. A code counts only
    below a shared parent, and an unknown code is shared with nothing: two capabilities that
    nobody has classified are not thereby alike.

    >>> classification_distance(np.array([[0, 1, 5], [0, 1, 5], [0, 2, 6], [-1, -1, -1]]))[0]
    array([0.        , 0.        , 0.66666667, 1.        ])
    """
    same = (places[:, None, :] == places[None, :, :]) & (places != UNKNOWN_PLACE)[:, None, :]
    apart: Distances = 1.0 - np.logical_and.accumulate(same, axis=2).mean(axis=2)
    return apart


def partner_distance(partners: Flags) -> Distances:
    """Jaccard distance of the partners tagged, (n, p) to (n, n).

    Two capabilities without any partner are at distance 0, as the ratio 0/0 is defined here; one
    without and one with partners are at distance 1.

    >>> partner_distance(np.array([[True, True], [True, False], [False, False]]))[0]
    array([0. , 0.5, 1. ])
    """
    tags = partners.astype(np.float64)
    shared = tags @ tags.T
    counts = tags.sum(axis=1)
    either = counts[:, None] + counts[None, :] - shared
    overlap = np.divide(shared, either, out=np.ones_like(shared), where=either > 0)
    apart: Distances = 1.0 - overlap
    return apart
