"""The files of a report as its card lists them: what each is, how large, or why it is not there."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from reports.document.files.kinds import KINDS, size_words
from reports.document.files.models import ReportFile
from reports.document.models import Report
from reports.document.wording import counted


@dataclass(frozen=True)
class FileLine:
    """One file. ``href`` is empty where it could not be drawn; ``problem`` then says why."""

    title: str
    facts: str
    about: str
    href: str
    sha256: str
    problem: str


def pdf_facts(report: Report, size: int | None) -> str:
    """Return what the card says of the PDF: ``131 pages, 3.2 MB``."""
    pages = counted(report.pages or 0, "page")
    return f"{pages}, {size_words(size)}" if size else pages


def file_lines(report: Report, files: Iterable[ReportFile]) -> tuple[FileLine, ...]:
    """Return the files of a report in the order of their kinds."""
    return tuple(_line(report, each) for each in files)


def _line(report: Report, file: ReportFile) -> FileLine:
    words = KINDS[file.kind]
    pages = (counted(file.pages, "page"),) if file.pages else ()
    size = (size_words(file.size),) if file.sha256 else ()
    href = url_for(
        "report.file",
        cycle_id=report.cycle_id,
        report_id=report.id,
        file_kind=file.kind.value,
    )
    return FileLine(
        title=words.title,
        facts=", ".join((words.form, *pages, *size)),
        about=words.about,
        href=href if file.sha256 else "",
        sha256=file.sha256 or "",
        problem=file.problem,
    )
