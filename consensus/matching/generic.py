"""The tag for generic duties: those near to statements of many places that are not their own.

"Communicate effectively with stakeholders" matches something everywhere, so a match with it says
little. The tag sets such matches apart for people to look at; it never changes a score.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Flags, Floats, Indices, finite_matrix
from consensus.matching.matches import score_millionths, threshold_millionths

NO_PLACE = -1
LEAST_SHARE_PERCENT = 33
LEAST_PLACES = 3


@dataclass(frozen=True, eq=False)
class Genericness:
    """In how many places m duties are near to something.

    near_count  int64 (m,)  places other than the duty's own with a statement near to it
    place_count int64 (m,)  places other than its own that hold statements at all
    is_generic  bool (m,)   near in at least three of them and in at least 33 % of them
    """

    near_count: Indices
    place_count: Indices
    is_generic: Flags


def generic_duties(
    scores: Floats,
    place_of_statement: npt.ArrayLike,
    place_of_duty: npt.ArrayLike,
    places: int,
    threshold_percent: float,
) -> Genericness:
    """Tag the duties that are near to statements of many unrelated places.

    A duty is generic when statements of at least 3 places other than its own, and of at least
    33 % of the places that could be, score at the threshold or above with it. The statements are
    best the duties of the whole framework and the places their routes: the tag then belongs to
    the framework and is the same in every cycle. Counting places instead of neighbours keeps a
    duty that is merely central in a large route from being tagged.

    Parameters
    ----------
    scores : float (n, m)
        Of n statements with m duties.
    place_of_statement : int (n,)
        0 … places − 1, or −1 for a statement of no known place, which is left out.
    place_of_duty : int (m,)
        The same places, or −1: then no place is its own.
    places : int
    threshold_percent : float
        0 to 100, in whole millionths as in `matches.matched`.

    Returns
    -------
    Genericness

    Missing data: see −1 above. Undefined: with fewer than 3 other places nothing is generic.
    Raises ValueError for shapes that do not agree or a place outside.

    Reference: ours. Hubs as points that occur among the neighbours of many: Radovanović,
    Nanopoulos and Ivanović, Hubs in space, JMLR 2010.

    >>> scores = np.array([[0.9, 0.9], [0.6, 0.1], [0.6, 0.1], [0.6, 0.1]])
    >>> generic_duties(scores, [0, 1, 2, 3], [0, 0], 4, 55.8).is_generic.tolist()
    [True, False]
    """
    values = finite_matrix(scores, "scores")
    rows = places_of(place_of_statement, values.shape[0], places)
    columns = places_of(place_of_duty, values.shape[1], places)
    bar = threshold_millionths(threshold_percent)
    near = np.zeros(values.shape[1], dtype=np.int64)
    others = np.zeros(values.shape[1], dtype=np.int64)
    for place in np.unique(rows[rows != NO_PLACE]):
        is_other = columns != place
        best = score_millionths(values[rows == place].max(axis=0))
        near += is_other & (best >= bar)
        others += is_other
    return genericness_of(near, others)


def genericness_of(near: Indices, others: Indices) -> Genericness:
    """Tag by counts, int64 (m,) each: places that a duty is near to, and places that could be."""
    is_wide = near * 100 >= LEAST_SHARE_PERCENT * others
    return Genericness(near, others, is_wide & (near >= LEAST_PLACES))


def places_of(given: npt.ArrayLike, length: int, places: int) -> Indices:
    """The places given, checked: `length` integers from −1 to places − 1."""
    found = np.asarray(given)
    if found.shape != (length,) or (length and found.dtype.kind not in "iu"):
        raise ValueError(f"places must be {length} integers")
    if length and (found.min() < NO_PLACE or found.max() >= places):
        raise ValueError(f"a place lies outside {NO_PLACE} … {places - 1}")
    return found.astype(np.int64)
