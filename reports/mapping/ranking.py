"""The two-way scores that break ties among standards, for the profiles and verdicts of now.

A run keeps them for the profiles as they were, by the machine's scores alone. Of a profile that has
changed since, or on whose capabilities people have agreed, those of standards that stand level are
worked out again from the vectors: no others decide anything.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from consensus.matching import FitSurplus, similarity, two_way
from consensus.matching.ranking import TOP_STANDARDS
from cycles.core.errors import Missing
from reports.mapping.ground import Flags, Ground, Indices
from reports.mapping.reading import Reading

MOST_HELD = 1_000
Numbers = npt.NDArray[np.float64]


def two_way_scores(reading: Reading, members: Flags, counts: FitSurplus) -> Numbers:
    """Return how well profiles and standards cover each other, float64 (f, s).

    ``members`` is bool (f, c), ``counts`` their fit and surplus. What breaks no tie may be 0.
    """
    kept = reading.ground.kept
    held = {row.tobytes(): number for number, row in enumerate(np.packbits(kept.members, axis=1))}
    packed = np.packbits(members, axis=1)
    judged = np.union1d(reading.accepted[:, 0], reading.rejected[:, 0])
    has_verdict: Flags = np.logical_or.reduce(members[:, judged], axis=1)
    found = np.zeros(counts.fit_count.shape)
    for number in range(len(members)):
        as_kept = held.get(packed[number].tobytes())
        if as_kept is not None and not has_verdict[number]:
            found[number] = kept.survey.two_way[as_kept]
            continue
        level = standing_level(counts, number)
        if len(level):
            found[number, level] = _again(reading, np.flatnonzero(members[number]), level)
    return found


def standing_level(counts: FitSurplus, profile: int) -> Indices:
    """Return the standards that stand level with another where the first ten are decided."""
    own = np.flatnonzero(counts.is_defined[profile])
    fit, surplus = counts.fit[profile, own], counts.surplus[profile, own]
    order = np.lexsort((surplus, -fit))
    fit, surplus = fit[order], surplus[order]
    is_as_next = (fit[1:] == fit[:-1]) & (surplus[1:] == surplus[:-1])
    is_level = np.append(is_as_next, False) | np.insert(is_as_next, 0, False)
    last = min(TOP_STANDARDS, len(own)) - 1
    if last < 0:
        return own
    may_stand = (fit > fit[last]) | ((fit == fit[last]) & (surplus <= surplus[last]))
    found: Indices = np.sort(own[order[is_level & may_stand]])
    return found


def _again(reading: Reading, rows: Indices, standards: Indices) -> Numbers:
    """Work some standards out again for one profile, or find them among those worked out before."""
    memory = reading.ground.memory
    verdicts = (_on(reading.accepted, rows), _on(reading.rejected, rows))
    key = (rows.tobytes(), standards.tobytes(), *(each.tobytes() for each in verdicts))
    if key not in memory:
        if len(memory) >= MOST_HELD:
            memory.clear()
        memory[key] = _worked_out(reading.ground, rows, standards, verdicts)
    return memory[key]


def _on(verdicts: Indices, rows: Indices) -> Indices:
    return verdicts[np.isin(verdicts[:, 0], rows)]


def _worked_out(
    ground: Ground, rows: Indices, standards: Indices, verdicts: Sequence[Indices]
) -> Numbers:
    owners = ground.inputs.standard_of_duty
    columns = np.flatnonzero(np.isin(owners, standards))
    try:
        left, right = ground.source.capabilities(rows), ground.source.duties(columns)
    except Missing:
        # Nothing but the order of equals rests on it: they then stand in their own order.
        return np.zeros(len(standards))
    accepted, rejected = (_within(each, rows, columns) for each in verdicts)
    found: Numbers = two_way(
        similarity(left, right),
        np.ones((1, len(rows)), dtype=np.bool_),
        np.searchsorted(standards, owners[columns]),
        len(standards),
        accepted=accepted,
        rejected=rejected,
    ).reshape(-1)
    return found


def _within(pairs: Indices, rows: Indices, columns: Indices) -> Indices:
    """Return the pairs whose duty is among the columns, numbered as rows and columns are."""
    here = pairs[np.isin(pairs[:, 1], columns)]
    left, right = np.searchsorted(rows, here[:, 0]), np.searchsorted(columns, here[:, 1])
    return np.stack([left, right], axis=1)
