"""What each profile and every standard have in common, gathered while the blocks go by.

A profile is open from its first capability to its last, and only while it is open does it hold a
score per duty. Fit is counted from hits in `findings`; it is not known here.
"""

from dataclasses import dataclass, field
from threading import Lock

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Indices, duties_by_standard
from consensus.matching.fit import FINE_STEPS
from consensus.matching.national.block import near_a_threshold
from consensus.matching.national.sides import Sides, Vectors

Steps = npt.NDArray[np.float64]

CERTAIN = 1.0


@dataclass(eq=False)
class OpenProfile:
    """What is known of a profile so far.

    `best` (m,) is the best score of its capabilities with each duty, by rank. `forth` (p,) adds
    up, over capabilities, the best duty of each standard, in whole 2^-30ths.
    """

    best: Vectors
    forth: Steps
    left: int


@dataclass(eq=False)
class Profiles:
    """The profiles of a survey: those open, and what was kept of those finished.

    two_way  float64 (f, s)  as `fit.two_way`; NaN where undefined
    touches  per profile, the duties from the floor up and their best scores
    """

    sides: Sides
    floor: float
    two_way: npt.NDArray[np.float64] = field(init=False)
    touches: dict[int, tuple[Indices, Vectors]] = field(default_factory=dict)
    _open: dict[int, OpenProfile] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        shape = (len(self.sides.members), len(self.sides.layout.duty_count))
        self.two_way = np.full(shape, np.nan)
        self._sizes = self.sides.members.sum(axis=1).tolist()
        self._profiles_of_row = np.ascontiguousarray(self.sides.members.T)

    def take(self, rows: Indices, scores: Vectors, best: Vectors) -> None:
        """Take in a block: its scores (b, m) by rank and its maxima (b, p), verdicts included."""
        here = self._profiles_of_row[rows]
        for profile in np.flatnonzero(here.any(axis=0)).tolist():
            own = np.flatnonzero(here[:, profile])
            highest, forth = _highest(scores, own.tolist()), fine(best[own]).sum(axis=0)
            with self._lock:
                finished = self._add(profile, highest, forth, len(own))
            if finished is not None:
                self._finish(profile, finished)

    def _add(self, profile: int, highest: Vectors, forth: Steps, count: int) -> OpenProfile | None:
        known = self._open.pop(profile, None)
        if known is None:
            known = OpenProfile(highest, forth, self._sizes[profile] - count)
        else:
            np.maximum(known.best, highest, out=known.best)
            known.forth += forth
            known.left -= count
        if known.left == 0:
            return known
        self._open[profile] = known
        return None

    def _finish(self, profile: int, known: OpenProfile) -> None:
        layout = self.sides.layout
        best = np.minimum(known.best, 1.0, out=known.best)
        back = np.zeros(len(layout.standards))
        steps = fine(best)
        for start, width in layout.ranks():
            back[:width] += steps[start : start + width]
        forth_mean = known.forth / self._sizes[profile]
        back_mean = back / layout.duty_count[layout.standards]
        self.two_way[profile, layout.standards] = (forth_mean + back_mean) / (2 * FINE_STEPS)
        places = np.flatnonzero(best >= np.float32(self.floor))
        duties, score = layout.order[places], best[places]
        for at in np.flatnonzero(near_a_threshold(score) & (score < CERTAIN)).tolist():
            score[at] = self._exact_best(profile, int(duties[at]))
        self.touches[profile] = (duties, score)

    def _exact_best(self, profile: int, duty: int) -> float:
        rows = np.flatnonzero(self.sides.members[profile])
        refused = self.sides.rejected[self.sides.rejected[:, 1] == duty, 0]
        rows = rows[~np.isin(rows, refused)]
        return float(self.sides.exact(rows, np.full(len(rows), duty)).max())


def fine(scores: Vectors) -> Steps:
    """Scores in whole 2^-30ths: whole numbers below 2^53 add up to the same total in any order."""
    steps = scores.astype(np.float64)
    steps *= FINE_STEPS
    return np.rint(steps, out=steps)


def _highest(scores: Vectors, rows: list[int]) -> Vectors:
    """The best score in each column over some rows, without copying them out first."""
    highest: Vectors = scores[rows[0]].copy()
    for row in rows[1:]:
        np.maximum(highest, scores[row], out=highest)
    return highest


def twins(sides: Sides) -> list[Indices]:
    """Standards with the very same duties, none of them with a verdict: groups of two and more.

    Versions of one standard are such. Their two-way scores are equal, and must be to the last bit.
    They are known by the sums of their vectors' bits: integers that no order of adding up moves.
    """
    if not len(sides.duties):
        return []
    owners = sides.standard_of_duty
    grouped = duties_by_standard(owners, len(sides.layout.duty_count))
    bits = sides.duties.view(np.uint32)[grouped.order]
    sums = np.add.reduceat(bits, grouped.starts, axis=0, dtype=np.uint32)
    judged = set(owners[sides.accepted[:, 1]]) | set(owners[sides.rejected[:, 1]])
    groups: dict[tuple[int, bytes], list[int]] = {}
    for standard, bits_of_all in zip(grouped.present.tolist(), sums, strict=True):
        if standard not in judged:
            mark = (int(grouped.duty_count[standard]), bits_of_all.tobytes())
            groups.setdefault(mark, []).append(standard)
    return [np.array(group) for group in groups.values() if len(group) > 1]
