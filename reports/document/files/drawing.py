"""Drawing the files beside the PDF from an edition. In the worker only.

One that fails takes no other with it: the convener is told, and may have it drawn again.
"""

import hashlib
import logging
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cycles.core.jobs.commands import JobRun
from reports.document.edition import Edition
from reports.document.files.failing import failing_words
from reports.document.files.kinds import KINDS
from reports.document.files.models import FileKind

log = logging.getLogger(__name__)

Drawer = Callable[[Edition], "Rendered"]


@dataclass(frozen=True)
class Rendered:
    """The bytes of a file; ``pages`` where it has a number of them."""

    content: bytes
    pages: int | None = None


@dataclass(frozen=True)
class Drawn:
    """What came of drawing a file: what was rendered, or the ``problem`` in plain words."""

    kind: FileKind
    rendered: Rendered | None
    problem: str = ""

    @property
    def sha256(self) -> str | None:
        """Return the digest of its bytes."""
        return hashlib.sha256(self.rendered.content).hexdigest() if self.rendered else None


def _brief(edition: Edition) -> Rendered:
    from reports.document.brief.rendering import brief_file

    return Rendered(*brief_file(edition))


def _page(edition: Edition) -> Rendered:
    from reports.document.files.page import page_file

    return Rendered(page_file(edition))


def _word(edition: Edition) -> Rendered:
    from reports.document.word.writing import word_file

    return Rendered(word_file(edition))


def _tables(edition: Edition) -> Rendered:
    from reports.document.files.tables import tables_file

    return Rendered(tables_file(edition))


DRAWERS: Mapping[FileKind, Drawer] = {
    FileKind.BRIEF: _brief,
    FileKind.PAGE: _page,
    FileKind.WORD: _word,
    FileKind.TABLES: _tables,
}
"""Who draws which file, in the order in which they are drawn and listed."""


def draw_files(
    edition: Edition, run: JobRun, kinds: Sequence[FileKind], *, before: int = 0
) -> tuple[Drawn, ...]:
    """Draw these files, telling the job of each; ``before`` are the steps done already."""
    total = before + len(kinds)
    return tuple(_each(edition, run, kinds, before, total))


def _each(
    edition: Edition, run: JobRun, kinds: Sequence[FileKind], before: int, total: int
) -> Iterator[Drawn]:
    for at, kind in enumerate(kinds, before):
        words = KINDS[kind]
        run.progress(at, total, f"Drawing up: {words.title} ({words.form})")
        yield _drawn(kind, edition, run.job_id)


def _drawn(kind: FileKind, edition: Edition, job_id: uuid.UUID) -> Drawn:
    try:
        return Drawn(kind, DRAWERS[kind](edition))
    except Exception as error:
        log.exception("the %s of a report failed in job %s", kind.value, job_id)
        words = KINDS[kind]
        return Drawn(kind, None, failing_words(f"{words.title} ({words.form})", error, job_id))
