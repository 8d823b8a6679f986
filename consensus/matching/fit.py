"""Fit and surplus of profiles against standards, and the two-way score that ranks them.

Fit and surplus are what a report prints, as the method defines them; the two-way score only
orders standards. Rankings live in `ranking`, the best single duty in `best`.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import (
    DutiesByStandard,
    Flags,
    Floats,
    Indices,
    Integers,
    duties_by_standard,
    finite_matrix,
    flag_matrix,
)
from consensus.matching.matches import verdict_pairs

# Scores are added up in whole 2^-30ths: integers add to the same total in any order, so a
# permutation cannot break a tie that two standards with the same duties ought to have.
FINE_STEPS = 2.0**30

Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True, eq=False)
class FitSurplus:
    """Counts behind fit and surplus for f profiles and s standards.

    fit_count     int64 (f, s)  capabilities of the profile matched by a duty of the standard
    member_count  int64 (f,)    capabilities of the profile
    surplus_count int64 (f, s)  duties of the standard that match no capability of the profile
    duty_count    int64 (s,)    duties of the standard
    allowed       bool (f, s)   pairs inside the level window

    The counts are complete; the percentages speak only of pairs that are defined.
    """

    fit_count: Indices
    member_count: Indices
    surplus_count: Indices
    duty_count: Indices
    allowed: Flags

    @cached_property
    def is_defined(self) -> Flags:
        """bool (f, s): the profile has capabilities, the standard duties, the pair is allowed."""
        return self.allowed & (self.member_count > 0)[:, None] & (self.duty_count > 0)[None, :]

    @cached_property
    def fit(self) -> npt.NDArray[np.float64]:
        """Fit in per cent, (f, s); NaN where `is_defined` is False (never show it to a person).

        Two equal fractions give the same float, because one division is the only rounding.
        """
        return _percent(self.fit_count, self.member_count[:, None], self.is_defined)

    @cached_property
    def surplus(self) -> npt.NDArray[np.float64]:
        """Surplus in per cent, (f, s); NaN where `is_defined` is False. Need not add up with fit
        to 100: one counts capabilities, the other duties."""
        return _percent(self.surplus_count, self.duty_count[None, :], self.is_defined)

    @cached_property
    def best_fit(self) -> npt.NDArray[np.float64]:
        """Highest fit of each profile over its defined standards, (f,); NaN where it has none."""
        highest = np.where(self.is_defined, self.fit, -np.inf).max(axis=1, initial=-np.inf)
        return np.where(np.isfinite(highest), highest, np.nan)


def fit_surplus(
    matched: Flags,
    members: Flags,
    standard_of_duty: Integers,
    standards: int,
    allowed: Flags | None = None,
) -> FitSurplus:
    """Count fit and surplus of every profile against every standard.

    Parameters
    ----------
    matched : bool (c, m)
        Which capabilities match which duties (`matches.matched`).
    members : bool (f, c)
        Which capabilities each profile holds; profiles may overlap.
    standard_of_duty : int (m,)
        The standard of each duty, 0 … standards − 1, in any order.
    standards : int
        s, with those that have no duties.
    allowed : bool (f, s), or None
        Pairs that may be compared (`ranking.level_window`); None allows all.

    Returns
    -------
    FitSurplus

    Missing data: none in the counts. Undefined: a profile without capabilities, a standard
    without duties and a pair outside `allowed` have no percentage (`is_defined`). Raises
    ValueError for shapes that do not agree or a duty of no standard.

    Reference: Workforce Foresighting Hub, findings report, "fit factor" and "surplus factor".

    >>> result = fit_surplus(np.array([[True, False, False], [False, False, True]]),
    ...                      np.array([[True, True]]), np.array([0, 0, 1]), 2)
    >>> result.fit.tolist(), result.surplus.tolist()
    ([[50.0, 50.0]], [[50.0, 0.0]])
    """
    matches = flag_matrix(matched, "matched", len(np.atleast_1d(standard_of_duty)))
    profiles = flag_matrix(members, "members", len(matches))
    duties = duties_by_standard(standard_of_duty, standards)
    if allowed is None:
        window = np.ones((len(profiles), standards), dtype=np.bool_)
    else:
        window = flag_matrix(allowed, "allowed", standards)
    if len(window) != len(profiles):
        raise ValueError(f"allowed speaks of {len(window)} profiles, members of {len(profiles)}")
    supported = _per_standard(np.logical_or, matches, duties)
    untouched = _count(profiles, matches) == 0
    return FitSurplus(
        fit_count=_count(profiles, supported),
        member_count=profiles.sum(axis=1, dtype=np.int64),
        surplus_count=_per_standard(np.add, untouched.astype(np.int64), duties),
        duty_count=duties.duty_count,
        allowed=window,
    )


def two_way(
    scores: Floats,
    members: Flags,
    standard_of_duty: Integers,
    standards: int,
    *,
    accepted: npt.ArrayLike | None = None,
    rejected: npt.ArrayLike | None = None,
) -> npt.NDArray[np.float64]:
    """How well profiles and standards cover each other: a soft form of fit and (1 − surplus).

    Half of the mean over the profile's capabilities of the best score among the standard's
    duties, plus half of the mean over those duties of the best score among those capabilities.
    It ranks standards better than fit does and needs no threshold; it is never printed as fit.

    Parameters
    ----------
    scores : float (c, m)
        Similarities in [−1, 1].
    members : bool (f, c)
    standard_of_duty : int (m,)
    standards : int
    accepted, rejected : int (k, 2), or None
        Human verdicts; an accepted pair counts as 1, a rejected one as 0.

    Returns
    -------
    float64 (f, s)
        In [−1, 1], exact to 2^-30 and the same to the last bit whatever the order of
        capabilities, duties or standards.

    Missing data: none. Undefined: NaN for a profile without capabilities or a standard without
    duties. Raises ValueError as `fit_surplus` and `matches.matched` do.

    Reference: the maximum-similarity score of Mihalcea, Corley and Strapparava, AAAI 2006,
    without its word weights.

    >>> two_way(np.array([[0.8, 0.2], [0.4, 0.6]]), np.array([[True, True]]), np.array([0, 0]), 1)
    array([[0.7]])
    """
    values = finite_matrix(scores, "scores")
    yes, no = verdict_pairs((values.shape[0], values.shape[1]), accepted, rejected)
    profiles = flag_matrix(members, "members", len(values))
    duties = duties_by_standard(standard_of_duty, standards)
    if len(duties.order) != values.shape[1]:
        raise ValueError("standard_of_duty must name one standard per duty")
    fine = np.rint(values.astype(np.float64) * FINE_STEPS).astype(np.int64)
    fine[yes[:, 0], yes[:, 1]] = int(FINE_STEPS)
    fine[no[:, 0], no[:, 1]] = 0
    best_of_duties = _per_standard(np.maximum, fine, duties)
    result = np.full((len(profiles), standards), np.nan)
    for profile in np.flatnonzero(profiles.any(axis=1)):
        chosen = profiles[profile]
        forth = best_of_duties[chosen].sum(axis=0) / chosen.sum()
        best_of_members = fine[chosen].max(axis=0, keepdims=True)
        totals = _per_standard(np.add, best_of_members, duties)[0]
        back = totals / np.maximum(duties.duty_count, 1)
        result[profile] = (forth + back) / (2 * FINE_STEPS)
    result[:, duties.duty_count == 0] = np.nan
    return result


def _percent(count: Indices, total: Indices, is_defined: Flags) -> npt.NDArray[np.float64]:
    blank = np.full(count.shape, np.nan)
    np.divide(100 * count, total, out=blank, where=is_defined)
    return blank


def _count(profiles: Flags, flags: Flags) -> Indices:
    # A float32 product is what BLAS does fast; it is exact for counts below 2^24.
    product = profiles.astype(np.float32) @ flags.astype(np.float32)
    return product.astype(np.int64)


def _per_standard(
    operation: np.ufunc, values: npt.NDArray[Kind], duties: DutiesByStandard
) -> npt.NDArray[Kind]:
    """Reduce the columns of `values` (n, m) to one per standard (n, s); no duties give zero."""
    result = np.zeros((len(values), len(duties.duty_count)), dtype=values.dtype)
    if len(duties.present):
        reduced = operation.reduceat(values[:, duties.order], duties.starts, axis=1)
        result[:, duties.present] = reduced
    return result
