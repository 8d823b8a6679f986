"""The scores of a run read at one threshold, under the human verdicts.

Here single matches are looked up; counting over profiles and standards lives in ``assembling``.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.matching import matched, score_millionths
from reports.mapping.findings import Judgement, Match
from reports.mapping.ground import Ground
from reports.mapping.models import MatchVerdict

Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]
Verdicts = Mapping[tuple[uuid.UUID, uuid.UUID], Judgement]

MILLIONTHS_PER_TENTH = 1_000


@dataclass(frozen=True, eq=False)
class Reading:
    """The matches of a run at a threshold.

    ``suggested`` and ``matches`` are bool (c, m): by the scores alone, and with the verdicts.
    ``accepted`` and ``rejected`` are int64 (k, 2). ``judgements`` is by row and column.
    """

    ground: Ground
    threshold_percent: float
    suggested: Flags
    matches: Flags
    accepted: Indices
    rejected: Indices
    judgements: Mapping[tuple[int, int], Judgement]


def read(ground: Ground, verdicts: Verdicts, threshold_percent: float) -> Reading:
    """Read the scores at a threshold. Verdicts on what the run did not compare are left out."""
    inputs = ground.inputs
    placed = {
        (inputs.row_of[statement], inputs.column_of[duty]): judgement
        for (statement, duty), judgement in verdicts.items()
        if statement in inputs.row_of and duty in inputs.column_of
    }
    accepted = _pairs(placed, MatchVerdict.ACCEPTED)
    rejected = _pairs(placed, MatchVerdict.REJECTED)
    return Reading(
        ground=ground,
        threshold_percent=threshold_percent,
        suggested=matched(ground.scores, threshold_percent),
        matches=matched(ground.scores, threshold_percent, accepted, rejected),
        accepted=accepted,
        rejected=rejected,
        judgements=placed,
    )


def _pairs(placed: Mapping[tuple[int, int], Judgement], verdict: MatchVerdict) -> Indices:
    pairs = sorted(pair for pair, judgement in placed.items() if judgement.verdict == verdict)
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def score_percent(score: float) -> float:
    """Return a score as a percentage with one decimal, cut and not rounded.

    A score of 54.96 % misses a threshold of 55, so it must not be printed as 55.0 %.
    """
    millionths = float(score_millionths(np.float32(score).reshape(1))[0])
    return millionths // MILLIONTHS_PER_TENTH / 10


def match_at(reading: Reading, row: int, column: int) -> Match:
    """Return one capability against one duty."""
    inputs = reading.ground.inputs
    duty = inputs.duties[column]
    standard = inputs.standards[duty.standard]
    return Match(
        duty_id=duty.duty_id,
        duty_text=duty.text,
        is_core=duty.is_core,
        standard_id=standard.standard_id,
        standard_reference=standard.reference,
        standard_title=standard.title,
        standard_level=standard.level,
        score_percent=score_percent(float(reading.ground.scores[row, column])),
        is_suggested=bool(reading.suggested[row, column]),
        is_match=bool(reading.matches[row, column]),
        judgement=reading.judgements.get((row, column)),
    )


def leading_matches(reading: Reading, row: int, most: int) -> tuple[Match, ...]:
    """Return a capability's ``most`` highest scores and every judged match, highest first.

    Ties stand in the order of the framework. Rejected matches stay in their place, so that the
    suggestion and the decision are seen side by side.
    """
    scores = reading.ground.scores[row]
    order = np.argsort(-scores, kind="stable")[:most]
    judged = [column for judged_row, column in reading.judgements if judged_row == row]
    chosen = sorted({*map(int, order), *judged}, key=lambda column: (-scores[column], column))
    return tuple(match_at(reading, row, column) for column in chosen)


def best_among(reading: Reading, rows: Iterable[int], columns: Iterable[int]) -> tuple[int, int]:
    """Return the pair that speaks most for a match: what counts as one first, then the score.

    Rejected pairs come last. There must be at least one row and one column.
    """
    return max(
        ((row, column) for row in rows for column in columns),
        key=lambda pair: _standing(reading, pair),
    )


def _standing(reading: Reading, pair: tuple[int, int]) -> tuple[bool, bool, float, int, int]:
    judgement = reading.judgements.get(pair)
    is_rejected = judgement is not None and judgement.verdict == MatchVerdict.REJECTED
    score = float(reading.ground.scores[pair])
    return (bool(reading.matches[pair]), not is_rejected, score, -pair[0], -pair[1])
