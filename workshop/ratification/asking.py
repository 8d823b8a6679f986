"""Asking for prototype profiles: the job that generates them."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from cycles.core import clock
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun, ask_for, handles
from cycles.core.jobs.models import Job, JobState
from cycles.setup.models import Cycle
from workshop.ratification.generation import generate_profiles
from workshop.rooms.stage import require_carrying_out

KIND = "profiles.generate"
ASKED = EventType("profiles.asked_for")


def ask_for_profiles(*, cycle: Cycle, actor: Actor, moment: datetime) -> Job:
    """Queue a generation of prototype profiles, or return the one under way."""
    require_carrying_out(cycle.id)
    under_way = db.session.scalar(
        select(Job)
        .where(
            Job.cycle_id == cycle.id,
            Job.kind == KIND,
            Job.state.in_((JobState.QUEUED, JobState.RUNNING)),
        )
        .order_by(Job.asked_at, Job.id)
        .limit(1)
    )
    if under_way is not None:
        return under_way
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
