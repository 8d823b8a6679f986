"""What the kept pairs say under the human verdicts of the moment: matches, fit, surplus, the best.

Nothing here sees a vector or a score that was not kept. What a match, fit and surplus are is said
in `consensus.matching.matches` and `fit`.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from consensus.matching.arrays import Flags, Indices, Integers, flag_matrix
from consensus.matching.fit import FitSurplus
from consensus.matching.matches import score_millionths
from consensus.matching.national.sides import least_score

NO_DUTY = -1
# Above any score, and still in order among the accepted; one that was not kept stands last there.
ACCEPTED, NOT_KEPT = 4.0, -2.0

Places = npt.NDArray[np.int32]
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of a capability (row) and a duty, and the machine's score. By row, then by duty.

    row    int32 (p,)
    duty   int32 (p,)
    score  float32 (p,)
    """

    row: Places
    duty: Places
    score: Scores


@dataclass(frozen=True, eq=False)
class Judged:
    """Kept pairs without the rejected and with the accepted ones, of c capabilities.

    pairs     by row, then by duty; the score of an accepted pair that was not kept is NaN
    accepted  int64 (k,)  which of the pairs a person accepted
    """

    capabilities: int
    pairs: Pairs
    accepted: Indices

    def peaks(self) -> npt.NDArray[np.float64]:
        """The best score of each capability in whole millionths, (c,).

        Infinite where a pair was accepted, minus infinity where nothing is left.
        """
        peaks = self.per_row(score_millionths(self.pairs.score))
        peaks[self.pairs.row[self.accepted]] = np.inf
        return peaks

    def per_row(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The highest of `values` (p,) for each capability; NaN counts for nothing."""
        highest = np.full(self.capabilities, -np.inf)
        begins = np.flatnonzero(np.diff(self.pairs.row, prepend=-1))
        if len(begins):
            highest[self.pairs.row[begins]] = np.fmax.reduceat(values, begins)
        return highest


@dataclass(frozen=True, eq=False)
class Matches:
    """The matches at a threshold, sparse: by row, then by duty.

    row    int32 (k,)
    duty   int32 (k,)
    score  float32 (k,)  the machine's own; NaN where a person accepted what was not kept
    """

    row: Places
    duty: Places
    score: Scores
    judged: Judged = field(repr=False)
    standard_of_duty: Indices = field(repr=False)
    duty_count: Indices = field(repr=False)

    def counts(self) -> Indices:
        """How many duties match each capability, int64 (c,)."""
        return np.bincount(self.row, minlength=self.judged.capabilities).astype(np.int64)

    def unsupported(self) -> Flags:
        """Which capabilities no duty matches, bool (c,); as `matches.unsupported`."""
        alone: Flags = self.counts() == 0
        return alone

    def best(self) -> tuple[Indices, npt.NDArray[np.float64]]:
        """The best duty of each capability, int64 (c,), and its score, float64 (c,).

        As `best.best_duty`, whether or not it reaches the threshold: accepted ones first, a
        rejected one never, of equal scores the lowest duty. −1 and NaN where there is none: no
        duties at all, or all that was kept was rejected. An accepted pair that was not kept has
        the score NaN; it stands behind those that were, and among several the lowest duty stands.
        """
        judged, pairs = self.judged, self.judged.pairs
        keys = pairs.score.astype(np.float64)
        keys[np.isnan(keys)] = NOT_KEPT
        keys[judged.accepted] += ACCEPTED
        ties = np.flatnonzero(keys == judged.per_row(keys)[pairs.row])
        first = ties[np.flatnonzero(np.diff(pairs.row[ties], prepend=-1))]
        duty = np.full(judged.capabilities, NO_DUTY, dtype=np.int64)
        score = np.full(judged.capabilities, np.nan)
        duty[pairs.row[first]], score[pairs.row[first]] = pairs.duty[first], pairs.score[first]
        return duty, score

    def fit_surplus(self, members: Flags, allowed: Flags | None = None) -> FitSurplus:
        """Count fit and surplus of profiles, equal to `fit.fit_surplus` of the same matches.

        Parameters
        ----------
        members : bool (f, c)
            The profiles of now; they need not be those of the survey.
        allowed : bool (f, s), or None
            The level window; None allows all.

        Returns
        -------
        FitSurplus

        Missing data and undefined cases as there. Raises ValueError for shapes that do not agree.
        """
        profiles = flag_matrix(members, "members", self.judged.capabilities)
        shape = (len(profiles), len(self.duty_count))
        window = np.ones(shape, dtype=np.bool_)
        if allowed is not None:
            window = flag_matrix(allowed, "allowed", shape[1])
        if len(window) != shape[0]:
            raise ValueError(f"allowed speaks of {len(window)} profiles, members of {shape[0]}")
        held = _held(profiles)
        matched = self._matched(held.indices)
        return FitSurplus(
            fit_count=_fit_count(held, matched @ self._owned()),
            member_count=np.diff(held.indptr).astype(np.int64),
            surplus_count=self.duty_count - self._touched(held @ matched),
            duty_count=self.duty_count,
            allowed=window,
        )

    def _matched(self, members: Places) -> Any:
        """The matches of some capabilities, sparse bool (c, m)."""
        is_member = np.zeros(self.judged.capabilities, dtype=np.bool_)
        is_member[members] = True
        kept = is_member[self.row]
        shape = (self.judged.capabilities, len(self.standard_of_duty))
        return _sparse(self.row[kept], self.duty[kept], shape)

    def _owned(self) -> Any:
        """Which duty is of which standard, sparse bool (m, s)."""
        duties = len(self.standard_of_duty)
        return _sparse(np.arange(duties), self.standard_of_duty, (duties, len(self.duty_count)))

    def _touched(self, met: Any) -> Indices:
        """How many duties of each standard meet a profile, (f, s); `met` is sparse bool (f, m)."""
        width = len(self.duty_count)
        profile = np.repeat(np.arange(met.shape[0]), np.diff(met.indptr))
        cells = profile * width + self.standard_of_duty[met.indices]
        counted = np.bincount(cells, minlength=met.shape[0] * width)
        return counted.reshape(met.shape[0], width).astype(np.int64)


def judge(pairs: Pairs, shape: tuple[int, int], accepted: Indices, rejected: Indices) -> Judged:
    """Put verdicts into the kept pairs.

    `shape` is (c, m); the verdicts are keys, row x m + duty, each once, ascending.
    """
    if not len(accepted) and not len(rejected):
        return Judged(shape[0], pairs, np.empty(0, dtype=np.int64))
    keys = pairs.row * np.int64(shape[1]) + pairs.duty
    known = ~_holds(rejected, keys)
    keys, score = keys[known], pairs.score[known]
    more = accepted[~_holds(keys, accepted)]
    at = np.searchsorted(keys, more)
    keys, score = np.insert(keys, at, more), np.insert(score, at, np.float32(np.nan))
    row, duty = (each.astype(np.int32) for each in np.divmod(keys, max(shape[1], 1)))
    return Judged(shape[0], Pairs(row, duty, score), np.searchsorted(keys, accepted))


def reached(judged: Judged, cut: int) -> npt.NDArray[np.intp]:
    """Which of the judged pairs match where the threshold is `cut` millionths."""
    reaches = judged.pairs.score >= least_score(cut)
    reaches[judged.accepted] = True
    return np.flatnonzero(reaches)


def _held(members: Flags) -> Any:
    """Which profile holds which capability, sparse bool (f, c)."""
    profile, row = np.divmod(np.flatnonzero(members), max(members.shape[1], 1))
    return _sparse(profile, row, (members.shape[0], members.shape[1]))


def _sparse(row: Integers, column: Integers, shape: tuple[int, int]) -> Any:
    """A sparse matrix that is true at some places; `row` ascends."""
    begins = np.zeros(shape[0] + 1, dtype=np.int32)
    np.cumsum(np.bincount(row, minlength=shape[0]), out=begins[1:])
    flags = np.ones(len(row), dtype=np.bool_)
    return sparse.csr_array((flags, column.astype(np.int32), begins), shape=shape)


def _fit_count(held: Any, supported: Any) -> Indices:
    counted = held.astype(np.int32) @ supported.astype(np.int32)
    return np.asarray(counted.toarray(), dtype=np.int64)


def _holds(known: Indices, asked: Indices) -> Flags:
    """Whether each of `asked` stands in `known`, which ascends."""
    if not len(known):
        return np.zeros(len(asked), dtype=np.bool_)
    at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    found: Flags = known[at] == asked
    return found
