"""The two-way scores of profiles with standards, gathered while the blocks go by.

A profile is open from its first capability to its last, and only while it is open does it hold a
score per duty. Fit and surplus are counted from pairs in `matches`; they are not known here.
"""

from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Flags, Indices, duties_by_standard
from consensus.matching.fit import FINE_STEPS
from consensus.matching.national.layout import Layout
from consensus.matching.national.sides import Sides, Vectors, distinct_rows

Steps = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Members:
    """Who holds what, by capability: the profiles of row i are `profile[begins[i]:begins[i + 1]]`.

    `order` (c,) puts the capabilities in the order of their first profile, those of none last: a
    profile is then finished soon after it is begun. `sizes` (f,) are members of each profile.
    """

    profile: Indices
    begins: Indices
    order: Indices
    sizes: list[int]


def gather_members(members: Flags) -> Members:
    """Who holds what, from bool (f, c)."""
    count, width = members.shape
    profile, row = np.divmod(np.flatnonzero(members), max(width, 1))
    by_row = np.argsort(row, kind="stable")
    held = np.bincount(row, minlength=width)
    begins = np.concatenate(([0], np.cumsum(held)))
    first = np.full(width, count)
    first[held > 0] = profile[by_row][begins[:-1][held > 0]]
    return Members(
        profile=profile[by_row],
        begins=begins,
        order=np.argsort(first, kind="stable"),
        sizes=np.bincount(profile, minlength=count).tolist(),
    )


@dataclass(eq=False)
class OpenProfile:
    """What is known of a profile so far.

    `best` (m,) is the best score of its capabilities with each duty, by rank. `forth` (p,) adds
    up, over capabilities, the best duty of each standard, in whole 2^-30ths.
    """

    best: Vectors
    forth: Steps
    left: int


class Profiles:
    """The profiles of a survey: those open, and the scores of those finished.

    two_way  float64 (f, s)  as `fit.two_way`; NaN where undefined
    """

    def __init__(self, sides: Sides) -> None:
        self.members = gather_members(sides.members)
        self.two_way = np.full((len(sides.members), len(sides.layout.duty_count)), np.nan)
        self._sides = sides
        self._open: dict[int, OpenProfile] = {}
        self._lock = Lock()

    def take(self, rows: Indices, scores: Vectors) -> None:
        """Take in a block: its scores (b, m) by rank; `rows` are a part of `members.order`."""
        begins = self.members.begins
        held = begins[rows + 1] - begins[rows]
        some = int(np.count_nonzero(held))  # they stand first
        if not some:
            return
        steps = fine(standard_maxima(scores[:some], self._sides.layout))
        local = np.repeat(np.arange(some), held[:some])
        profile = np.concatenate(
            [self.members.profile[begins[row] : begins[row + 1]] for row in rows[:some].tolist()]
        )
        by_profile = np.argsort(profile, kind="stable")
        cuts = np.flatnonzero(np.diff(profile[by_profile])) + 1
        for own in np.split(by_profile, cuts):
            self._add(int(profile[own[0]]), local[own], scores, steps)

    def level_twins(self) -> None:
        """Give standards with the very same duties the very same scores, to the last bit."""
        for group in _twins(self._sides):
            self.two_way[:, group] = self.two_way[:, group[:1]]

    def _add(self, profile: int, own: Indices, scores: Vectors, steps: Steps) -> None:
        highest, forth = _highest(scores, own.tolist()), steps[own].sum(axis=0)
        with self._lock:
            known = self._open.pop(profile, None)
            if known is None:
                known = OpenProfile(highest, forth, self.members.sizes[profile])
            else:
                np.maximum(known.best, highest, out=known.best)
                known.forth += forth
            known.left -= len(own)
            if known.left:
                self._open[profile] = known
                return
        self._finish(profile, known)

    def _finish(self, profile: int, known: OpenProfile) -> None:
        layout = self._sides.layout
        steps = fine(np.clip(known.best, -1.0, 1.0, out=known.best))
        back = np.bincount(layout.column, weights=steps, minlength=len(layout.standards))
        forth_mean = known.forth / self.members.sizes[profile]
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
