"""What a threshold says of a whole run: its curve, its totals, how many matches may be false. Pure.

One profile or capability at a time lives in ``assembling``.
"""

from collections.abc import Sequence

import numpy as np

from consensus.matching import score_millionths
from reports.mapping.findings import CurvePoint
from reports.mapping.ground import Flags, Indices, Numbers
from reports.mapping.reading import Reading, keys_of

CURVE_FROM, CURVE_END = 40, 100
MILLIONTHS_PER_PERCENT = 10_000


def share(count: int, total: int) -> float:
    """Return ``count`` of ``total`` in per cent with one decimal; 0 of nothing is 0."""
    return round(100 * count / total, 1) if total else 0.0


def curve_of(reading: Reading) -> tuple[CurvePoint, ...]:
    """Return what every threshold from the floor up would say, verdicts included."""
    total = len(reading.ground.inputs.capabilities)
    return tuple(
        CurvePoint(
            threshold_percent=threshold,
            unsupported_count=int(alone),
            unsupported_percent=share(int(alone), total),
            match_count=int(count) + len(reading.accepted),
            expected_false=None if np.isnan(expected) else round(float(expected)),
        )
        for threshold, (alone, count, expected) in zip(
            _thresholds(reading), _curve(reading), strict=True
        )
    )


def expected_false(reading: Reading) -> int | None:
    """Return how many of the matches that are not settled are to be expected false.

    It is read off the curve; None where the run had no adapter, or beyond the curve's end.
    """
    at = int(reading.threshold_percent) - _thresholds(reading)[0]
    curve = _curve(reading)
    expected = curve[at, 2] if at < len(curve) else np.nan
    return None if np.isnan(expected) else round(float(expected))


def _thresholds(reading: Reading) -> range:
    return range(max(CURVE_FROM, reading.ground.floor_percent), CURVE_END)


def _curve(reading: Reading) -> Numbers:
    """Return (t, 3): unsupported capabilities, open matches, and how many of those may be false.

    It depends on the verdicts and on no threshold, so that every threshold shares it.
    """
    verdicts = (reading.accepted, reading.rejected)
    key = (b"curve", *(each.tobytes() for each in verdicts))

    def work_out() -> Numbers:
        thresholds = _thresholds(reading)
        alone = reading.ground.survey.unsupported_curve(thresholds, *verdicts)
        return np.column_stack((alone, *_open_matches(reading, thresholds)))

    return reading.ground.remembered(key, work_out)


def _open_matches(reading: Reading, thresholds: Sequence[int]) -> tuple[Indices, Numbers]:
    """Return how many pairs nobody settled reach each threshold, and how many may be false."""
    pairs, ground = reading.ground.survey.pairs, reading.ground
    settled = np.concatenate((reading.accepted, reading.rejected))
    is_open = np.isin(ground.keys, keys_of(ground, settled[:, 0], settled[:, 1]), invert=True)
    scores = np.sort(pairs.score[is_open])
    cuts = np.array(thresholds, dtype=np.float64) * MILLIONTHS_PER_PERCENT
    first = np.searchsorted(score_millionths(scores), cuts, side="left")
    if ground.chance is None:
        return len(scores) - first, np.full(len(thresholds), np.nan)
    doubts = 1 - ground.chance.chance(scores)
    above = np.concatenate((np.cumsum(doubts[::-1])[::-1], [0.0]))
    return len(scores) - first, above[first]


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
