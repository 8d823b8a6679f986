"""Asking for prototype profiles: the job that generates them."""

from datetime import datetime
from typing import Any

from cycles.core import clock
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Missing
from cycles.core.jobs.commands import JobRun, ask_for, handles, under_way
from cycles.core.jobs.models import Job
from cycles.setup.models import Cycle
from workshop.ratification.generation import generate_profiles
from workshop.rooms.stage import require_carrying_out

KIND = "profiles.generate"
ASKED = EventType("profiles.asked_for")


def ask_for_profiles(*, cycle: Cycle, actor: Actor, moment: datetime) -> Job:
    """Queue a generation of prototype profiles, or return the one under way."""
    require_carrying_out(cycle.id)
    held = under_way(kind=KIND, cycle_id=cycle.id)
    if held is not None:
        return held
    ASKED.record(actor=actor, moment=moment, cycle_id=cycle.id)
    return ask_for(kind=KIND, actor=actor, moment=moment, cycle_id=cycle.id, by=actor.name)


@handles(KIND)
def run_generation(run: JobRun) -> dict[str, Any]:
    """Generate the profiles of the job's cycle; find how many were proposed and kept."""
    if run.cycle_id is None:
        raise Missing("Profiles are generated for a cycle.")
    actor = Actor(run.asked_by_id, run.facts["by"])
    found = generate_profiles(cycle_id=run.cycle_id, actor=actor, moment=clock.now(), run=run)
    return dict(found.__dict__)
