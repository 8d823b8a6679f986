"""The two-way scores of profiles with standards, gathered while the blocks go by.

For every profile and duty one score is held until the end. Fit and surplus are counted from pairs
in `readings`; they are not known here.
"""

from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Flags, Indices, duties_by_standard
from consensus.matching.fit import FINE_STEPS
from consensus.matching.national.layout import Layout
from consensus.matching.national.passing import cut_rows, in_threads
from consensus.matching.national.sides import Sides, Vectors, distinct_rows

CELLS_AT_A_TIME = 250_000

Steps = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Members:
    """Who holds what, by capability: the profiles of row i are `profile[begins[i]:begins[i + 1]]`.

    `sizes` (f,) are the capabilities of each profile.
    """

    profile: Indices
    begins: Indices
    sizes: Indices


def gather_members(members: Flags) -> Members:
    """Who holds what, from bool (f, c)."""
    count, width = members.shape
    profile, row = np.divmod(np.flatnonzero(members), max(width, 1))
    begins = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=width))))
    sizes = np.bincount(profile, minlength=count)
    return Members(profile[np.argsort(row, kind="stable")], begins, sizes)


class Profiles:
    """What is known of each profile so far: its best score with each duty, and the best of each.

    `best` (f, m) are the best scores of its capabilities with each duty, by rank. `forth` (f, p)
    adds up, over capabilities, the best duty of each standard, in whole 2^-30ths.
    """

    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self._members = gather_members(sides.members)
        self._best = np.full((len(sides.members), len(sides.duties)), -np.inf, dtype=np.float32)
        self._forth = np.zeros((len(sides.members), len(sides.layout.standards)))
        self._lock = Lock()

    def take(self, rows: Indices, scores: Vectors) -> None:
        """Take in a block: its scores (b, m) by rank; `rows` follow each other."""
        if not len(rows):
            return
        begins = self._members.begins[rows[0] : rows[-1] + 2]
        some = np.flatnonzero(np.diff(begins))
        if not len(some):
            return
        steps = fine(standard_maxima(scores[some], self._sides.layout))
        local = np.repeat(np.arange(len(some)), np.diff(begins)[some]).tolist()
        profiles = self._members.profile[begins[0] : begins[-1]].tolist()
        with self._lock:
            for row, profile in zip(local, profiles, strict=True):
                np.maximum(self._best[profile], scores[some[row]], out=self._best[profile])
                self._forth[profile] += steps[row]

    def two_way(self, threads: int) -> npt.NDArray[np.float64]:
        """Return the scores, float64 (f, s), as `fit.two_way`; NaN where undefined."""
        blocks = cut_rows(len(self._best), self._best.shape[1], CELLS_AT_A_TIME, threads)
        found = np.concatenate([*in_threads(self._two_way, blocks, threads, None)])
        for group in _twins(self._sides):
            found[:, group] = found[:, group[:1]]
        return found

    def _two_way(self, profiles: Indices) -> npt.NDArray[np.float64]:
        layout = self._sides.layout
        found = np.full((len(profiles), len(layout.duty_count)), np.nan)
        has_some = self._members.sizes[profiles] > 0
        profiles = profiles[has_some]
        steps = fine(np.clip(self._best[profiles], -1.0, 1.0))
        back = np.zeros((len(profiles), len(layout.standards)))
        for start, width in layout.ranks():
            back[:, :width] += steps[:, start : start + width]
        forth_mean = self._forth[profiles] / self._members.sizes[profiles][:, None]
        back_mean = back / layout.duty_count[layout.standards]
        means = (forth_mean + back_mean) / (2 * FINE_STEPS)
        found[np.ix_(has_some, layout.standards)] = means
        return found


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


def _twins(sides: Sides) -> list[Indices]:
    """Standards with the very same duties: groups of two and more.

    Versions of one standard are such. Their scores are equal, and must be to the last bit.
    """
    grouped = duties_by_standard(sides.standard_of_duty, len(sides.layout.duty_count))
    text = distinct_rows(sides.duties)[grouped.order]
    groups: dict[tuple[int, ...], list[int]] = {}
    for standard, start in zip(grouped.present.tolist(), grouped.starts.tolist(), strict=True):
        own = text[start : start + grouped.duty_count[standard]]
        groups.setdefault(tuple(sorted(own.tolist())), []).append(standard)
    return [np.array(group) for group in groups.values() if len(group) > 1]
