"""The worked example: the profile with the best fit against its best standard, both ways."""

import uuid

import numpy as np

from cycles.core.extensions import db
from reports.document.assembling.standings import standing_facts
from reports.document.facts import PairedMatch, Worked
from reports.mapping.findings import Findings, Match, ProfileFinding
from reports.mapping.models import MappingRun
from reports.mapping.queries import ground_of, live_profiles
from reports.mapping.reading import Grid, Reading, grid_of, match_in, read
from reports.mapping.verdicts import verdicts_of


def worked_example(cycle_id: uuid.UUID, found: Findings) -> Worked | None:
    """Return the example, or None where no profile could be compared with any standard."""
    comparable = [each for each in found.profiles if each.best is not None]
    if not comparable:
        return None
    profile = max(comparable, key=_interest)
    standing = profile.standings[0]
    run = db.session.get_one(MappingRun, found.run.run_id)
    reading = read(ground_of(run), verdicts_of(cycle_id), found.threshold_percent)
    inputs = reading.ground.inputs
    place = inputs.place_of[standing.standard_id]
    columns = [int(each) for each in np.flatnonzero(inputs.standard_of_duty == place)]
    grid = grid_of(reading, _rows(cycle_id, profile, reading), columns)
    return Worked(
        code=profile.code,
        name=profile.name,
        standing=standing_facts(standing, has_several=len(found.run.frameworks) > 1),
        member_count=profile.member_count,
        unmatched_count=profile.member_count - standing.fit_count,
        matched_duty_count=standing.duty_count - standing.surplus_count,
        pairs=tuple(_pair(reading, grid, at) for at in range(len(grid.rows))),
        surplus_duties=tuple(
            inputs.duties[columns[at]].text for at in np.flatnonzero(~grid.is_match.any(axis=0))
        ),
    )


def _interest(profile: ProfileFinding) -> tuple[float, int, str]:
    return (profile.best_fit_percent or 0.0, profile.member_count, profile.code)


def _rows(cycle_id: uuid.UUID, profile: ProfileFinding, reading: Reading) -> list[int]:
    own = next(each for each in live_profiles(cycle_id) if each.code == profile.code)
    places = reading.ground.inputs.row_of
    return [places[member] for member in own.member_ids if member in places]


def _pair(reading: Reading, grid: Grid, at: int) -> PairedMatch:
    match = match_in(reading, grid, grid.best_of_row(at))
    capability = reading.ground.inputs.capabilities[grid.rows[at]]
    return PairedMatch(
        code=capability.code,
        text=capability.text,
        duty=match.duty_text,
        score_percent=match.score_percent,
        is_match=match.is_match,
        judged=_judged(match),
    )


def _judged(match: Match) -> str:
    if match.judgement is None:
        return ""
    return match.judgement.word if match.judgement.verdict else "verdict not settled"
