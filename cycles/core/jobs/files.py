"""Files given for jobs: attached when the job is asked for, read by its handler, then dropped."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import BinaryIO

from sqlalchemy import delete, select, update

from cycles.core.errors import Invalid, Missing
from cycles.core.extensions import db
from cycles.core.jobs.models import Job, JobFile

MOST_BYTES = 5 * 1024 * 1024
LONGEST_NAME = 200
# Long enough to mend nothing and import the good rows; not a second store of what people sent.
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Attached:
    """A file as its handler reads it."""

    filename: str
    content: bytes


def attach(
    *, job: Job, stream: BinaryIO, filename: str, endings: tuple[str, ...], moment: datetime
) -> None:
    """Keep the file for the job, and drop what earlier jobs left behind.

    Raises ``Invalid`` when it is empty, over 5 MB, or its name has none of the ``endings``.
    """
    name = PurePath(filename.replace("\\", "/")).name[-LONGEST_NAME:]
    if PurePath(name).suffix.lower() not in endings:
        kinds = ", ".join(ending.removeprefix(".").upper() for ending in endings)
        raise Invalid("This kind of file cannot be imported.", file=f"Choose one of: {kinds}.")
    content = stream.read(MOST_BYTES + 1)
    if not content:
        raise Invalid("The file is empty.", file="The file is empty.")
    if len(content) > MOST_BYTES:
        raise Invalid(
            "The file is over 5 MB.",
            file="The file is over 5 MB. Split it, or ask the administrator to import it "
            "from the command line, which has no such limit.",
        )
    db.session.execute(delete(JobFile).where(JobFile.added_at < moment - KEPT_FOR))
    db.session.add(JobFile(job_id=job.id, filename=name, content=content, added_at=moment))
    db.session.flush()


def attached(job_id: uuid.UUID) -> Attached:
    """Return the job's file, or raise ``Missing`` when it was dropped."""
    row = db.session.execute(
        select(JobFile.filename, JobFile.content).where(JobFile.job_id == job_id)
    ).one_or_none()
    if row is None:
        raise Missing("The file of this import is no longer kept. Upload it again.")
    return Attached(row.filename, row.content)


def has_file(job_id: uuid.UUID) -> bool:
    """Say whether the job's file is still kept."""
    found = db.session.scalar(select(JobFile.job_id).where(JobFile.job_id == job_id))
    return found is not None


def hand_over(*, from_job_id: uuid.UUID, to_job_id: uuid.UUID) -> None:
    """Give the file of one job to another, or raise ``Missing`` when it was dropped."""
    moved = db.session.scalar(
        update(JobFile)
        .where(JobFile.job_id == from_job_id)
        .values(job_id=to_job_id)
        .returning(JobFile.job_id)
    )
    if moved is None:
        raise Missing("The file of this import is no longer kept. Upload it again.")


def drop(job_id: uuid.UUID) -> None:
    """Forget the job's file."""
    db.session.execute(delete(JobFile).where(JobFile.job_id == job_id))
