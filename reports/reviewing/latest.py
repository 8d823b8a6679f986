"""A reader's own verdicts: all of them, the latest, and what would be said without it. Pure."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from reports.mapping.ground import Inputs
from reports.mapping.models import MatchVerdict
from reports.mapping.verdicts import Pair, Said, Sayings


def own_of(sayings: Sayings, participant_id: uuid.UUID) -> dict[Pair, Said]:
    """Return what this person said, by statement and duty."""
    return {
        pair: each
        for pair, said in sayings.items()
        for each in said
        if each.participant_id == participant_id
    }


def latest_of(own: Mapping[Pair, Said], inputs: Inputs) -> Said | None:
    """Return the verdict given last on what the run compared: the one that undo takes back."""
    compared = (
        each
        for (statement_id, duty_id), each in own.items()
        if statement_id in inputs.row_of and duty_id in inputs.column_of
    )
    return max(compared, key=lambda each: (each.at, each.pair), default=None)


def without(sayings: Sayings, said: Said) -> dict[Pair, tuple[Said, ...]]:
    """Return what would be said if this verdict were taken back."""
    earlier = _earlier(said)
    rest = [each for each in sayings[said.pair] if each is not said]
    left = sorted([*rest, *([earlier] if earlier else [])], key=lambda each: each.at)
    return {pair: tuple(each) for pair, each in {**sayings, said.pair: left}.items() if each}


def _earlier(said: Said) -> Said | None:
    before = said.replaced
    if before is None:
        return None
    return replace(
        said,
        verdict=MatchVerdict(before["verdict"]),
        reason=before["reason"],
        score=before["score"],
        is_suggested=before["is_suggested"],
        at=datetime.fromisoformat(before["reviewed_at"]),
        replaced=before["replaced"],
    )
