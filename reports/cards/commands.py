"""Asking the worker for cards as PDF. What is unchanged is not drawn twice.

Whoever asks holds the cycle alone: of two at the same moment the second finds the first one's job.
"""

import uuid
from datetime import datetime

from cycles.core.audit import Actor, EventType
from cycles.core.jobs.commands import ask_for
from cycles.core.jobs.models import Job, JobState
from cycles.profiles.models import Profile
from cycles.setup.holding import hold_cycle
from reports.cards.assembling import card_of, cards_of
from reports.cards.queries import JOB_KIND, job_for, key_of

ASKED = EventType("cards.asked_for", "code")
EVERY = "every profile"


def ask_for_card(*, profile: Profile, actor: Actor, moment: datetime) -> Job:
    """Have the card of one profile drawn, unless its PDF stands there or is on its way."""
    hold_cycle(profile.cycle_id, alone=True)
    key = key_of([card_of(profile)])
    return _ask(profile.cycle_id, key, profile, actor, moment)


def ask_for_all(*, cycle_id: uuid.UUID, actor: Actor, moment: datetime) -> Job:
    """Have the cards of every profile not withdrawn drawn as one PDF, unless it is there."""
    hold_cycle(cycle_id, alone=True)
    return _ask(cycle_id, key_of(cards_of(cycle_id)), None, actor, moment)


def _ask(
    cycle_id: uuid.UUID, key: str, profile: Profile | None, actor: Actor, moment: datetime
) -> Job:
    found = job_for(cycle_id, key)
    if found is not None and found.state != JobState.FAILED:
        return found
    ASKED.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle_id,
        subject_id=profile.id if profile else cycle_id,
        code=profile.code if profile else EVERY,
    )
    return ask_for(
        kind=JOB_KIND,
        actor=actor,
        moment=moment,
        cycle_id=cycle_id,
        profile_id=str(profile.id) if profile else "",
        key=key,
    )
