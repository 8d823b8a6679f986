"""The worked example: the profile with the best fit against its best standard, both ways."""

import uuid
from collections.abc import Sequence

import numpy as np

from reports.document.assembling.compared import Compared
from reports.document.assembling.standings import standing_facts
from reports.document.facts import PairedMatch, Worked
from reports.mapping.findings import Match, ProfileFinding
from reports.mapping.reading import Grid, Reading, grid_of, match_in, read


def worked_example(held: Compared) -> Worked | None:
    """Return the example, or None where no profile could be compared with any standard."""
    found = held.findings
    comparable = [each for each in found.profiles if each.best is not None]
    if not comparable:
        return None
    profile = max(comparable, key=_interest)
    standing = profile.standings[0]
    reading = read(held.ground, held.verdicts, found.threshold_percent)
    inputs = reading.ground.inputs
    place = inputs.place_of[standing.standard_id]
    columns = [int(each) for each in np.flatnonzero(inputs.standard_of_duty == place)]
    grid = grid_of(reading, _rows(held.members[profile.code], reading), columns)
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


def _rows(members: Sequence[uuid.UUID], reading: Reading) -> list[int]:
    places = reading.ground.inputs.row_of
    return [places[member] for member in members if member in places]


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
