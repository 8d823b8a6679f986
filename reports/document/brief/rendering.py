"""From an edition to the brief in print: one page, whatever its texts. In the worker only."""

from dataclasses import replace
from typing import Any

from reports.document.brief.facts import BriefFacts
from reports.document.brief.fitting import Sheet, sheets_of
from reports.document.brief.writing import brief_of
from reports.document.edition import Edition
from reports.document.figures import Figure
from reports.document.figures.pictures import printed
from reports.printing import filled, lay_out, mark, watched, write

# The figure stands in three fifths of the width, so it is drawn narrower: its letters stay legible.
WIDTH = 420


def brief_file(edition: Edition) -> tuple[bytes, int]:
    """Return the brief as a tagged PDF, and its pages: one."""
    with watched():
        laid_out = _fitting(edition, brief_of(edition))
        return write(laid_out), len(laid_out.pages)


def _fitting(edition: Edition, facts: BriefFacts) -> Any:
    laid_out = None
    for sheet in sheets_of(facts):
        laid_out = _laid_out(edition, sheet)
        if len(laid_out.pages) == 1:
            break
    return laid_out


def _laid_out(edition: Edition, sheet: Sheet) -> Any:
    figure = sheet.facts.figure
    return lay_out(
        filled(
            "brief.html",
            edition=edition,
            sheet=sheet,
            brief=sheet.facts,
            source=printed(_narrow(figure)) if figure else "",
            mark=mark(),
        ),
        "brief.css",
    )


def _narrow(figure: Figure) -> Figure:
    spec = dict(figure.chart.spec)
    if spec.get("width") == "container":
        spec["width"] = WIDTH
    return replace(figure, chart=replace(figure.chart, spec=spec))
