"""What the package's tables are made from: some results, and the run of map and gap behind them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from consensus.matching import FitSurplus, score_millionths
from consensus.matching.matches import MILLIONTHS
from cycles.core.errors import Missing
from reports.document.facts import Profile
from reports.mapping.ground import Flags, Ground, Scores
from reports.mapping.ranking import two_way_scores
from reports.mapping.reading import Reading, keys_of, score_of
from reports.mapping.reusing import members_of
from reports.mapping.window import window_of
from reports.results.provision import reading_at
from reports.results.records import ReviewedMatch
from reports.results.results import Results

USUAL_THRESHOLD = 50
AT_ONCE = 20_000


@dataclass(frozen=True)
class ScoredPair:
    """A capability by its code and a duty by its number. ``is_kept``: the run kept its score."""

    capability: str
    duty: int
    score: float | None
    chance: float | None
    is_kept: bool


@dataclass(frozen=True)
class Coverage:
    """How well a profile and a standard cover each other."""

    profile: str
    standard: str
    two_way: float


@dataclass(frozen=True, eq=False)
class Paired:
    """Profiles with the capabilities that the run compared, bool (f, c), and their counts."""

    profiles: tuple[Profile, ...]
    members: Flags
    counts: FitSurplus


@dataclass(frozen=True, eq=False)
class Contents:
    """Some results as the tables read them. ``is_open``: what people wrote was taken out before."""

    results: Results
    is_open: bool = False

    @cached_property
    def threshold(self) -> int:
        """Return the threshold of these results themselves, in per cent."""
        provision = self.results.document.provision
        return provision.threshold_percent if provision else USUAL_THRESHOLD

    @cached_property
    def reading(self) -> Reading | None:
        """Return the matches at that threshold, or None before the first run."""
        return reading_at(self.results, self.threshold)

    @property
    def ground(self) -> Ground | None:
        """Return what the run compared and kept, or None before the first run."""
        return self.reading.ground if self.reading else None

    @cached_property
    def code_of(self) -> dict[object, str]:
        """Return the code of each kept capability by its id."""
        return {each.statement_id: each.code for each in self.results.detail.capabilities}

    @cached_property
    def reviews(self) -> tuple[ReviewedMatch, ...]:
        """Return what reviewers said of pairs that the run compared."""
        if self.ground is None:
            return ()
        rows, columns = self.ground.inputs.row_of, self.ground.inputs.column_of
        found = self.results.detail.reviews
        return tuple(
            each for each in found if each.statement_id in rows and each.duty_id in columns
        )

    @property
    def pair_count(self) -> int:
        """Return how many pairs there are, without going through them."""
        if self.reading is None:
            return 0
        judged = self.reading.judgements
        rows, columns = [row for row, _ in judged], [column for _, column in judged]
        keys = keys_of(self.reading.ground, rows, columns)
        beside = ~np.isin(keys, self.reading.ground.keys)
        return len(self.reading.ground.keys) + int(beside.sum())

    def pairs(self) -> Iterator[ScoredPair]:
        """Yield the pairs that the run kept, then those judged beside them."""
        reading = self.reading
        if reading is None:
            return
        pairs = reading.ground.survey.pairs
        codes = [each.code for each in reading.ground.inputs.capabilities]
        for start in range(0, len(pairs.row), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            scores = (score_millionths(pairs.score[part]) / MILLIONTHS).tolist()
            chances = _chances(reading.ground, pairs.score[part])
            places = zip(pairs.row[part].tolist(), pairs.duty[part].tolist(), strict=True)
            for (row, duty), score, chance in zip(places, scores, chances, strict=True):
                yield ScoredPair(codes[row], duty + 1, score, chance, is_kept=True)
        yield from _beside(reading)

    @cached_property
    def paired(self) -> Paired | None:
        """Return which profiles are compared with which standards, or None before the first run."""
        if self.reading is None:
            return None
        facts = self.results.profile_facts
        profiles = tuple(
            each for each in self.results.document.occupations.profiles if each.code in facts
        )
        inputs = self.reading.ground.inputs
        members = members_of(inputs, [facts[each.code].statement_ids for each in profiles])
        window = window_of([each.academic_level for each in profiles], inputs.levels)
        counts = self.reading.matches.fit_surplus(members, window)
        return Paired(profiles, members, counts)

    @property
    def coverage_count(self) -> int:
        """Return how many profiles and standards are compared, without scoring them."""
        return int(self.paired.counts.is_defined.sum()) if self.paired else 0

    def coverage(self) -> Iterator[Coverage]:
        """Yield the two-way scores of the profiles with the standards they are compared with."""
        if self.reading is None or self.paired is None:
            return
        profiles, counts = self.paired.profiles, self.paired.counts
        # Only what stands level is scored for a page. Whoever has the package may ask at any
        # threshold, so here everything stands level.
        level = np.zeros_like(counts.fit_count)
        every = replace(counts, fit_count=level, surplus_count=level)
        scores = two_way_scores(self.reading, self.paired.members, every)
        standards = self.reading.ground.inputs.standards
        for row, column in np.argwhere(counts.is_defined).tolist():
            standard = str(standards[column].standard_id)
            yield Coverage(profiles[row].code, standard, float(scores[row, column]))


def _chances(ground: Ground, scores: Scores) -> list[float | None]:
    if ground.chance is None:
        return [None] * len(scores)
    return [round(float(each), 6) for each in ground.chance.chance(scores)]


def _beside(reading: Reading) -> Iterator[ScoredPair]:
    """Yield the pairs that people judged although their scores were too low to be kept."""
    ground = reading.ground
    places = sorted(reading.judgements)
    keys = keys_of(ground, [row for row, _ in places], [column for _, column in places])
    for (row, column), is_kept in zip(places, np.isin(keys, ground.keys).tolist(), strict=True):
        if not is_kept:
            yield _scored(ground, row, column)


def _scored(ground: Ground, row: int, column: int) -> ScoredPair:
    code = ground.inputs.capabilities[row].code
    try:
        value = np.array([score_of(ground, row, column)], dtype=np.float32)
    except Missing:  # the vectors are no longer held: the verdict stands without a score
        return ScoredPair(code, column + 1, None, None, is_kept=False)
    score = float(score_millionths(value)[0]) / MILLIONTHS
    return ScoredPair(code, column + 1, score, _chances(ground, value)[0], is_kept=False)
