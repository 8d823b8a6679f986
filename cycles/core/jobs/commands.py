"""Asking for a job, running it, and reporting its progress."""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update

from cycles.core import clock
from cycles.core.audit import Actor, EventType
from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.core.jobs.models import Job, JobState

log = logging.getLogger(__name__)

JOB_CANCELLED = EventType("job.cancelled", "kind")
LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 3


@dataclass(frozen=True)
class JobRun:
    """What a handler is given: the job's facts and the means to report progress.

    ``progress`` is called between transactions, never inside one: SQLite has one writer, and a
    report from inside would wait for itself. So a handler reads what it needs, ends that
    transaction, computes while it reports, and writes its result in one transaction at the end.
    """

    job_id: uuid.UUID
    cycle_id: uuid.UUID | None
    asked_by_id: uuid.UUID | None
    facts: dict[str, Any]

    def progress(self, done: int, total: int, message: str) -> None:
        """Show how far the work is, extend the lease, and stop if the job was cancelled."""
        if db.session().in_transaction():
            raise RuntimeError("progress is reported between transactions, never inside one")
        now = clock.now()
        cancelled = db.session.scalar(
            update(Job)
            .where(Job.id == self.job_id)
            .values(done=done, total=total, message=message, leased_until=now + LEASE)
            .returning(Job.state)
        )
        db.session.commit()
        if cancelled == JobState.CANCELLED:
            raise Cancelled("The job was cancelled.")


class Cancelled(DomainError):
    """Somebody cancelled the job while it ran."""


Handler = Callable[[JobRun], dict[str, Any]]
handlers: dict[str, Handler] = {}
Watch = Callable[[datetime], None]
_watches: list[Watch] = []


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that runs jobs of ``kind``; it returns the job's finding."""

    def register(handler: Handler) -> Handler:
        handlers[kind] = handler
        return handler

    return register


def watches(watch: Watch) -> Watch:
    """Register what looks, whenever a worker does, for work whose time has come.

    It asks for jobs, of which the worker then runs what is due.
    """
    _watches.append(watch)
    return watch


def ask_for(
    *,
    kind: str,
    actor: Actor,
    moment: datetime,
    cycle_id: uuid.UUID | None = None,
    **facts: Any,
) -> Job:
    """Queue a job in the current transaction; the worker finds it once that commits."""
    job = Job(
        kind=kind,
        cycle_id=cycle_id,
        asked_by_id=actor.account_id,
        facts=facts,
        asked_at=moment,
        message="Waiting for the worker",
    )
    db.session.add(job)
    db.session.flush()
    return job


def under_way(*, kind: str, cycle_id: uuid.UUID) -> Job | None:
    """Return the cycle's oldest job of this kind that is queued or running, or None."""
    return db.session.scalar(
        select(Job)
        .where(
            Job.cycle_id == cycle_id,
            Job.kind == kind,
            Job.state.in_((JobState.QUEUED, JobState.RUNNING)),
        )
        .order_by(Job.asked_at, Job.id)
        .limit(1)
    )


def cancel(*, job: Job, actor: Actor, moment: datetime) -> None:
    """Cancel a job that is not over; a running handler stops at its next report."""
    # Locked first: the worker may be finishing it at this very moment.
    db.session.refresh(job, with_for_update=True)
    if job.is_over:
        return
    job.state = JobState.CANCELLED
    job.finished_at = moment
    JOB_CANCELLED.record(
        actor=actor, moment=moment, cycle_id=job.cycle_id, subject_id=job.id, kind=job.kind
    )


def _is_due(now: datetime) -> ColumnElement[bool]:
    return or_(
        Job.state == JobState.QUEUED,
        (Job.state == JobState.RUNNING) & (Job.leased_until < now),
    )


def due() -> list[uuid.UUID]:
    """Return the ids of jobs to run: queued ones, and running ones whose lease ran out."""
    now = clock.now()
    ids = db.session.scalars(
        select(Job.id).where(_is_due(now)).order_by(Job.asked_at, Job.id)
    ).all()
    db.session.rollback()
    return list(ids)


def _claim(job_id: uuid.UUID) -> JobRun | None:
    """Take the job for this worker, or return None when another has it or its tries are spent."""
    now = clock.now()
    job = db.session.scalar(
        update(Job)
        .where(Job.id == job_id, _is_due(now))
        .values(
            state=JobState.RUNNING,
            attempts=Job.attempts + 1,
            leased_until=now + LEASE,
            started_at=now,
        )
        .returning(Job)
    )
    if job is None:
        db.session.rollback()
        return None
    run = JobRun(job.id, job.cycle_id, job.asked_by_id, dict(job.facts))
    is_spent = job.attempts > MOST_ATTEMPTS
    db.session.commit()
    if is_spent:
        _finish(run, JobState.FAILED, problem="The worker stopped three times during this job.")
        return None
    return run


def run_one(job_id: uuid.UUID) -> JobState | None:
    """Run one job to its end; return the state it ended in, or None if it was not ours to run."""
    run = _claim(job_id)
    if run is None:
        return None
    kind = db.session.scalar(select(Job.kind).where(Job.id == job_id)) or ""
    db.session.rollback()
    try:
        finding = handlers[kind](run)
        db.session.commit()
    except Cancelled:
        db.session.rollback()
        return JobState.CANCELLED
    except DomainError as refusal:
        return _finish(run, JobState.FAILED, problem=str(refusal))
    except Exception:
        log.exception("job %s (%s) failed", job_id, kind)
        return _finish(
            run,
            JobState.FAILED,
            problem="Something went wrong on our side. Try again; if it fails again, "
            f"tell the administrator the number {job_id}.",
        )
    return _finish(run, JobState.DONE, finding=finding)


def _finish(
    run: JobRun, state: JobState, *, finding: dict[str, Any] | None = None, problem: str = ""
) -> JobState:
    db.session.rollback()
    values: dict[str, Any] = {
        "state": state,
        "problem": problem,
        "finding": finding or {},
        "finished_at": clock.now(),
        "leased_until": None,
    }
    if state == JobState.DONE:
        values["done"] = Job.total
        values["message"] = "Done"
    db.session.execute(
        update(Job).where(Job.id == run.job_id, Job.state == JobState.RUNNING).values(**values)
    )
    db.session.commit()
    return state


def run_due() -> int:
    """Run everything that is due, in order; return how many jobs were run."""
    for watch in _watches:
        _look(watch)
    return sum(run_one(job_id) is not None for job_id in due())


def _look(watch: Watch) -> None:
    """Let a watch ask for jobs; one that fails keeps no job from running."""
    try:
        watch(clock.now())
        db.session.commit()
    except Exception:
        db.session.rollback()
        log.exception("%s failed", watch.__name__)
