"""From an edition to a PDF. In the worker only: it takes seconds and fetches nothing.

The renderer gets no base address and a fetcher that knows ``data:`` alone, so whatever stands in
a cycle's texts, neither a file nor the network is touched.
"""

import base64
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import current_app

from cycles.core.jobs.commands import JobRun
from cycles.core.settings import ROOT
from reports.document.edition import Edition

BUILD = ROOT / "static" / "build"
VARIANT = "pdf/ua-1"
STEPS = 3
PAGES_BETWEEN_REPORTS = 5

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pdf:
    """A rendered report."""

    content: bytes
    pages: int


def render_pdf(edition: Edition, run: JobRun | None = None) -> Pdf:
    """Render an edition as a tagged PDF in British English, its fonts embedded."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    _report(run, 0, "Drawing the figures")
    html = _filled("report.html", edition=edition, sources=_sources(edition), mark=_mark())
    fetcher = URLFetcher(allowed_protocols={"data"})
    fonts = FontConfiguration()
    sheet = CSS(string=_sheet(), font_config=fonts, url_fetcher=fetcher)
    with _watched(run):
        laid_out = HTML(string=html, url_fetcher=fetcher).render(
            stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT, pdf_tags=True
        )
        _report(run, 2, f"Writing {len(laid_out.pages)} pages")
        content = laid_out.write_pdf(pdf_variant=VARIANT, pdf_tags=True)
    return Pdf(content, len(laid_out.pages))


def _report(run: JobRun | None, done: int, message: str) -> None:
    if run is not None:
        run.progress(done, STEPS, message)


def _sources(edition: Edition) -> dict[str, str]:
    return {key: _drawn(figure.drawing) for key, figure in edition.figures.items()}


def _drawn(drawing: object) -> str:
    svg = _filled("drawing.svg", drawing=drawing)
    return _data_uri("image/svg+xml", svg.encode())


def _filled(name: str, **context: object) -> str:
    # Not Flask's way: that asks who is signed in, and in the worker nobody is.
    return current_app.jinja_env.get_template(f"reports/print/{name}").render(context)


def _data_uri(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


@cache
def _mark() -> str:
    return _data_uri("image/svg+xml", (ROOT / "static" / "img" / "mark.svg").read_bytes())


@cache
def _sheet() -> str:
    """Return the print sheet with its fonts inside, since nothing may be fetched."""
    css = (BUILD / "print.css").read_text()
    return re.sub(r'url\("?(fonts/[\w-]+\.ttf)"?\)', _font, css)


def _font(found: re.Match[str]) -> str:
    return f'url("{_data_uri("font/ttf", (BUILD / found[1]).read_bytes())}")'


class _Pages(logging.Handler):
    """Turns the renderer's own account of its pages into the job's progress.

    It also keeps the lease alive on long reports, and stops the rendering when the job was
    cancelled: what ``progress`` raises goes through the renderer.
    """

    def __init__(self, run: JobRun) -> None:
        super().__init__(logging.INFO)
        self.run = run

    def emit(self, record: logging.LogRecord) -> None:
        if "Page %d" not in str(record.msg) or not isinstance(record.args, tuple):
            return
        number = int(str(record.args[0]))
        if number % PAGES_BETWEEN_REPORTS == 1:
            _report(self.run, 1, f"Setting page {number}")


class _Warnings(logging.Handler):
    """Collects what the renderer found wrong, so that it is said once and in our log."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


@contextmanager
def _watched(run: JobRun | None) -> Iterator[None]:
    warnings = _Warnings()
    handlers: list[tuple[Any, logging.Handler]] = [(logging.getLogger("weasyprint"), warnings)]
    progress = logging.getLogger("weasyprint.progress")
    level, propagates = progress.level, progress.propagate
    if run is not None:
        progress.setLevel(logging.INFO)
        progress.propagate = False
        handlers.append((progress, _Pages(run)))
    for logger, handler in handlers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger, handler in handlers:
            logger.removeHandler(handler)
        progress.setLevel(level)
        progress.propagate = propagates
        for message in dict.fromkeys(warnings.found):
            log.warning("the renderer says: %s", message)
