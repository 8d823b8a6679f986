"""Files of jobs: given when the job is asked for, read by its handler, then dropped.

They go in and out by parts, so that a large one is never whole in memory.
"""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import BinaryIO

from sqlalchemy import delete, insert, select, update

from cycles.core.errors import Invalid, Missing
from cycles.core.extensions import db
from cycles.core.jobs.models import Job, JobFile

MEGABYTE = 1024 * 1024
MOST_BYTES = 100 * MEGABYTE
PART = MEGABYTE
LONGEST_NAME = 200
# Long enough to mend nothing and import the good rows; not a second store of what people sent.
KEPT_FOR = timedelta(days=1)
OWN = 0
GONE = "The file of this import is no longer kept. Upload it again."


@dataclass(frozen=True)
class Attached:
    """A file as its handler reads it, with the SHA-256 of what it holds."""

    filename: str
    stream: BinaryIO
    digest: str


def attach(
    *,
    job: Job,
    stream: BinaryIO,
    filename: str,
    endings: tuple[str, ...],
    moment: datetime,
    number: int = 1,
) -> None:
    """Keep a file for the job, and drop what earlier jobs left behind.

    Raises ``Invalid`` when it is empty, too large, or its name has none of the ``endings``.
    """
    name = PurePath(filename.replace("\\", "/")).name[-LONGEST_NAME:]
    if PurePath(name).suffix.lower() not in endings:
        kinds = ", ".join(ending.removeprefix(".").upper() for ending in endings)
        raise Invalid("This kind of file cannot be imported.", file=f"Choose one of: {kinds}.")
    db.session.execute(delete(JobFile).where(JobFile.added_at < moment - KEPT_FOR))
    if not _keep(job.id, number, name, stream, moment):
        raise Invalid("The file is empty.", file="The file is empty.")


def keep_own(*, job_id: uuid.UUID, stream: BinaryIO, filename: str, moment: datetime) -> None:
    """Keep what the job wrote for its readers; what it wrote before is replaced."""
    db.session.execute(delete(JobFile).where(JobFile.job_id == job_id, JobFile.number == OWN))
    _keep(job_id, OWN, filename, stream, moment)


def _keep(job_id: uuid.UUID, number: int, name: str, stream: BinaryIO, moment: datetime) -> int:
    size = 0
    for part, content in enumerate(iter(lambda: stream.read(PART), b"")):
        size += len(content)
        if size > MOST_BYTES:
            limit = f"The file is over {MOST_BYTES // MEGABYTE} MB."
            raise Invalid(
                limit,
                file=f"{limit} Split it, or ask the administrator to import it from the command "
                "line, which has no such limit.",
            )
        row = {"job_id": job_id, "number": number, "part": part, "filename": name}
        db.session.execute(insert(JobFile), [{**row, "content": content, "added_at": moment}])
    return size


@contextmanager
def attached(job_id: uuid.UUID) -> Iterator[tuple[Attached, ...]]:
    """Give the job's files, copied out of the database; ``Missing`` when they were dropped.

    Once the block begins, the transaction they were read in may end.
    """
    numbers = db.session.execute(
        select(JobFile.number, JobFile.filename)
        .where(JobFile.job_id == job_id, JobFile.number > OWN, JobFile.part == 0)
        .order_by(JobFile.number)
    ).all()
    if not numbers:
        raise Missing(GONE)
    with ExitStack() as streams:
        yield tuple(
            _copied(job_id, number, name, streams.enter_context(TemporaryFile()))
            for number, name in numbers
        )


@contextmanager
def own_file(job_id: uuid.UUID) -> Iterator[BinaryIO]:
    """Give what the job wrote for its readers; ``Missing`` when it is no longer kept."""
    if not has_file(job_id, own=True):
        raise Missing("The list of this import is no longer kept. Check the file again.")
    with TemporaryFile() as stream:
        _copied(job_id, OWN, "", stream)
        yield stream


def _copied(job_id: uuid.UUID, number: int, name: str, stream: BinaryIO) -> Attached:
    seen = hashlib.sha256()
    whose = (JobFile.job_id == job_id, JobFile.number == number)
    parts = db.session.scalars(select(JobFile.part).where(*whose).order_by(JobFile.part)).all()
    for part in parts:
        content = db.session.scalar(select(JobFile.content).where(*whose, JobFile.part == part))
        seen.update(content or b"")
        stream.write(content or b"")
    stream.seek(0)
    return Attached(name, stream, seen.hexdigest())


def has_file(job_id: uuid.UUID, *, own: bool = False) -> bool:
    """Say whether the job's files, or with ``own`` what it wrote itself, are still kept."""
    which = JobFile.number == OWN if own else JobFile.number > OWN
    found = select(JobFile.job_id).where(JobFile.job_id == job_id, which).limit(1)
    return db.session.scalar(found) is not None


def hand_over(*, from_job_id: uuid.UUID, to_job_id: uuid.UUID) -> None:
    """Give the files of one job to another, or raise ``Missing`` when they were dropped."""
    moved = db.session.scalars(
        update(JobFile)
        .where(JobFile.job_id == from_job_id, JobFile.number > OWN)
        .values(job_id=to_job_id)
        .returning(JobFile.part)
    )
    if not moved.all():
        raise Missing(GONE)


def drop(job_id: uuid.UUID) -> None:
    """Forget the files that were given for the job."""
    db.session.execute(delete(JobFile).where(JobFile.job_id == job_id, JobFile.number > OWN))
