"""The two-way scores that break ties among standards, for the profiles and verdicts of now.

A run keeps them for the profiles as they were, by the machine's scores alone. A profile that has
changed since, or on whose capabilities people have agreed, is worked out again from the vectors.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from consensus.matching import similarity, two_way
from cycles.core.errors import Missing
from reports.mapping.ground import Flags, Ground, Indices, Vectors
from reports.mapping.reading import Reading

MOST_HELD = 1_000
Numbers = npt.NDArray[np.float64]


def two_way_scores(reading: Reading, members: Flags, window: Flags) -> Numbers:
    """Return how well profiles and standards cover each other, float64 (f, s).

    ``members`` is bool (f, c), ``window`` bool (f, s); outside it the scores may be NaN.
    """
    kept = reading.ground.kept
    held = {row.tobytes(): number for number, row in enumerate(np.packbits(kept.members, axis=1))}
    packed = np.packbits(members, axis=1)
    judged = np.union1d(reading.accepted[:, 0], reading.rejected[:, 0])
    has_verdict: Flags = np.logical_or.reduce(members[:, judged], axis=1)
    found = np.full(window.shape, np.nan)
    for number in range(len(members)):
        as_kept = held.get(packed[number].tobytes())
        if as_kept is not None and not has_verdict[number]:
            found[number] = kept.survey.two_way[as_kept]
        else:
            found[number] = _again(reading, np.flatnonzero(members[number]), window[number])
    return found


def _again(reading: Reading, rows: Indices, allowed: Flags) -> Numbers:
    """Work one profile out again, or find it among those worked out before."""
    memory = reading.ground.memory
    verdicts = (_on(reading.accepted, rows), _on(reading.rejected, rows))
    key = (rows.tobytes(), allowed.tobytes(), *(each.tobytes() for each in verdicts))
    if key not in memory:
        if len(memory) >= MOST_HELD:
            memory.clear()
        memory[key] = _worked_out(reading.ground, rows, allowed, verdicts)
    return memory[key]


def _on(verdicts: Indices, rows: Indices) -> Indices:
    return verdicts[np.isin(verdicts[:, 0], rows)]


def _worked_out(
    ground: Ground, rows: Indices, allowed: Flags, verdicts: Sequence[Indices]
) -> Numbers:
    owners = ground.inputs.standard_of_duty
    columns = np.flatnonzero(allowed[owners])
    if not len(rows) or not len(columns):
        return np.full(len(allowed), np.nan)
    try:
        left, right = ground.source.capabilities(rows), _all_duties(ground)[columns]
    except Missing:
        # Nothing but the order of equals rests on it: they then stand in their own order.
        return np.zeros(len(allowed))
    accepted, rejected = (_within(each, rows, columns) for each in verdicts)
    found: Numbers = two_way(
        similarity(left, right),
        np.ones((1, len(rows)), dtype=np.bool_),
        owners[columns],
        len(allowed),
        accepted=accepted,
        rejected=rejected,
    ).reshape(-1)
    return found


def _within(pairs: Indices, rows: Indices, columns: Indices) -> Indices:
    """Return the pairs whose duty is among the columns, numbered as rows and columns are."""
    here = pairs[np.isin(pairs[:, 1], columns)]
    left, right = np.searchsorted(rows, here[:, 0]), np.searchsorted(columns, here[:, 1])
    return np.stack([left, right], axis=1)


# One run's: of a country's duties they weigh sixty megabytes.
@lru_cache(maxsize=1)
def _all_duties(ground: Ground) -> Vectors:
    return ground.source.duties(np.arange(len(ground.inputs.duties)))
