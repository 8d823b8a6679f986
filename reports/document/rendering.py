"""From an edition to a PDF. In the worker only; how it is printed is ``reports.printing``."""

from collections.abc import Callable
from dataclasses import dataclass

from cycles.core.jobs.commands import JobRun
from reports.document.edition import Edition
from reports.printing import data_uri, lay_out, mark, watched, write
from reports.printing import filled as _filled

STEPS = 3
PAGES_BETWEEN_REPORTS = 5


@dataclass(frozen=True)
class Pdf:
    """A rendered report."""

    content: bytes
    pages: int


def render_pdf(edition: Edition, run: JobRun | None = None) -> Pdf:
    """Render an edition as a tagged PDF in British English, its fonts embedded."""
    _report(run, 0, "Drawing the figures")
    html = finished_html(edition)
    with watched(_page_told(run) if run else None):
        laid_out = lay_out(html, "print.css")
        _report(run, 2, f"Writing {len(laid_out.pages)} pages")
        content = write(laid_out)
    return Pdf(content, len(laid_out.pages))


def finished_html(edition: Edition) -> str:
    """Return the edition as the page that the renderer is given, its figures inside."""
    return _filled("report.html", edition=edition, sources=_sources(edition), mark=mark())


def _report(run: JobRun | None, done: int, message: str) -> None:
    if run is not None:
        run.progress(done, STEPS, message)


def _page_told(run: JobRun) -> Callable[[int], None]:
    """Keep the lease alive on long reports, and stop when the job was cancelled."""

    def told(number: int) -> None:
        if number % PAGES_BETWEEN_REPORTS == 1:
            _report(run, 1, f"Setting page {number}")

    return told


def _sources(edition: Edition) -> dict[str, str]:
    return {key: _drawn(figure.drawing) for key, figure in edition.figures.items()}


def _drawn(drawing: object) -> str:
    return data_uri("image/svg+xml", _filled("drawing.svg", drawing=drawing).encode())
