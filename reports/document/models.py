"""Tables of snapshots and reports. Both are frozen once written."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cycles.core.base import Base, Scoped, word


class Snapshot(Scoped, Base):
    """Everything a report says, frozen in one document. Every printed number is read from it."""

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)

    number: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class ReportState(StrEnum):
    """A report is rendered, then drafted, then published; a failed one says why in its job."""

    RENDERING = "rendering"
    DRAFT = "draft"
    PUBLISHED = "published"
    FAILED = "failed"


class Report(Scoped, Base):
    """A rendering of a snapshot as PDF, with the SHA-256 of its bytes."""

    __tablename__ = "report"

    snapshot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("snapshot.id"))
    state: Mapped[ReportState] = mapped_column(word(ReportState), default=ReportState.RENDERING)
    job_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("job.id", ondelete="SET NULL"))
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    pages: Mapped[int | None]
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    signed_off_at: Mapped[datetime | None]
    signed_off_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    snapshot: Mapped[Snapshot] = relationship()
