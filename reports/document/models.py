"""Tables of snapshots and reports. Both are frozen once written."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from cycles.core.base import Base, Scoped, word
from cycles.core.errors import Closed


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
    state: Mapped[ReportState] = mapped_column(
        word(ReportState), default=ReportState.RENDERING, active_history=True
    )
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


# What a sponsor's signature writes, and the job that adds a file which had failed; nothing else of
# a published report ever changes.
LATER = frozenset({"signed_off_at", "signed_off_by_id", "job_id"})


@event.listens_for(Snapshot, "before_update")
def _keep_snapshots(_mapper: Mapper[Snapshot], _connection: object, row: Snapshot) -> None:
    if _changed(row):
        raise Closed("A snapshot is frozen. Take another one.")


@event.listens_for(Report, "before_update")
def _keep_published(_mapper: Mapper[Report], _connection: object, row: Report) -> None:
    before = inspect(row).attrs.state.load_history()
    was_published = ReportState.PUBLISHED in (before.unchanged or before.deleted or ())
    if was_published and not _changed(row) <= LATER:
        raise Closed("A published report is frozen. Take another snapshot and publish that.")


def _changed(row: Base) -> frozenset[str]:
    columns = inspect(row).mapper.column_attrs.keys()
    return frozenset(name for name in columns if inspect(row).attrs[name].history.has_changes())
