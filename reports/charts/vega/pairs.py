"""Pairs of bars: two moments a row, the first an outline, each with its words at its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.charts.vega.bars import downward, labels_above
from reports.charts.vega.chart import Axis, Chart, Spec, chart, number_axis, quiet, told
from reports.charts.vega.identity import ACCENT, INK, MUTED, PAPER

PAIR_ROW = 68
SLIM_BAR = 17
LABEL = 22
"""Pixels: a row of two bars, its bars, and the line above them with the row's label."""


@dataclass(frozen=True)
class Pair:
    """A row of two bars, each with the words at its end."""

    label: str
    first: float
    second: float
    first_words: str
    second_words: str


def paired_bars(
    name: str,
    *,
    title: str,
    summary: str,
    rows: Sequence[Pair],
    names: tuple[str, str],
    x: Axis,
    fills: Mapping[str, str] | None = None,
) -> Chart:
    """Return two bars a row: the first an outline, the second filled; ``fills`` by row's label."""
    most = x.high or max([1.0, *(max(row.first, row.second) for row in rows)])
    values = [value for at, row in enumerate(rows) for value in _pair(at, row, names, fills or {})]
    height = max(len(rows), 1) * PAIR_ROW
    return chart(
        name,
        title,
        summary,
        values,
        height=height,
        encoding={
            "y": downward("top", height),
            "x": number_axis("value", Axis(x.title, 0, most)),
        },
        layer=[
            *_pair_boxes(names),
            _pair_words(names),
            *labels_above([row.label for row in rows], PAIR_ROW),
        ],
        resolve={"scale": {"fill": "independent"}, "legend": {"fill": "independent"}},
    )


def _pair(at: int, row: Pair, names: tuple[str, str], fills: Mapping[str, str]) -> list[Spec]:
    fill = fills.get(row.label, ACCENT)
    top = at * PAIR_ROW + LABEL
    moments = zip(
        names,
        (row.first, row.second),
        (row.first_words, row.second_words),
        (PAPER, fill),
        strict=True,
    )
    return [
        {
            "top": top + place * (SLIM_BAR + 2),
            "bottom": top + place * (SLIM_BAR + 2) + SLIM_BAR,
            "which": which,
            "start": 0,
            "value": value,
            "text": words,
            "fill": inside,
            "edge": fill,
            "words": f"{row.label}, {which}: {words}",
        }
        for place, (which, value, words, inside) in enumerate(moments)
    ]


def _pair_boxes(names: tuple[str, str]) -> list[Spec]:
    encoding = {
        **told(),
        "x2": {"field": "start"},
        "y2": {"field": "bottom"},
        "fill": {"field": "fill", "type": "nominal", "scale": None, "legend": None},
        "stroke": {"field": "edge", "type": "nominal", "scale": None, "legend": None},
    }
    # The key comes of a mark that is never seen; its squares are as the bars are.
    key = {
        "field": "which",
        "type": "nominal",
        "title": None,
        "scale": {"domain": list(names), "range": [PAPER, ACCENT]},
        "legend": {"symbolType": "square", "symbolStrokeColor": ACCENT, "symbolOpacity": 1},
    }
    return [
        {"mark": {"type": "rect", "strokeWidth": 1.5}, "encoding": encoding},
        {"mark": quiet("point", opacity=0), "encoding": {"fill": key}},
    ]


def _pair_words(names: tuple[str, str]) -> Spec:
    muted = {"test": {"field": "which", "equal": names[0]}, "value": MUTED}
    return {
        "mark": quiet("text", align="left", baseline="middle", dx=6, yOffset=SLIM_BAR / 2),
        "encoding": {
            "text": {"field": "text", "type": "nominal"},
            "color": {"condition": muted, "value": INK},
        },
    }
