"""The two-way scores that break ties among standards, for the profiles and verdicts of now.

A run keeps them for the profiles as they were, by the machine's scores alone. A verdict moves those
of the standard whose duty was judged; a profile that has changed since has none. What is missing is
worked out from the vectors, for standards that stand level: no others decide anything.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress

import numpy as np

from consensus.matching import FitSurplus, similarity, two_way
from consensus.matching.national import survey
from consensus.matching.ranking import TOP_STANDARDS
from cycles.core.errors import Missing
from reports.mapping.ground import Flags, Ground, Indices, Numbers
from reports.mapping.reading import Reading

# More duties than this are not read for one profile at a time.
MOST_DUTIES = 2_000
NOBODY: Indices = np.zeros((0, 2), dtype=np.int64)


def two_way_scores(reading: Reading, members: Flags, counts: FitSurplus) -> Numbers:
    """Return how well profiles and standards cover each other, float64 (f, s).

    ``members`` is bool (f, c), ``counts`` their fit and surplus. What breaks no tie may be 0.
    """
    level = [standing_level(counts, number) for number in range(len(members))]
    found = _alone(reading.ground, members, level)
    touched = _touched(reading, members, level)
    _read_ahead(reading.ground, members, touched)
    for number, own in touched.items():
        found[number, own] = _again(reading, np.flatnonzero(members[number]), own)
    return found


def _touched(reading: Reading, members: Flags, level: Sequence[Indices]) -> dict[int, Indices]:
    """Return, of each profile, the level standards that a verdict on one of its members moves."""
    owners, twins = reading.ground.inputs.standard_of_duty, reading.ground.inputs.twins
    judged = np.concatenate((reading.accepted, reading.rejected))
    found = {}
    for number, own in enumerate(level):
        on_members = judged[members[number, judged[:, 0]]]
        # Worked out together, or the last bit would tell apart what is the same.
        moved = own[np.isin(twins[own], twins[owners[on_members[:, 1]]])]
        if len(moved):
            found[number] = moved
    return found


def _read_ahead(ground: Ground, members: Flags, touched: Mapping[int, Indices]) -> None:
    """Have the vectors of all profiles read at once, instead of profile by profile."""
    if len(touched) < 2:
        return
    standards = np.unique(np.concatenate(list(touched.values())))
    columns = np.flatnonzero(np.isin(ground.inputs.standard_of_duty, standards))
    with suppress(Missing):
        ground.source.capabilities(np.flatnonzero(members[list(touched)].any(axis=0)))
        ground.source.duties(columns)


def _alone(ground: Ground, members: Flags, level: Sequence[Indices]) -> Numbers:
    """Return the scores by the machine alone: as kept, or worked out for profiles that changed."""
    kept = ground.kept
    held = {row.tobytes(): number for number, row in enumerate(np.packbits(kept.members, axis=1))}
    packed = np.packbits(members, axis=1)
    found = np.zeros((len(members), len(ground.inputs.standards)))
    many = []
    for number, own in enumerate(level):
        as_kept = held.get(packed[number].tobytes())
        if as_kept is not None:
            found[number] = kept.survey.two_way[as_kept]
        elif len(own) and kept.survey.duty_count[own].sum() > MOST_DUTIES:
            many.append(number)
        elif len(own):
            rows = np.flatnonzero(members[number])
            found[number, own] = _remembered(ground, rows, own, (NOBODY, NOBODY))
    if many:
        found[many] = _all_at_once(ground, members[many])
    return found


def _all_at_once(ground: Ground, members: Flags) -> Numbers:
    """Work out the scores of several profiles with all standards in one pass."""
    rows, standards = np.flatnonzero(members.any(axis=0)), len(ground.inputs.standards)

    def work_out() -> Numbers:
        left = ground.source.capabilities(rows)
        right = ground.source.duties(np.arange(len(ground.inputs.duties)))
        owners = ground.inputs.standard_of_duty
        return survey(left, right, owners, standards, members[:, rows], floor_percent=100).two_way

    try:
        return ground.remembered((members.tobytes(),), work_out)
    except Missing:
        return np.zeros((len(members), standards))


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
    """Work some standards out again for one profile under its verdicts."""
    verdicts = (_on(reading.accepted, rows), _on(reading.rejected, rows))
    return _remembered(reading.ground, rows, standards, verdicts)


def _remembered(
    ground: Ground, rows: Indices, standards: Indices, verdicts: tuple[Indices, Indices]
) -> Numbers:
    key = tuple(each.tobytes() for each in (rows, standards, *verdicts))
    return ground.remembered(key, lambda: _worked_out(ground, rows, standards, verdicts))


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
    # Each text once: the same one at two places of a product may differ in the last bit.
    _, first, place = np.unique(right, axis=0, return_index=True, return_inverse=True)
    found: Numbers = two_way(
        similarity(left, right[first])[:, place.reshape(-1)],
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
