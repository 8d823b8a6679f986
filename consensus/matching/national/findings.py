"""What a survey keeps: the pairs worth keeping of all scores, and the two-way scores.

The pass that finds it lives in `survey`; what it says at a threshold lives in `readings`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Indices
from consensus.matching.matches import threshold_millionths, verdict_pairs
from consensus.matching.national.readings import Judged, Matches, Pairs, judge, reached

FLOOR_PERCENT = 40


@dataclass(frozen=True, eq=False)
class Survey:
    """All capabilities against all duties: what is worth keeping of c x m scores.

    floor_percent     thresholds from here up can be answered
    capabilities      c
    pairs             all from the floor up, and the best few of each capability
    two_way           float64 (f, s)  as `fit.two_way`, by the machine's scores alone
    standard_of_duty  int64 (m,)      as given
    duty_count        int64 (s,)

    Human verdicts are given when it is read, so a new one needs no new survey.
    """

    floor_percent: float
    capabilities: int
    pairs: Pairs
    two_way: npt.NDArray[np.float64]
    standard_of_duty: Indices
    duty_count: Indices

    def at(
        self,
        threshold_percent: float,
        accepted: npt.ArrayLike | None = None,
        rejected: npt.ArrayLike | None = None,
    ) -> Matches:
        """Read the matches at a threshold, equal to `matches.matched` of all scores.

        Parameters
        ----------
        threshold_percent : float
            From the floor to 100.
        accepted, rejected : int (k, 2), or None
            Human verdicts, rows (capability, duty). An accepted pair matches whatever its score,
            also where it was not kept; a rejected one never does. Repeats are harmless.

        Returns
        -------
        Matches

        Missing data: an accepted pair that was not kept has the score NaN. Undefined: none. Raises
        ValueError for a threshold below the floor, which what was kept cannot answer, and for
        verdicts as `matches.matched` does.
        """
        cut = self._cut(threshold_percent)
        judged = self._judged(accepted, rejected)
        kept = reached(judged, cut)
        return Matches(
            row=judged.pairs.row[kept],
            duty=judged.pairs.duty[kept],
            score=judged.pairs.score[kept],
            judged=judged,
            standard_of_duty=self.standard_of_duty,
            duty_count=self.duty_count,
        )

    def unsupported_curve(
        self,
        thresholds: Sequence[float] | npt.NDArray[np.floating] | npt.NDArray[np.integer],
        accepted: npt.ArrayLike | None = None,
        rejected: npt.ArrayLike | None = None,
    ) -> Indices:
        """How many capabilities are unsupported at each threshold, int64 (t,).

        As `matches.unsupported_curve`, for thresholds from the floor up. Verdicts and errors as
        in `at`.
        """
        cuts = np.array([self._cut(float(each)) for each in thresholds], dtype=np.float64)
        peaks = np.sort(self._judged(accepted, rejected).peaks())
        return np.searchsorted(peaks, cuts, side="left").astype(np.int64)

    def _cut(self, threshold_percent: float) -> int:
        cut = threshold_millionths(threshold_percent)
        if cut < threshold_millionths(self.floor_percent):
            raise ValueError(f"scores below {self.floor_percent} % were not kept")
        return cut

    def _judged(self, accepted: npt.ArrayLike | None, rejected: npt.ArrayLike | None) -> Judged:
        shape = (self.capabilities, len(self.standard_of_duty))
        verdicts = verdict_pairs(shape, accepted, rejected)
        yes, no = (np.unique(each[:, 0] * shape[1] + each[:, 1]) for each in verdicts)
        return judge(self.pairs, shape, yes, no)
