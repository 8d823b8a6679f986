"""Which PDF of cards there is: the job that drew it, and whether it still says what holds."""

import hashlib
import uuid
from collections.abc import Sequence

from sqlalchemy import select

from cycles.core.extensions import db
from cycles.core.jobs.files import has_file, own_file
from cycles.core.jobs.models import Job, JobState
from reports.cards.facts import CardFacts

JOB_KIND = "cards.draw"
# Of a cycle's jobs no more than these are looked through; an older PDF is drawn again.
RECENT = 200


def key_of(cards: Sequence[CardFacts]) -> str:
    """Return what stands for everything that these cards say, in their order."""
    return hashlib.sha256(" ".join(card.digest for card in cards).encode()).hexdigest()


def job_for(cycle_id: uuid.UUID, key: str) -> Job | None:
    """Return the newest job that draws or drew what ``key`` stands for; None without one.

    A finished job whose PDF is no longer kept does not count.
    """
    jobs = db.session.scalars(
        select(Job)
        .where(Job.cycle_id == cycle_id, Job.kind == JOB_KIND, Job.state != JobState.CANCELLED)
        .order_by(Job.asked_at.desc(), Job.id.desc())
        .limit(RECENT)
    )
    same = (job for job in jobs if _key(job) == key)
    return next((job for job in same if job.state != JobState.DONE or is_ready(job)), None)


def _key(job: Job) -> str:
    # What was drawn counts, not what was asked for: it may have changed in between.
    return str(job.finding.get("key") or job.facts.get("key", ""))


def is_ready(job: Job) -> bool:
    """Say whether its PDF can be downloaded."""
    return job.state == JobState.DONE and has_file(job.id, own=True)


def pdf_of(job: Job) -> bytes:
    """Return the PDF of a finished job."""
    with own_file(job.id) as stream:
        return stream.read()
