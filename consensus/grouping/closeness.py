"""How near capabilities are to each other: by meaning, by classification, by partners, combined.

Every function takes n capabilities and gives an (n, n) array; none forms groups.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from consensus.grouping.settings import GroupingSettings

Distances = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.integer[Any]]

UNKNOWN_PLACE = -1
# Distances are kept to nine decimals: the last bits of a matrix product would otherwise break
# ties that two equal capabilities ought to have.
DECIMALS = 9


@dataclass(frozen=True, eq=False)
class Closeness:
    """What is known of each pair of n capabilities.

    cosine          float64 (n, n)  similarity of meaning, −1 to 1
    shares_area     bool (n, n)     same functional area
    shares_partner  bool (n, n)     at least one supply-chain partner in common
    distance        float64 (n, n)  combined distance, 0 to 1, zero on the diagonal
    """

    cosine: Distances
    shares_area: Flags
    shares_partner: Flags
    distance: Distances


def measure(
    vectors: npt.NDArray[np.floating[Any]],
    places: Integers,
    partners: Flags,
    settings: GroupingSettings,
) -> Closeness:
    """Measure every pair; shapes and missing-data rules as in `grouping.group`.

    combined = weight_meaning * (1 − cosine) / 2 + weight_classification * classification
    distance + weight_partners * Jaccard distance of the partners.
    """
    cosine = cosines(vectors)
    classification = classification_distance(places)
    overlap = partner_distance(partners)
    meaning, place, partner = settings.weights
    distance = meaning * (1.0 - cosine) / 2.0 + place * classification + partner * overlap
    np.fill_diagonal(distance, 0.0)
    tags = partners.astype(np.float64)
    return Closeness(
        cosine=cosine,
        shares_area=classification == 0.0,
        shares_partner=(tags @ tags.T) > 0,
        distance=np.round(distance, DECIMALS),
    )


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
