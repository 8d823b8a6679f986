"""Bars: rows in parts, under their labels. Every part says its value in words too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.charts.vega.chart import Axis, Chart, Spec, chart, haloed, number_axis, quiet, told
from reports.charts.vega.identity import EDGES, INK, LINE_STRONG, MUTED, PAPER, SERIES

KEY_LETTERS = 46
BROAD_KEY_LETTERS = 92
BROAD_PAGE = 520
"""As many letters of keys stand beside each other, each with its square, on a narrow page and on
one that leaves the chart more than this width in pixels."""


@dataclass(frozen=True)
class Row:
    """The pixels of a stack: its pitch, the line with its label, and the bar below that."""

    pitch: int
    label: int
    bar: int


BROAD = Row(54, 22, 26)
SLIM = Row(40, 19, 17)
"""For many rows: fifteen of them and their key fit on a sheet with words around them."""
MOST_BROAD = 12


@dataclass(frozen=True)
class Stack:
    """A row of parts: how much of each series it has. ``total_words`` stand at its end."""

    label: str
    parts: Mapping[str, float]
    total_words: str = ""


@dataclass(frozen=True)
class Series:
    """What a part is of. ``letters`` (one to three) stand in it beside the value.

    ``fill`` is one of the identity's colours, ``text`` what stays readable on it.
    """

    name: str
    letters: str
    fill: str = ""
    text: str = PAPER


def stacked_bars(
    name: str,
    *,
    title: str,
    summary: str,
    rows: Sequence[Stack],
    series: Sequence[Series],
    x: Axis,
    unit: str = "",
    row: Row | None = None,
) -> Chart:
    """Return a bar a row, in parts in the order of ``series``; ``unit`` follows values in words.

    Rows are broad where ``row`` does not say how they are and there are few of them.
    """
    row = row or (BROAD if len(rows) <= MOST_BROAD else SLIM)
    shown = [each for each in series if any(stack.parts.get(each.name) for stack in rows)]
    most = x.high or max([1.0, *(sum(each.parts.values()) for each in rows)])
    height = max(len(rows), 1) * row.pitch
    across = number_axis("start", Axis(x.title, 0, most))
    layers = [
        _boxes(shown),
        _values(row),
        _totals(rows, row),
        *labels_above([each.label for each in rows], row.pitch),
    ]
    return chart(
        name,
        title,
        summary,
        _parts(rows, shown, most, unit, row),
        height=height,
        encoding={"y": downward("top", height), "x": across},
        layer=layers,
    )


def downward(field: str, height: int) -> Spec:
    """Return the encoding of pixels from the top: each row stands below its own label."""
    return {
        "field": field,
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, height], "reverse": True, "nice": False, "zero": False},
    }


def labels_above(labels: Sequence[str], pitch: int) -> list[Spec]:
    """Return the rows' labels above their bars, where a narrow page has room for them too."""
    values = [{"top": at * pitch + 4, "label": label} for at, label in enumerate(labels)]
    mark = quiet("text", align="left", baseline="top", color=INK, fontWeight=600)
    return [
        {
            "data": {"values": values},
            "mark": {**each, "limit": {"expr": "width"}},
            "encoding": {"x": {"value": 0}, "text": {"field": "label", "type": "nominal"}},
        }
        for each in haloed(mark)
    ]


def _parts(
    rows: Sequence[Stack], series: Sequence[Series], most: float, unit: str, row: Row
) -> list[Spec]:
    values: list[Spec] = []
    for at, stack in enumerate(rows):
        start = 0.0
        top = at * row.pitch + row.label
        for each in series:
            value = stack.parts.get(each.name, 0)
            if not value:
                continue
            amount = f"{value:,.10g}"
            values.append(
                {
                    "top": top,
                    "bottom": top + row.bar,
                    "series": _key(each),
                    "start": start,
                    "end": start + value,
                    "share": value / most,
                    "text": f"{each.letters} {amount}".strip(),
                    "colour": each.text,
                    "edge": EDGES.get(each.fill, PAPER),
                    "words": f"{stack.label}, {each.name}: {amount}{unit}",
                }
            )
            start += value
    return values


def _key(series: Series) -> str:
    return f"{series.letters}  {series.name}" if series.letters else series.name


def _columns(series: Sequence[Series]) -> Spec:
    longest = max((len(_key(each)) + 5 for each in series), default=1)
    narrow, broad = (
        max(1, min(len(series), letters // longest)) for letters in (KEY_LETTERS, BROAD_KEY_LETTERS)
    )
    return {"expr": f"width > {BROAD_PAGE} ? {broad} : {narrow}"}


def _boxes(series: Sequence[Series]) -> Spec:
    fills = [each.fill or SERIES[at % len(SERIES)] for at, each in enumerate(series)]
    return {
        "mark": {"type": "rect", "strokeWidth": 1.5},
        "encoding": {
            "x2": {"field": "end"},
            "y2": {"field": "bottom"},
            "stroke": {"field": "edge", "type": "nominal", "scale": None, "legend": None},
            "color": {
                "field": "series",
                "type": "nominal",
                "title": None,
                "scale": {"domain": [_key(each) for each in series], "range": fills},
                "legend": {
                    "symbolType": "square",
                    "symbolStrokeWidth": 0.75,
                    "symbolStrokeColor": LINE_STRONG,
                    "columns": _columns(series),
                },
            },
            **told(),
        },
    }


def _values(row: Row) -> Spec:
    """Return the words inside parts, where there is room for them at the width of the page."""
    return {
        "transform": [{"calculate": "(datum.start + datum.end) / 2", "as": "middle"}],
        "mark": quiet("text", baseline="middle", yOffset=row.bar / 2),
        "encoding": {
            "x": {"field": "middle", "type": "quantitative"},
            "text": {"field": "text", "type": "nominal"},
            "fill": {"field": "colour", "type": "nominal", "scale": None, "legend": None},
            "opacity": {
                "condition": {
                    "test": "datum.share * width > 7 * length(datum.text) + 8",
                    "value": 1,
                },
                "value": 0,
            },
        },
    }


def _totals(rows: Sequence[Stack], row: Row) -> Spec:
    values = [
        {
            "top": at * row.pitch + row.label + row.bar / 2,
            "start": sum(each.parts.values()),
            "text": each.total_words,
        }
        for at, each in enumerate(rows)
        if each.total_words
    ]
    return {
        "data": {"values": values},
        "mark": quiet("text", align="left", baseline="middle", dx=6, color=MUTED),
        "encoding": {"text": {"field": "text", "type": "nominal"}},
    }
