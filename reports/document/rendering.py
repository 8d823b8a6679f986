"""From an edition to a PDF. In the worker only; how it is printed is ``reports.printing``."""

from collections.abc import Callable
from dataclasses import dataclass

from cycles.core.jobs.commands import JobRun
from reports.document.edition import Edition
from reports.document.figures.pictures import printed
from reports.printing import filled as _filled
from reports.printing import lay_out, mark, watched, write

STEPS = 3
PAGES_BETWEEN_REPORTS = 5


@dataclass(frozen=True)
class Pdf:
    """A rendered report."""

    content: bytes
    pages: int


def render_pdf(edition: Edition, run: JobRun | None = None, *, after: int = 0) -> Pdf:
    """Render an edition as a tagged PDF in British English, its fonts embedded.

    The job is told of each step; ``after`` are those that it will take when this is done.
    """
    total = STEPS + after
    _report(run, 0, total, "Drawing the figures")
    html = finished_html(edition)
    with watched(_page_told(run, total) if run else None):
        laid_out = lay_out(html, "print.css")
        _report(run, 2, total, f"Writing {len(laid_out.pages)} pages")
        content = write(laid_out)
    return Pdf(content, len(laid_out.pages))


def finished_html(edition: Edition) -> str:
    """Return the edition as the page that the renderer is given, its figures inside."""
    return _filled("report.html", edition=edition, sources=sources_of(edition), mark=mark())


def sources_of(edition: Edition) -> dict[str, str]:
    """Return the drawing of each figure by its key, as an address that holds it."""
    return {key: printed(figure) for key, figure in edition.figures.items()}


def _report(run: JobRun | None, done: int, total: int, message: str) -> None:
    if run is not None:
        run.progress(done, total, message)


def _page_told(run: JobRun, total: int) -> Callable[[int], None]:
    """Keep the lease alive on long reports, and stop when the job was cancelled."""

    def told(number: int) -> None:
        if number % PAGES_BETWEEN_REPORTS == 1:
            _report(run, 1, total, f"Setting page {number}")

    return told
