"""How far a job has come, as its page shows it: words and numbers, no HTML."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from cycles.core.jobs.models import Job, JobState
from cycles.core.jobs.outcomes import outcome_of

# Before this an estimate jumps about more than it tells.
SETTLED_AFTER = timedelta(seconds=3)
# From so many minutes on, hours are told.
LONG = 120
PATIENCE = timedelta(seconds=45)
NO_WORKER = (
    "Waiting for the worker for a while now. If nothing moves, ask the administrator whether "
    "the worker is running."
)
LABELS = {
    JobState.QUEUED: "Waiting",
    JobState.RUNNING: "Running",
    JobState.DONE: "Done",
    JobState.FAILED: "Did not finish",
    JobState.CANCELLED: "Cancelled",
}
TAGS = {
    JobState.QUEUED: "quiet",
    JobState.RUNNING: "current",
    JobState.DONE: "done",
    JobState.FAILED: "error",
    JobState.CANCELLED: "quiet",
}


@dataclass(frozen=True)
class JobPage:
    """The page of one job, and its fragment. ``total`` is None while the end is not known."""

    job_id: uuid.UUID
    cycle_id: uuid.UUID | None
    title: str
    state: str
    tag: str
    message: str
    done: int | None
    total: int | None
    text: str
    problem: str
    is_over: bool
    is_done: bool
    seen: str
    result_href: str | None
    result_label: str
    announcement: str


def job_page(job: Job, moment: datetime) -> JobPage:
    """Return the job as its page shows it at ``moment``."""
    outcome = outcome_of(job)
    is_done = job.state == JobState.DONE
    has_total = job.total > 0 and job.state != JobState.QUEUED
    label = LABELS[job.state]
    return JobPage(
        job_id=job.id,
        cycle_id=job.cycle_id,
        title=outcome.title,
        state=label,
        tag=TAGS[job.state],
        message=_message(job, moment),
        done=min(job.done, job.total) if has_total else None,
        total=job.total if has_total else None,
        text=_text(job, moment) if has_total else "",
        problem=job.problem,
        is_over=job.is_over,
        is_done=is_done,
        seen=seen_mark(job, moment),
        result_href=outcome.place(job) if is_done else None,
        result_label=outcome.link_label,
        announcement=f"{outcome.title}: {label.lower()}." if job.is_over else "",
    )


def seen_mark(job: Job, moment: datetime) -> str:
    """Return a mark that changes when the page would read otherwise."""
    told = f"{job.state} {job.done} {job.total} {_message(job, moment)}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _message(job: Job, moment: datetime) -> str:
    if job.state == JobState.QUEUED and moment - job.asked_at > PATIENCE:
        return NO_WORKER
    return job.message


def _text(job: Job, moment: datetime) -> str:
    percent = f"{100 * min(job.done, job.total) // job.total} %"
    left = time_left(job, moment)
    return f"{percent} · {left}" if left else percent


def time_left(job: Job, moment: datetime) -> str:
    """Return the time left in words, or nothing while it cannot be told."""
    if job.state != JobState.RUNNING or job.started_at is None or not 0 < job.done < job.total:
        return ""
    spent = moment - job.started_at
    if spent < SETTLED_AFTER:
        return ""
    seconds = spent.total_seconds() * (job.total - job.done) / job.done
    if seconds < 55:
        return f"about {max(5, 5 * round(seconds / 5))} seconds left"
    minutes = max(1, round(seconds / 60))
    if minutes >= LONG:
        return f"about {round(minutes / 60)} hours left"
    return f"about {minutes} minute{'' if minutes == 1 else 's'} left"
