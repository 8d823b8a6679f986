"""What of an earlier run still holds, so that a run after an edit compares only what changed.

A score depends on two texts, the model and the adapter alone, and is worked out the same wherever
the pair stands; so what an earlier run found of the same texts is what this one would find. Pure:
nothing here asks the database.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from consensus.matching.national import FLOOR_PERCENT, Pairs, Survey, exact_scores, survey
from reports.mapping.ground import Flags, Ground, Indices, Inputs, Vectors

Report = Callable[[int, int], None]
Members = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Both:
    """The vectors of both sides, turned by the adapter where there is one."""

    capabilities: Vectors
    duties: Vectors


def members_of(inputs: Inputs, member_ids: Sequence[Sequence[uuid.UUID]]) -> Flags:
    """Return which capabilities each profile holds, bool (f, c); others were not compared."""
    members = np.zeros((len(member_ids), len(inputs.capabilities)), dtype=np.bool_)
    for number, own in enumerate(member_ids):
        rows = [inputs.row_of[each] for each in own if each in inputs.row_of]
        members[number, rows] = True
    return members


def still_holds(earlier: Ground, inputs: Inputs) -> bool:
    """Say whether the earlier run compared with the very same duties, in the same order."""
    return (
        earlier.floor_percent == FLOOR_PERCENT
        and earlier.inputs.duties == inputs.duties
        and earlier.inputs.standards == inputs.standards
    )


def compare(
    inputs: Inputs, members: Flags, both: Both, earlier: Ground | None, report: Report
) -> tuple[Survey, int]:
    """Return the survey, and how many capabilities it had to compare for it.

    ``earlier`` is a run by the same model and adapter; it serves where its duties are the same.
    """
    if earlier is None or not still_holds(earlier, inputs):
        return _survey(inputs, members, both, report), len(inputs.capabilities)
    return _patched(inputs, members, both, earlier, report)


def _survey(inputs: Inputs, members: Flags, both: Both, report: Report) -> Survey:
    """Compare, and give every kept pair the score that does not depend on where the pair stood."""
    found = survey(
        both.capabilities,
        both.duties,
        inputs.standard_of_duty,
        len(inputs.standards),
        members,
        on_block=report,
    )
    pairs = found.pairs
    scores = exact_scores(both.capabilities, both.duties, pairs.row, pairs.duty)
    return replace(found, pairs=Pairs(pairs.row, pairs.duty, scores))


def _patched(
    inputs: Inputs, members: Flags, both: Both, earlier: Ground, report: Report
) -> tuple[Survey, int]:
    """Take what the earlier run knows; compare new wordings and profiles of other members."""
    texts = [each.text for each in inputs.capabilities]
    held = {each.text: row for row, each in enumerate(earlier.inputs.capabilities)}
    before = np.array([held.get(text, -1) for text in texts], dtype=np.int64)
    profiles = _profiles_before(texts, members, earlier)
    needed = np.flatnonzero((before < 0) | members[profiles < 0].any(axis=0))
    found = _survey(
        inputs,
        members[np.ix_(profiles < 0, needed)],
        Both(both.capabilities[needed], both.duties),
        report,
    )
    fresh = _of_rows(found.pairs, needed, before[needed] < 0)
    patched = replace(
        found,
        capabilities=len(texts),
        pairs=_joined(fresh, _taken(earlier, before)),
        two_way=_two_way(found, earlier, profiles),
    )
    return patched, len(needed)


def _two_way(found: Survey, earlier: Ground, profiles: Indices) -> npt.NDArray[np.float64]:
    is_fresh = profiles < 0
    scores = np.full((len(profiles), len(found.duty_count)), np.nan)
    scores[is_fresh] = found.two_way
    scores[~is_fresh] = earlier.survey.two_way[profiles[~is_fresh]]
    return scores


def _profiles_before(texts: Sequence[str], members: Flags, earlier: Ground) -> Indices:
    """Return where a profile of the same wordings stood in the earlier run; -1 for nowhere."""
    old = [each.text for each in earlier.inputs.capabilities]
    held = {
        _wordings(old, earlier.kept.members[row]): row for row in range(len(earlier.kept.members))
    }
    found = [held.get(_wordings(texts, members[row]), -1) for row in range(len(members))]
    return np.array(found, dtype=np.int64)


def _wordings(texts: Sequence[str], own: Flags) -> Members:
    return tuple(sorted(texts[int(row)] for row in np.flatnonzero(own)))


def _of_rows(pairs: Pairs, rows: Indices, wanted: Flags) -> Pairs:
    """Return the pairs of the wanted rows under the numbers that ``rows`` gives them."""
    chosen = wanted[pairs.row]
    return Pairs(rows[pairs.row[chosen]].astype(np.int32), pairs.duty[chosen], pairs.score[chosen])


def _taken(earlier: Ground, before: Indices) -> Pairs:
    """Return the earlier run's pairs under the numbers that the capabilities have now."""
    pairs = earlier.survey.pairs
    ends = np.searchsorted(pairs.row, np.arange(earlier.survey.capabilities + 1))
    now = np.flatnonzero(before >= 0)
    starts, sizes = ends[before[now]], np.diff(ends)[before[now]]
    places = np.arange(sizes.sum()) + np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
    rows = np.repeat(now, sizes).astype(np.int32)
    return Pairs(rows, pairs.duty[places], pairs.score[places])


def _joined(fresh: Pairs, taken: Pairs) -> Pairs:
    row = np.concatenate((fresh.row, taken.row))
    order = np.argsort(row, kind="stable")
    duty = np.concatenate((fresh.duty, taken.duty))
    score = np.concatenate((fresh.score, taken.score))
    return Pairs(row[order], duty[order], score[order])
