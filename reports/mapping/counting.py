"""What a threshold says of a whole run: its curve, its totals, how many matches may be false. Pure.

One profile or capability at a time lives in ``assembling``.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from consensus.matching import score_millionths
from reports.mapping.findings import CurvePoint
from reports.mapping.ground import Flags, Indices
from reports.mapping.reading import Reading, keys_of

CURVE_THRESHOLDS = range(40, 100)
MILLIONTHS_PER_PERCENT = 10_000


def share(count: int, total: int) -> float:
    """Return ``count`` of ``total`` in per cent with one decimal; 0 of nothing is 0."""
    return round(100 * count / total, 1) if total else 0.0


def curve_of(reading: Reading) -> tuple[CurvePoint, ...]:
    """Return what every threshold from the floor up would say, verdicts included."""
    thresholds = [each for each in CURVE_THRESHOLDS if each >= reading.ground.floor_percent]
    total = len(reading.ground.inputs.capabilities)
    alone = reading.ground.survey.unsupported_curve(thresholds, reading.accepted, reading.rejected)
    counts, expected = _open_matches(reading, thresholds)
    return tuple(
        CurvePoint(
            threshold_percent=threshold,
            unsupported_count=int(alone[at]),
            unsupported_percent=share(int(alone[at]), total),
            match_count=int(counts[at]) + len(reading.accepted),
            expected_false=None if expected is None else round(float(expected[at])),
        )
        for at, threshold in enumerate(thresholds)
    )


def _open_matches(
    reading: Reading, thresholds: Sequence[int]
) -> tuple[Indices, npt.NDArray[np.float64] | None]:
    """Return how many pairs nobody settled reach each threshold, and how many may be false."""
    pairs, ground = reading.ground.survey.pairs, reading.ground
    settled = np.concatenate((reading.accepted, reading.rejected))
    is_open = np.isin(ground.keys, keys_of(ground, settled[:, 0], settled[:, 1]), invert=True)
    scores = pairs.score[is_open]
    rising = np.argsort(scores, kind="stable")
    cuts = np.array(thresholds, dtype=np.float64) * MILLIONTHS_PER_PERCENT
    first = np.searchsorted(score_millionths(scores[rising]), cuts, side="left")
    if ground.chance is None:
        return len(scores) - first, None
    doubts = 1 - ground.chance.chance(scores[rising])
    above = np.concatenate((np.cumsum(doubts[::-1])[::-1], [0.0]))
    return len(scores) - first, above[first]


def expected_false(reading: Reading) -> int | None:
    """Return how many of the matches that are not settled are to be expected false."""
    threshold = int(reading.threshold_percent)
    _, expected = _open_matches(reading, [threshold])
    return None if expected is None else round(float(expected[0]))


def only(reading: Reading, is_marked: Flags) -> Flags:
    """Return which capabilities are matched by marked duties alone, bool (c,).

    A match that people accepted is theirs, whatever its mark.
    """
    matches = reading.matches
    accepted = keys_of(reading.ground, reading.accepted[:, 0], reading.accepted[:, 1])
    is_plain = ~is_marked[matches.duty] | np.isin(reading.match_keys, accepted)
    counts = matches.counts()
    plain = np.bincount(matches.row[is_plain], minlength=len(counts))
    marked_only: Flags = (counts > 0) & (plain == 0)
    return marked_only
