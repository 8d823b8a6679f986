"""What a survey keeps, and how it answers at any threshold without the scores.

The pass that finds it lives in `survey`. Human verdicts are already in everything here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from consensus.matching.arrays import Flags, Indices
from consensus.matching.fit import FitSurplus
from consensus.matching.matches import (
    MILLIONTHS_PER_PERCENT,
    score_millionths,
    threshold_millionths,
)
from consensus.matching.ranking import TOP_STANDARDS, top_standards

FLOOR_PERCENT = 50

Places = npt.NDArray[np.int32]
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Hits:
    """The best duty of a capability within a standard, wherever it may count. By row, standard.

    Kept are pairs of capability and standard whose best score reaches the floor, and those with
    an accepted match. `score` is the machine's own; `is_accepted` says that a person accepted.
    """

    row: Places
    standard: Places
    duty: Places
    score: Scores
    is_accepted: Flags


@dataclass(frozen=True, eq=False)
class Touches:
    """The best score of a profile's capabilities with a duty, from the floor up. By profile, duty.

    An accepted match counts as 1. A duty that no threshold finds here is surplus.
    """

    profile: Places
    duty: Places
    score: Scores


@dataclass(frozen=True, eq=False)
class Survey:
    """All capabilities against all duties: what is worth keeping of c x m scores.

    floor_percent          thresholds from here up can be answered
    hits, touches          sparse, see there
    best_duty              int64 (c,)      the best duty of all, −1 for none; accepted ones first
    best_score             float64 (c,)    its machine score, NaN for none
    is_accepted            bool (c,)       a person accepted one of its matches
    best_capability        int64 (m,)      the same for duties
    best_capability_score  float64 (m,)
    two_way                float64 (f, s)  as `fit.two_way`
    members                bool (f, c)     as given
    standard_of_duty       int64 (m,)      as given
    duty_count             int64 (s,)
    """

    floor_percent: float
    hits: Hits
    touches: Touches
    best_duty: Indices
    best_score: npt.NDArray[np.float64]
    is_accepted: Flags
    best_capability: Indices
    best_capability_score: npt.NDArray[np.float64]
    two_way: npt.NDArray[np.float64]
    members: Flags
    standard_of_duty: Indices
    duty_count: Indices

    def fit_surplus(self, threshold_percent: float, allowed: Flags | None = None) -> FitSurplus:
        """Count fit and surplus at a threshold, equal to `fit.fit_surplus` of all matches.

        `allowed` is bool (f, s), the level window; None allows all. Raises ValueError for a
        threshold below the floor, which what was kept cannot answer.
        """
        shape = (len(self.members), len(self.duty_count))
        window = np.ones(shape, dtype=np.bool_) if allowed is None else np.asarray(allowed)
        if window.shape != shape or window.dtype != np.bool_:
            raise ValueError(f"allowed must be boolean of the shape {shape}")
        return FitSurplus(
            fit_count=self._fit_count(threshold_percent),
            member_count=self.members.sum(axis=1, dtype=np.int64),
            surplus_count=self.duty_count - self._touched_count(threshold_percent),
            duty_count=self.duty_count,
            allowed=window,
        )

    def top_standards(
        self, threshold_percent: float, allowed: Flags | None = None, k: int = TOP_STANDARDS
    ) -> tuple[Indices, ...]:
        """The best standards of each profile at a threshold, as `ranking.top_standards`."""
        return top_standards(self.fit_surplus(threshold_percent, allowed), self.two_way, k=k)

    def unsupported(self, threshold_percent: float) -> Flags:
        """Which capabilities no duty matches, bool (c,); for any threshold, the floor or not."""
        reached = _reached(self.best_score, threshold_millionths(threshold_percent))
        alone: Flags = ~(reached | self.is_accepted)
        return alone

    def unsupported_curve(self, thresholds: Sequence[float]) -> Indices:
        """How many capabilities are unsupported at each threshold, int64 (t,); for any."""
        counts = [int(self.unsupported(float(each)).sum()) for each in thresholds]
        return np.array(counts, dtype=np.int64)

    def _cut(self, threshold_percent: float) -> int:
        cut = threshold_millionths(threshold_percent)
        if cut < self.floor_percent * MILLIONTHS_PER_PERCENT:
            raise ValueError(f"scores below {self.floor_percent} % were not kept")
        return cut

    def _fit_count(self, threshold_percent: float) -> Indices:
        hits, cut = self.hits, self._cut(threshold_percent)
        kept = _reached(hits.score, cut) | hits.is_accepted
        shape = (self.members.shape[1], len(self.duty_count))
        flags = np.ones(int(kept.sum()), dtype=np.int64)
        matched = sparse.csr_array((flags, (hits.row[kept], hits.standard[kept])), shape=shape)
        counted = sparse.csr_array(self.members.astype(np.int8)) @ matched
        return np.asarray(counted.toarray(), dtype=np.int64)

    def _touched_count(self, threshold_percent: float) -> Indices:
        kept = _reached(self.touches.score, self._cut(threshold_percent))
        shape = (len(self.members), len(self.duty_count))
        owners = self.standard_of_duty[self.touches.duty[kept]]
        cells = self.touches.profile[kept] * np.int64(shape[1]) + owners
        return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape).astype(np.int64)


def _reached(scores: npt.NDArray[np.floating], cut: int) -> Flags:
    reached: Flags = score_millionths(scores) >= cut
    return reached
