"""Printing: from a template to PDF, for whoever draws something up. In the worker only.

It takes seconds and fetches nothing: the renderer gets no base address and a fetcher that knows
``data:`` alone, so whatever stands in a cycle's texts, neither a file nor the network is touched.
What is printed is not known here.
"""

import base64
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from flask import current_app

from cycles.core.settings import ROOT

BUILD = ROOT / "static" / "build"
VARIANT = "pdf/ua-1"

log = logging.getLogger(__name__)


def lay_out(html: str, sheet: str) -> Any:
    """Return the laid-out document of a page in HTML under one of our print sheets."""
    from weasyprint import HTML

    css, fonts, fetcher = _style(sheet)
    return HTML(string=html, url_fetcher=fetcher).render(
        stylesheets=[css], font_config=fonts, pdf_variant=VARIANT, pdf_tags=True
    )


def write(laid_out: Any) -> bytes:
    """Return the PDF of a laid-out document, tagged."""
    content: bytes = laid_out.write_pdf(finisher=_finish, pdf_variant=VARIANT, pdf_tags=True)
    return content


def _finish(_laid_out: Any, pdf: Any) -> None:
    """Say which way the heads of tables lead, and list the heads that cells refer to.

    The renderer gives each head an identifier and each cell its heads; that those identifiers are
    listed at the root is asked for by the format, and readers that know no such references go by
    the direction.
    """
    elements = {each.reference: each for each in pdf.objects if _is_element(each)}
    heads = [each for each in elements.values() if each["S"] == "/TH" and "ID" in each]
    for head in heads:
        group = elements[elements[head["P"]]["P"]]
        head["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"
    if heads:
        listed = sorted(heads, key=lambda each: each["ID"].data)
        names = [part for each in listed for part in (each["ID"], each.reference)]
        root = next(each for each in pdf.objects if _kind(each) == "/StructTreeRoot")
        # The renderer's own kinds: they write themselves as what they are in the file.
        root["IDTree"] = type(root)({"Names": type(root["K"])(names)})


def _is_element(item: Any) -> bool:
    return _kind(item) == "/StructElem"


def _kind(item: Any) -> object:
    return item.get("Type") if isinstance(item, dict) else None


def filled(name: str, **context: object) -> str:
    """Return a print template with its context."""
    # Not Flask's way: that asks who is signed in, and in the worker nobody is.
    return current_app.jinja_env.get_template(f"reports/print/{name}").render(context)


def data_uri(kind: str, content: bytes) -> str:
    """Return content as an address that holds it."""
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


@cache
def mark() -> str:
    """Return the mark of Pythia."""
    return data_uri("image/svg+xml", (ROOT / "static" / "img" / "mark.svg").read_bytes())


@cache
def _style(name: str) -> tuple[Any, Any, Any]:
    """Return a print sheet as the renderer reads it, once, with its fonts and the fetcher."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fetcher, fonts = URLFetcher(allowed_protocols={"data"}), FontConfiguration()
    return CSS(string=_sheet(name), font_config=fonts, url_fetcher=fetcher), fonts, fetcher


def _sheet(name: str) -> str:
    """Return a print sheet with its fonts inside, since nothing may be fetched."""
    css = (BUILD / name).read_text()
    return re.sub(r'url\("?(fonts/[\w-]+\.ttf)"?\)', _font, css)


def _font(found: re.Match[str]) -> str:
    return f'url("{data_uri("font/ttf", (BUILD / found[1]).read_bytes())}")'


class _Pages(logging.Handler):
    """Turns the renderer's own account of its pages into calls with the number of the page.

    What the call raises goes through the renderer and stops it.
    """

    def __init__(self, told: Callable[[int], None]) -> None:
        super().__init__(logging.INFO)
        self.told = told

    def emit(self, record: logging.LogRecord) -> None:
        if "Page %d" in str(record.msg) and isinstance(record.args, tuple):
            self.told(int(str(record.args[0])))


class _Warnings(logging.Handler):
    """Collects what the renderer found wrong, so that it is said once and in our log."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


@contextmanager
def watched(told: Callable[[int], None] | None = None) -> Iterator[None]:
    """Within the block: tell of each page that is set, and log what the renderer finds wrong."""
    warnings = _Warnings()
    handlers: list[tuple[Any, logging.Handler]] = [(logging.getLogger("weasyprint"), warnings)]
    progress = logging.getLogger("weasyprint.progress")
    level, propagates = progress.level, progress.propagate
    if told is not None:
        progress.setLevel(logging.INFO)
        progress.propagate = False
        handlers.append((progress, _Pages(told)))
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
