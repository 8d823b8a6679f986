"""The tables of jobs, and of the files that some of them work on."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cycles.core.base import Base, Identified, word


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(Identified, Base):
    """One piece of long work. ``finding`` is what the handler returned; ``problem`` a sentence."""

    __tablename__ = "job"

    kind: Mapped[str] = mapped_column(String(60), index=True)
    cycle_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("cycle.id", ondelete="CASCADE"), index=True
    )
    asked_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[JobState] = mapped_column(word(JobState), default=JobState.QUEUED, index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(String(300), default="")
    problem: Mapped[str] = mapped_column(Text, default="")
    finding: Mapped[dict[str, Any]] = mapped_column(default=dict)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    @property
    def is_over(self) -> bool:
        """Say whether nothing more will happen to it."""
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class JobFile(Base):
    """A part of a file of a job: in the database, so that any machine's worker has it.

    Files given for the job count from 1; number 0 is what the job itself wrote for its readers.
    Parts of a megabyte keep memory flat on both sides. ``filename`` is only shown and read for
    its ending; nothing is stored under that name.
    """

    __tablename__ = "job_file"

    job_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("job.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, default=1)
    part: Mapped[int] = mapped_column(primary_key=True, default=0)
    filename: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    added_at: Mapped[datetime]
