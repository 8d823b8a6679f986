"""What a run keeps read at one threshold, under the human verdicts.

Here single matches are looked up; counting over profiles and standards lives in ``assembling``.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from consensus.matching import reached, score_millionths
from consensus.matching.national import Matches, exact_scores
from reports.mapping.findings import Judgement, Match
from reports.mapping.ground import Flags, Ground, Indices, Scores
from reports.mapping.models import MatchVerdict

Verdicts = Mapping[tuple[uuid.UUID, uuid.UUID], Judgement]

MILLIONTHS_PER_TENTH = 1_000


@dataclass(frozen=True, eq=False)
class Reading:
    """The matches of a run at a threshold.

    ``suggested`` and ``matches``: by the scores alone, and with the verdicts. ``accepted`` and
    ``rejected`` are int64 (k, 2). ``judgements`` is by row and column, also where nothing is
    settled.
    """

    ground: Ground
    threshold_percent: float
    suggested: Matches
    matches: Matches
    accepted: Indices
    rejected: Indices
    judgements: Mapping[tuple[int, int], Judgement]

    @cached_property
    def match_keys(self) -> Indices:
        """Return the matches as row times the number of duties plus duty, rising."""
        return keys_of(self.ground, self.matches.row, self.matches.duty)


def read(ground: Ground, verdicts: Verdicts, threshold_percent: float) -> Reading:
    """Read the run at a threshold; below its floor, at the floor.

    Verdicts on what the run did not compare are left out.
    """
    inputs = ground.inputs
    at = max(threshold_percent, ground.floor_percent)
    placed = {
        (inputs.row_of[statement], inputs.column_of[duty]): judgement
        for (statement, duty), judgement in verdicts.items()
        if statement in inputs.row_of and duty in inputs.column_of
    }
    accepted = _pairs(placed, MatchVerdict.ACCEPTED)
    rejected = _pairs(placed, MatchVerdict.REJECTED)
    return Reading(
        ground=ground,
        threshold_percent=at,
        suggested=ground.survey.at(at),
        matches=ground.survey.at(at, accepted, rejected),
        accepted=accepted,
        rejected=rejected,
        judgements=placed,
    )


def _pairs(placed: Mapping[tuple[int, int], Judgement], verdict: MatchVerdict) -> Indices:
    pairs = sorted(pair for pair, judgement in placed.items() if judgement.verdict == verdict)
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def keys_of(ground: Ground, rows: Iterable[int], columns: Iterable[int]) -> Indices:
    """Return pairs as one number each: row times the number of duties plus duty."""
    row, column = (np.array(each, dtype=np.int64) for each in (rows, columns))
    keys: Indices = row * len(ground.inputs.duties) + column
    return keys


def scores_of(ground: Ground, rows: Iterable[int], columns: Iterable[int]) -> Scores:
    """Return the machine's score of each pair, (k,): as kept, or worked out again from vectors."""
    keys = keys_of(ground, rows, columns)
    found = np.full(len(keys), np.nan, dtype=np.float32)
    if len(ground.keys):
        places = np.minimum(np.searchsorted(ground.keys, keys), len(ground.keys) - 1)
        is_kept = ground.keys[places] == keys
        found[is_kept] = ground.survey.pairs.score[places[is_kept]]
    far = np.flatnonzero(np.isnan(found))
    if len(far):
        found[far] = _worked_out(ground, keys[far])
    return found


def _worked_out(ground: Ground, keys: Indices) -> Scores:
    row, column = np.divmod(keys, len(ground.inputs.duties))
    rows, at_row = np.unique(row, return_inverse=True)
    columns, at_column = np.unique(column, return_inverse=True)
    left, right = ground.source.capabilities(rows), ground.source.duties(columns)
    return exact_scores(left, right, at_row, at_column)


def score_of(ground: Ground, row: int, column: int) -> float:
    """Return the machine's score of one pair."""
    return float(scores_of(ground, [row], [column])[0])


def score_percent(score: float) -> float:
    """Return a score as a percentage with one decimal, cut and not rounded.

    A score of 54.96 % misses a threshold of 55, so it must not be printed as 55.0 %.
    """
    millionths = float(score_millionths(np.float32(score).reshape(1))[0])
    return millionths // MILLIONTHS_PER_TENTH / 10


def match_at(reading: Reading, row: int, column: int, score: float | None = None) -> Match:
    """Return one capability against one duty; ``score`` where the caller has it already."""
    ground = reading.ground
    duty = ground.inputs.duties[column]
    standard = ground.inputs.standards[duty.standard]
    value = score_of(ground, row, column) if score is None else score
    judgement = reading.judgements.get((row, column))
    is_suggested = bool(reached(np.array([value]), reading.threshold_percent)[0])
    return Match(
        duty_id=duty.duty_id,
        duty_text=duty.text,
        is_core=duty.is_core,
        is_skill=duty.is_skill,
        is_generic=bool(ground.kept.is_generic[column]),
        framework_name=ground.inputs.frameworks[standard.framework].name,
        standard_id=standard.standard_id,
        standard_reference=standard.reference,
        standard_title=standard.title,
        standard_level=standard.level,
        score_percent=score_percent(value),
        chance=_chance(ground, value),
        is_suggested=is_suggested,
        is_match=counts_as_match(judgement, is_suggested=is_suggested),
        judgement=judgement,
    )


def counts_as_match(judgement: Judgement | None, *, is_suggested: bool) -> bool:
    """Say whether a pair is a match: what people agree on outranks what the score says."""
    if judgement is None or judgement.verdict is None:
        return is_suggested
    return judgement.verdict == MatchVerdict.ACCEPTED


def _chance(ground: Ground, score: float) -> float | None:
    return None if ground.chance is None else float(ground.chance.chance(score))


def best_matches(reading: Reading) -> list[Match | None]:
    """Return the best match of each capability: an accepted one first, then the higher score."""
    duties, scores = reading.matches.best()
    for row in np.flatnonzero((duties >= 0) & np.isnan(scores)):
        duties[row], scores[row] = _best_accepted(reading, int(row))
    return [
        match_at(reading, row, int(duty), float(scores[row])) if duty >= 0 else None
        for row, duty in enumerate(duties)
    ]


def _best_accepted(reading: Reading, row: int) -> tuple[int, float]:
    """Return the best of what people accepted where the run kept the score of none of it."""
    columns = reading.accepted[reading.accepted[:, 0] == row, 1]
    scores = scores_of(reading.ground, [row] * len(columns), columns)
    first = int(np.argmax(scores))
    return int(columns[first]), float(scores[first])


def leading_matches(reading: Reading, row: int, most: int) -> tuple[Match, ...]:
    """Return a capability's ``most`` highest scores and every judged match, highest first.

    Ties stand in the order of the frameworks. Rejected matches stay in their place, so that the
    suggestion and the decision are seen side by side. At least ten are kept of each capability.
    """
    pairs = reading.ground.survey.pairs
    start, end = np.searchsorted(pairs.row, [row, row + 1])
    order = np.argsort(-pairs.score[start:end], kind="stable")[:most] + start
    judged = [column for judged_row, column in reading.judgements if judged_row == row]
    columns = sorted({*map(int, pairs.duty[order]), *judged})
    scores = scores_of(reading.ground, [row] * len(columns), columns)
    ranked = sorted(zip(columns, map(float, scores), strict=True), key=lambda each: -each[1])
    return tuple(match_at(reading, row, column, score) for column, score in ranked)


@dataclass(frozen=True, eq=False)
class Grid:
    """Some capabilities against some duties, all of them: arrays of (r, k).

    Best is what counts as a match, then what was not rejected, then the higher score.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    scores: Scores
    is_match: Flags
    is_rejected: Flags

    def best_of_row(self, row: int) -> tuple[int, int]:
        """Return the place of the pair in this row that speaks most for a match."""
        return row, self._first(self.scores[row], self.is_match[row], self.is_rejected[row])

    def best_of_column(self, column: int) -> tuple[int, int]:
        """Return the place of the pair in this column that speaks most for a match."""
        kinds = (self.scores[:, column], self.is_match[:, column], self.is_rejected[:, column])
        return self._first(*kinds), column

    @staticmethod
    def _first(scores: Scores, is_match: Flags, is_rejected: Flags) -> int:
        order = np.lexsort((np.arange(len(scores)), -scores, is_rejected, ~is_match))
        return int(order[0])


def grid_of(reading: Reading, rows: Sequence[int], columns: Sequence[int]) -> Grid:
    """Return some capabilities against some duties, with at least one of each."""
    left, right = np.repeat(rows, len(columns)), np.tile(columns, len(rows))
    keys = keys_of(reading.ground, left, right)
    rejected = keys_of(reading.ground, reading.rejected[:, 0], reading.rejected[:, 1])
    shape = (len(rows), len(columns))
    return Grid(
        rows=tuple(rows),
        columns=tuple(columns),
        scores=scores_of(reading.ground, left, right).reshape(shape),
        is_match=np.isin(keys, reading.match_keys).reshape(shape),
        is_rejected=np.isin(keys, rejected).reshape(shape),
    )


def match_in(reading: Reading, grid: Grid, place: tuple[int, int]) -> Match:
    """Return the match at a place of a grid."""
    row, column = place
    return match_at(reading, grid.rows[row], grid.columns[column], float(grid.scores[place]))
