"""A verdict as it is posted: from the queue and from a capability's own page alike."""

import uuid
from collections.abc import Mapping

from flask import abort

from cycles.core import clock
from cycles.core.access import current_actor, current_place
from reports.mapping.models import MatchVerdict
from reports.reviewing.commands import review_match, withdraw_review

WITHDRAW = "none"
"""What a form sends instead of a verdict to take the reader's own back."""


def obey(
    cycle_id: uuid.UUID, statement_id: uuid.UUID, duty_id: uuid.UUID, form: Mapping[str, str]
) -> None:
    """Do what the form asks of this match; 400 for a word that is no verdict."""
    asked = form.get("verdict", "")
    pair = {"cycle_id": cycle_id, "statement_id": statement_id, "duty_id": duty_id}
    participant_id, actor, moment = current_place().participant_id, current_actor(), clock.now()
    if asked == WITHDRAW:
        withdraw_review(**pair, participant_id=participant_id, actor=actor, moment=moment)
        return
    if asked not in tuple(MatchVerdict):
        abort(400)
    review_match(
        **pair,
        verdict=MatchVerdict(asked),
        participant_id=participant_id,
        reason=form.get("reason", "").strip(),
        actor=actor,
        moment=moment,
    )
