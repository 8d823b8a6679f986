"""Reading the files beside a report's PDF."""

import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy import func, select

from cycles.core.extensions import db
from reports.document.files.kinds import KINDS
from reports.document.files.models import FileKind, ReportFile
from reports.document.models import Report


def files_of(report_ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, tuple[ReportFile, ...]]:
    """Return the files of reports, without their bytes, in the order of their kinds."""
    order = list(KINDS)
    found: dict[uuid.UUID, list[ReportFile]] = {}
    rows = db.session.scalars(select(ReportFile).where(ReportFile.report_id.in_(report_ids)))
    for each in sorted(rows, key=lambda row: order.index(row.kind)):
        found.setdefault(each.report_id, []).append(each)
    return {report_id: tuple(files) for report_id, files in found.items()}


def missing_kinds(files: Iterable[ReportFile]) -> tuple[FileKind, ...]:
    """Return the kinds of which a report has no file, in their order."""
    there = {each.kind for each in files if each.sha256}
    return tuple(kind for kind in KINDS if kind not in there)


def content_of(report_id: uuid.UUID, kind: FileKind) -> bytes | None:
    """Return the bytes of a report's file; None where it has none."""
    return db.session.scalar(
        select(ReportFile.content).where(ReportFile.report_id == report_id, ReportFile.kind == kind)
    )


def pdf_sizes(report_ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    """Return how many bytes the PDF of each report has, by the report, without reading them."""
    wanted = select(Report.id, func.length(Report.pdf)).where(
        Report.id.in_(report_ids), Report.pdf.is_not(None)
    )
    return {report_id: size for report_id, size in db.session.execute(wanted)}  # noqa: C416
