"""Runs the demonstration's long work here and now, through the same jobs as the worker."""

from cycles.core import clock
from cycles.core.extensions import db
from cycles.core.jobs.commands import run_one
from cycles.core.jobs.models import Job, JobState
from cycles.demonstration.preparing import Stagehand


def perform(job: Job, hand: Stagehand) -> None:
    """Run ``job`` to its end; raise ``RuntimeError`` with its own words when it fails."""
    job_id = job.id
    db.session.commit()
    with clock.stopped_at(hand.moment):
        state = run_one(job_id)
    if state != JobState.DONE:
        finished = db.session.get(Job, job_id)
        raise RuntimeError(finished.problem if finished else "the job is gone")
