"""What each file beside the PDF is called, for people and for browsers. Words only."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.document.files.models import FileKind


@dataclass(frozen=True)
class KindWords:
    """A kind of file: ``title`` names it, ``form`` is how it comes, ``ending`` ends its name."""

    title: str
    form: str
    about: str
    ending: str
    mimetype: str


KINDS: Mapping[FileKind, KindWords] = {
    FileKind.BRIEF: KindWords(
        "Executive brief",
        "PDF",
        "the findings on one page",
        "-brief.pdf",
        "application/pdf",
    ),
    FileKind.PAGE: KindWords(
        "The report as a web page",
        "HTML",
        "one file for any browser, without a network; works with screen readers",
        ".html",
        "text/html; charset=utf-8",
    ),
    FileKind.WORD: KindWords(
        "The report for Word",
        "DOCX",
        "prose, tables and figures to edit",
        ".docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    FileKind.TABLES: KindWords(
        "All tables",
        "XLSX",
        "a sheet for each, numbers as numbers",
        "-tables.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


def file_name(number: int, *, is_published: bool, ending: str) -> str:
    """Return a file's name: of the report or of a draft, of which snapshot, and what it is."""
    return f"{'report' if is_published else 'draft'}-{number}{ending}"


def size_words(size: int) -> str:
    """Return a size in bytes as people say it: ``840 kB``, ``3.2 MB``."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"
