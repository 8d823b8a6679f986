"""Files of a chart: its specification, and pictures that say what they rest on."""

import json

from flask import Response

from cycles.core.downloads import file_answer
from reports.charts.vega.chart import Chart
from reports.explorer.frame import source_words
from reports.explorer.look import Look


def chart_answer(chart: Chart, look: Look, kind: str, *, is_plain: bool = False) -> Response:
    """Return a chart as ``kind``: json, svg or png; a plain svg has no title in it."""
    name = f"{file_name(chart, look)}.{kind}"
    if kind == "json":
        text = json.dumps(chart.spec, ensure_ascii=False)
        return file_answer(name, text.encode(), "application/json; charset=utf-8")
    # The drawer comes with the first picture: a process that answers none stays light.
    from reports.charts.vega.pictures import png_of, svg_of

    if kind == "png":
        return file_answer(name, png_of(chart, source=source_of(look)), "image/png")
    source = "" if is_plain else source_of(look)
    return file_answer(name, svg_of(chart, source=source).encode(), "image/svg+xml")


def file_name(chart: Chart, look: Look) -> str:
    """Return the file's name without an ending: what, of what, of which results."""
    of = "working" if look.results.is_working else f"snapshot-{look.results.number}"
    return f"{chart.name}-{of}-at-{look.threshold}"


def source_of(look: Look) -> str:
    """Say in a line what a chart rests on: the cycle, which results, at which threshold."""
    words = f"{look.results.document.subject.title}. {source_words(look.results)}"
    return f"{words}; match threshold {look.threshold} %" if look.results.detail.run_id else words
