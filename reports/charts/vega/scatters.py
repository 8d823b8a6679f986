"""Scatters: things on two scales, with the quadrants they fall into and the foremost named."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.vega.chart import Axis, Chart, Spec, chart, haloed, number_axis, quiet, told
from reports.charts.vega.identity import (
    ACCENT,
    ACCENT_WASH,
    INK,
    LINE_STRONG,
    MUTED,
    PAPER,
    SERIES,
    SHAPES,
    WASH,
)

HEIGHT = 420
LABELLED = 5
LABEL_ROW = 19
FAR = 0.65
"""As a share of the width: names stand to the right, where fewer dots are, unless they cannot."""
WASHES = (PAPER, WASH, PAPER, ACCENT_WASH)


@dataclass(frozen=True)
class Dot:
    """A thing on two scales. ``words`` say it in full, ``group`` gives it a shape of its own."""

    x: float
    y: float
    label: str
    words: str
    group: str = ""


@dataclass(frozen=True)
class Quadrant:
    """A part of the field, from corner to corner, with the word that stands in it."""

    left: float
    right: float
    low: float
    high: float
    label: str


def scatter(
    name: str,
    *,
    title: str,
    summary: str,
    dots: Sequence[Dot],
    x: Axis,
    y: Axis,
    quadrants: Sequence[Quadrant] = (),
    labelled: int = LABELLED,
    height: int = HEIGHT,
) -> Chart:
    """Return dots, the first ``labelled`` of them named; both axes must say where they end."""
    rows = [{"x": each.x, "y": each.y, "words": each.words, "group": each.group} for each in dots]
    groups = list(dict.fromkeys(each.group for each in dots if each.group))
    across = number_axis("x", x)
    across["axis"]["grid"] = False
    layers = [*_field(quadrants), _dots(groups), *_labels(dots[:labelled], x, y, height)]
    return chart(
        name,
        title,
        summary,
        rows,
        height=height,
        encoding={"x": across, "y": number_axis("y", y, is_upright=True)},
        layer=layers,
    )


def _field(quadrants: Sequence[Quadrant]) -> list[Spec]:
    if not quadrants:
        return []
    data = {
        "values": [
            {
                "x": each.left,
                "x2": each.right,
                "y": each.low,
                "y2": each.high,
                "label": each.label,
                "wash": WASHES[at % len(WASHES)],
            }
            for at, each in enumerate(quadrants)
        ]
    }
    washed = {"field": "wash", "type": "nominal", "scale": None, "legend": None}
    parts = quiet("rect", stroke=LINE_STRONG, strokeWidth=0.75, strokeDash=[4, 3])
    spread = {"x2": {"field": "x2"}, "y2": {"field": "y2"}, "fill": washed}
    words = quiet("text", align="left", baseline="bottom", dx=7, dy=-7)
    words |= {"color": MUTED, "fontWeight": 600}
    named = {"text": {"field": "label", "type": "nominal"}}
    return [
        {"data": data, "mark": parts, "encoding": spread},
        {"data": data, "mark": words, "encoding": named},
    ]


def _dots(groups: Sequence[str]) -> Spec:
    encoding = told()
    mark: Spec = {"type": "point", "filled": True, "size": 75, "opacity": 0.85}
    mark |= {"stroke": PAPER, "strokeWidth": 1}
    if not groups:
        return {"mark": mark | {"color": ACCENT}, "encoding": encoding}
    for channel, values in (("color", SERIES), ("shape", SHAPES)):
        used = [values[at % len(values)] for at in range(len(groups))]
        encoding[channel] = {
            "field": "group",
            "type": "nominal",
            "title": None,
            "scale": {"domain": groups, "range": used},
        }
    return {"mark": mark, "encoding": encoding}


def _labels(dots: Sequence[Dot], x: Axis, y: Axis, height: int) -> list[Spec]:
    """Return names beside their dots, each in a row of its own, so that no two ever meet."""
    if not dots:
        return []
    low, high = y.low or 0.0, y.high if y.high is not None else 100.0
    start, end = x.low or 0.0, x.high if x.high is not None else 100.0
    far = start + (end - start) * FAR
    unit = (high - low) / height
    rows = _apart([(each.y - low) / unit for each in dots], height)
    values = [
        {"x": dot.x, "y": dot.y, "at": low + row * unit, "label": dot.label, "left": dot.x > far}
        for dot, row in zip(dots, rows, strict=True)
    ]
    layers: list[Spec] = [
        {
            "data": {"values": values},
            "mark": quiet("rule", color=LINE_STRONG, strokeWidth=0.75),
            "encoding": {"y2": {"field": "at"}},
        }
    ]
    for is_left in (True, False):
        own = [each for each in values if each["left"] is is_left]
        layers += _names(own, is_left=is_left) if own else []
    return layers


def _names(values: Sequence[Spec], *, is_left: bool) -> list[Spec]:
    room = "scale('x', datum.x) - 14" if is_left else "width - scale('x', datum.x) - 14"
    beside = {"align": "right", "dx": -10} if is_left else {"align": "left", "dx": 10}
    mark = quiet("text", baseline="middle", fontWeight=600, limit={"expr": room}, **beside)
    return [
        {
            "data": {"values": list(values)},
            "mark": each,
            "encoding": {
                "y": {"field": "at", "type": "quantitative"},
                "text": {"field": "label", "type": "nominal"},
            },
        }
        for each in haloed({**mark, "color": INK})
    ]


def _apart(wanted: Sequence[float], height: int) -> list[float]:
    """Return rows in pixels, near where each is wanted, at least a line of text apart."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    rows = [0.0] * len(wanted)
    floor = LABEL_ROW / 2
    for at in order:
        rows[at] = max(wanted[at], floor)
        floor = rows[at] + LABEL_ROW
    ceiling = height - LABEL_ROW / 2
    for at in reversed(order):
        rows[at] = min(rows[at], ceiling)
        ceiling = rows[at] - LABEL_ROW
    return rows
