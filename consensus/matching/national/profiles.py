"""The two-way scores of profiles with standards, gathered while the blocks go by.

A profile is open from its first capability to its last, and only while it is open does it hold a
score per duty. Fit and surplus are counted from pairs in `matches`; they are not known here.
"""

from dataclasses import dataclass, field
from threading import Lock

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Indices, duties_by_standard
from consensus.matching.fit import FINE_STEPS
from consensus.matching.national.layout import Layout
from consensus.matching.national.sides import Sides, Vectors, distinct_rows

Steps = npt.NDArray[np.float64]


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
    """The profiles of a survey: those open, and the scores of those finished.

    two_way  float64 (f, s)  as `fit.two_way`; NaN where undefined
    """

    sides: Sides
    two_way: npt.NDArray[np.float64] = field(init=False)
    _open: dict[int, OpenProfile] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        shape = (len(self.sides.members), len(self.sides.layout.duty_count))
        self.two_way = np.full(shape, np.nan)
        self._sizes = self.sides.members.sum(axis=1).tolist()
        self._profiles_of_row = np.ascontiguousarray(self.sides.members.T)

    def take(self, rows: Indices, scores: Vectors) -> None:
        """Take in a block: its scores (b, m) by rank."""
        here = self._profiles_of_row[rows]
        some = np.flatnonzero(here.any(axis=1))
        if not len(some):
            return
        steps = np.zeros((len(rows), len(self.sides.layout.standards)))
        steps[some] = fine(standard_maxima(scores[some], self.sides.layout))
        for profile in np.flatnonzero(here.any(axis=0)).tolist():
            own = np.flatnonzero(here[:, profile])
            highest, forth = _highest(scores, own.tolist()), steps[own].sum(axis=0)
            with self._lock:
                finished = self._add(profile, highest, forth, len(own))
            if finished is not None:
                self._finish(profile, finished)

    def level_twins(self) -> None:
        """Give standards with the very same duties the very same scores, to the last bit."""
        for group in _twins(self.sides):
            self.two_way[:, group] = self.two_way[:, group[:1]]

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
        steps = fine(np.clip(known.best, -1.0, 1.0))
        back = np.zeros(len(layout.standards))
        for start, width in layout.ranks():
            back[:width] += steps[start : start + width]
        forth_mean = known.forth / self._sizes[profile]
        back_mean = back / layout.duty_count[layout.standards]
        self.two_way[profile, layout.standards] = (forth_mean + back_mean) / (2 * FINE_STEPS)


def standard_maxima(scores: Vectors, layout: Layout) -> Vectors:
    """The best score of each row within each standard, (b, p); `scores` stand by rank."""
    best = scores[:, : len(layout.standards)].copy()
    for start, width in layout.ranks():
        over = best[:, :width]
        np.maximum(over, scores[:, start : start + width], out=over)
    return np.clip(best, -1.0, 1.0, out=best)


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


def _twins(sides: Sides) -> list[Indices]:
    """Standards with the very same duties: groups of two and more.

    Versions of one standard are such. Their two-way scores are equal, and must be to the last bit.
    """
    grouped = duties_by_standard(sides.standard_of_duty, len(sides.layout.duty_count))
    text = distinct_rows(sides.duties)[grouped.order]
    groups: dict[tuple[int, ...], list[int]] = {}
    for standard, start in zip(grouped.present.tolist(), grouped.starts.tolist(), strict=True):
        own = text[start : start + grouped.duty_count[standard]]
        groups.setdefault(tuple(sorted(own.tolist())), []).append(standard)
    return [np.array(group) for group in groups.values() if len(group) > 1]
