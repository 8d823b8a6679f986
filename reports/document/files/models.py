"""The table of the files beside a report's PDF. They are frozen with their report."""

import uuid
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Connection,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    event,
    select,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from cycles.core.base import Base, Scoped, word
from cycles.core.errors import Closed
from reports.document.models import Report, ReportState


class FileKind(StrEnum):
    """A file beside the PDF: the brief, and the report as a page, for Word, and as its tables."""

    BRIEF = "brief"
    PAGE = "page"
    WORD = "word"
    TABLES = "tables"


class ReportFile(Scoped, Base):
    """A file of a report with the SHA-256 of its bytes; where it failed, ``problem`` says why.

    A published report keeps the files that it has. One that failed may still be added.
    """

    __tablename__ = "report_file"
    __table_args__ = (UniqueConstraint("report_id", "kind"),)

    report_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("report.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[FileKind] = mapped_column(word(FileKind))
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str | None] = mapped_column(String(64))
    pages: Mapped[int | None]
    problem: Mapped[str] = mapped_column(Text, default="")


def _keep_published(_mapper: Mapper[Any], connection: Connection, row: ReportFile) -> None:
    state = connection.scalar(select(Report.state).where(Report.id == row.report_id))
    had = connection.scalar(select(ReportFile.sha256).where(ReportFile.id == row.id))
    if state == ReportState.PUBLISHED and had is not None:
        raise Closed("A published report is frozen, and so are its files.")


event.listen(ReportFile, "before_update", _keep_published)
event.listen(ReportFile, "before_delete", _keep_published)
