"""A chart, its axes, and what all specifications have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from reports.charts.vega.identity import PAPER, config

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
LABEL_LETTERS = 20
LABEL_LINES = 2
LINE_HEIGHT = 14
NUMBER = ",~f"
"""Thousands apart, no noughts after the point; a bare comma would write 100 as 1e+2."""

Spec = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """A chart: ``title`` states what it shows, ``summary`` says it in a sentence.

    ``name`` stands in addresses and file names. ``spec`` is plain JSON with all its values in it.
    """

    name: str
    title: str
    summary: str
    spec: Mapping[str, Any]


@dataclass(frozen=True)
class Axis:
    """An axis; ``title`` names its unit ("Fit, %"). Ends left None follow the values."""

    title: str
    low: float | None = None
    high: float | None = None


def chart(
    name: str, title: str, summary: str, rows: Sequence[Mapping[str, Any]], **parts: Any
) -> Chart:
    """Return a chart of rows; ``parts`` are the specification's own: layers, height, encoding."""
    spec = {
        "$schema": SCHEMA,
        "description": f"{title}. {summary}",
        "width": "container",
        # The width is given by the page, the height by the chart.
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": [dict(row) for row in rows]},
        "config": config(),
        **parts,
    }
    return Chart(name, title, summary, spec)


def number_axis(field: str, axis: Axis, *, is_upright: bool = False, **more: Any) -> Spec:
    """Return the encoding of a number along an axis; an upright one has its title on top."""
    scale: Spec = {"nice": True}
    if axis.low is not None and axis.high is not None:
        scale = {"domain": [axis.low, axis.high], "nice": False}
    laid: Spec = {"format": NUMBER, "tickCount": 6, **({"grid": True} if is_upright else {})}
    if is_upright:
        laid |= {"titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom"}
        laid |= {"titleAnchor": "end", "titleX": 0, "titleY": -10, "domain": False, "ticks": False}
    return {
        "field": field,
        "type": "quantitative",
        "title": axis.title,
        "scale": scale,
        "axis": laid,
        **more,
    }


def row_labels(labels: Sequence[str]) -> tuple[Spec, Spec]:
    """Return a parameter with the labels of rows in lines, and the axis that shows them by place.

    Rows are told apart by their place, so that two of the same name stay two.
    """
    lines = [_lines(label) for label in labels]
    axis = {
        "title": None,
        "labelExpr": "labels[datum.value]",
        "labelLimit": 220,
        "labelLineHeight": LINE_HEIGHT,
        # The first line stands on the row's middle: a second one needs both to move up.
        "labelOffset": {
            "condition": {"test": "length(labels[datum.value]) > 1", "value": -LINE_HEIGHT / 2},
            "value": 0,
        },
        "labelBaseline": "middle",
        "ticks": False,
        "domain": False,
        "grid": False,
    }
    return {"name": "labels", "value": lines}, axis


def _lines(label: str) -> list[str]:
    lines = wrap(label, LABEL_LETTERS, break_long_words=True) or [""]
    if len(lines) <= LABEL_LINES:
        return lines
    last = lines[LABEL_LINES - 1][: LABEL_LETTERS - 1].rstrip()
    return [*lines[: LABEL_LINES - 1], f"{last}…"]


def quiet(mark: str, **more: Any) -> Spec:
    """Return a mark that says nothing of its own, to a pointer or to a screen reader."""
    return {"type": mark, "aria": False, "tooltip": None, **more}


def told() -> Spec:
    """Return what makes a mark say its row's words, to a pointer and to a screen reader."""
    words = {"field": "words", "type": "nominal"}
    return {"tooltip": words, "description": words}


def haloed(mark: Spec) -> tuple[Spec, Spec]:
    """Return a text mark twice: first the paper that keeps it clear of lines, then itself."""
    return {**mark, "stroke": PAPER, "strokeWidth": 4, "color": PAPER}, mark
