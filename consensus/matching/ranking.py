"""Orders and conclusions: which standards stand first, which profiles need attention, what to do.

Everything here orders or names what `fit` counted; nothing here counts matches.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Flags, Indices, Integers, flag_matrix
from consensus.matching.fit import FitSurplus

TOP_STANDARDS = 10
LEVELS_EITHER_SIDE = 1
UNKNOWN_LEVEL = -1
# Makes one capability more of fit outweigh all surplus, in profiles of up to a million.
STEP_OF_FIT = 1e6

HIGH_FIT_PERCENT = 70
MIDDLING_FIT_PERCENT = 40
HIGH_SURPLUS_PERCENT = 50


class Response(StrEnum):
    """What to do about a profile, given its best standard; always a suggestion."""

    ADOPT = "adopt"
    ADAPT = "adapt"
    EXTEND = "extend"
    NEW_STANDARD = "new_standard"


@dataclass(frozen=True, eq=False)
class Priorities:
    """The order in which f profiles ask for attention.

    order             int64 (f,)  profile indices, most urgent first
    unsupported_count int64 (f,)  unsupported capabilities of each profile, by profile index
    """

    order: Indices
    unsupported_count: Indices


def level_window(
    profile_levels: Integers, standard_levels: Integers, reach: int = LEVELS_EITHER_SIDE
) -> Flags:
    """Which profiles may be compared with which standards: the same or an adjoining level.

    A standard whose source states no level may be compared with every profile of a known level.

    Parameters
    ----------
    profile_levels : int (f,)
        Academic level of each profile, −1 where unknown.
    standard_levels : int (s,)
        Academic level of each standard, −1 where its source states none.
    reach : int
        Levels either side; 1 compares level 6 with 5 to 7.

    Returns
    -------
    bool (f, s)

    Missing data: whole frameworks state no levels, and leaving those out would say that nothing in
    them fits; so a standard of unknown level is allowed with every known level. A profile of
    unknown level is allowed with none: nobody said where it stands, and somebody can.
    Undefined: none. Raises ValueError for a negative reach.

    >>> level_window(np.array([6, -1]), np.array([4, 5, 7, -1])).tolist()
    [[False, True, True, True], [False, False, False, False]]
    """
    if reach < 0:
        raise ValueError("reach cannot be negative")
    profiles = np.asarray(profile_levels, dtype=np.int64)[:, None]
    standards = np.asarray(standard_levels, dtype=np.int64)[None, :]
    near: Flags = (np.abs(profiles - standards) <= reach) | (standards <= UNKNOWN_LEVEL)
    return near & (profiles > UNKNOWN_LEVEL)


def top_standards(
    fit_surplus: FitSurplus,
    two_way: npt.NDArray[np.float64],
    allowed: Flags | None = None,
    k: int = TOP_STANDARDS,
) -> tuple[Indices, ...]:
    """The best standards of each profile: higher fit, then lower surplus.

    Ties go to the higher two-way score, then to the lower standard index, so the order is always
    the same. Compared are fractions of counts, which are exact.

    Parameters
    ----------
    fit_surplus : FitSurplus of f profiles and s standards
    two_way : float64 (f, s)
        From `fit.two_way`.
    allowed : bool (f, s), or None
        A narrower window than the one `fit_surplus` was counted with.
    k : int
        How many to keep.

    Returns
    -------
    tuple of f int64 arrays
        Standard indices, best first; fewer than k where fewer are defined and allowed.

    Missing data and undefined pairs are left out, never ranked last. Raises ValueError for shapes
    that do not agree or a negative k.

    Reference: Workforce Foresighting Hub, findings report: "top ten by fit, then lower surplus".

    >>> from consensus.matching import fit_surplus
    >>> everyone, owners = np.array([[True, True]]), np.array([0, 1])
    >>> counts = fit_surplus(np.array([[False, True], [True, True]]), everyone, owners, 2)
    >>> [best.tolist() for best in top_standards(counts, np.array([[0.9, 0.5]]))]
    [[1, 0]]
    """
    standings = np.asarray(two_way, dtype=np.float64)
    if standings.shape != fit_surplus.fit_count.shape:
        raise ValueError(f"two_way is {standings.shape}, the counts {fit_surplus.fit_count.shape}")
    if k < 0:
        raise ValueError("k cannot be negative")
    usable = fit_surplus.is_defined
    if allowed is not None:
        usable = usable & flag_matrix(allowed, "allowed", usable.shape[1])
    fit, surplus = fit_surplus.fit, fit_surplus.surplus
    profile, standard = np.nonzero(_may_be_first(fit, surplus, usable, k))
    cells = (profile, standard)
    order = np.lexsort((standard, -standings[cells], surplus[cells], -fit[cells], profile))
    starts = np.searchsorted(profile, np.arange(len(standings) + 1)).tolist()
    return tuple(standard[order[start:end][:k]] for start, end in pairwise(starts))


def _may_be_first(
    fit: npt.NDArray[np.float64], surplus: npt.NDArray[np.float64], usable: Flags, k: int
) -> Flags:
    """Which standards may be among the first k: sorting the rest would cost most of the time.

    Rounding a sum never reverses two of them, so none that belongs to the first k is lost.
    """
    last = fit.shape[1] - k
    if not 0 < last < fit.shape[1]:
        return usable
    standing = np.where(usable, fit * STEP_OF_FIT - surplus, -np.inf)
    least = np.partition(standing, last, axis=1)[:, last]
    may: Flags = usable & (standing >= least[:, None])
    return may


def priorities(members: Flags, unsupported: Flags, best_fit: npt.NDArray[np.float64]) -> Priorities:
    """The profiles in order of need: most unsupported capabilities, then lowest best fit.

    Parameters
    ----------
    members : bool (f, c)
    unsupported : bool (c,)
        From `matches.unsupported`.
    best_fit : float64 (f,)
        Highest fit of each profile in per cent (`FitSurplus.best_fit`), NaN for none.

    Returns
    -------
    Priorities

    Missing data: a best fit of NaN means that no standard could be compared; it stands before a
    fit of 0. Undefined: a profile without capabilities has no need to measure and stands last.
    Remaining ties go to the lower profile index. Raises ValueError for shapes that do not agree.

    Reference: the seed report has two definitions of priority; this is the method's one.

    >>> members = np.array([[True, False], [True, True], [False, True]])
    >>> priorities(members, np.array([False, True]), np.array([10.0, 80.0, 20.0])).order.tolist()
    [2, 1, 0]
    """
    alone = np.asarray(unsupported, dtype=np.bool_)
    profiles = flag_matrix(members, "members", len(alone))
    fits = np.asarray(best_fit, dtype=np.float64)
    if fits.shape != (len(profiles),):
        raise ValueError(f"best_fit must hold one value per profile, not {fits.shape}")
    counts = (profiles & alone).sum(axis=1, dtype=np.int64)
    known = np.where(np.isnan(fits), -1.0, fits)
    order = np.lexsort((np.arange(len(fits)), known, -counts, ~profiles.any(axis=1)))
    return Priorities(order=order.astype(np.int64), unsupported_count=counts)


def suggested_response(fit_percent: float, surplus_percent: float) -> Response:
    """The response suggested for a profile and its best standard.

    High fit (70 % and more) with a surplus of 50 % or less: adopt; with a greater surplus: adapt.
    Fit of 40 % and more: extend with a module or CPD. Less: a new standard. The cuts are ours and
    are the constants above; the convener edits the suggestion.

    Undefined: raises ValueError where fit or surplus is outside 0 … 100 or NaN. A profile with no
    standard to compare has no suggestion: say so instead.

    >>> suggested_response(70.0, 50.0), suggested_response(39.9, 0.0)
    (<Response.ADOPT: 'adopt'>, <Response.NEW_STANDARD: 'new_standard'>)
    """
    if not (0 <= fit_percent <= 100 and 0 <= surplus_percent <= 100):
        raise ValueError("fit and surplus must both be known percentages")
    if fit_percent < MIDDLING_FIT_PERCENT:
        return Response.NEW_STANDARD
    if fit_percent < HIGH_FIT_PERCENT:
        return Response.EXTEND
    return Response.ADOPT if surplus_percent <= HIGH_SURPLUS_PERCENT else Response.ADAPT
