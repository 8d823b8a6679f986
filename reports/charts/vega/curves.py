"""Curves: how something changes along a scale, with the value in force marked on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports.charts.vega.chart import Axis, Chart, Spec, chart, haloed, number_axis, quiet, told
from reports.charts.vega.identity import ACCENT, AMBER, DASHES, INK, SERIES, SHAPES

HEIGHT = 260
WIDTH = {"expr": "width"}
NEAR = 0.3
"""As a share of the width: nearer to an edge there is no room for words on that side."""


@dataclass(frozen=True)
class Point:
    """A point of a curve. ``words`` say it in full; ``series`` names its curve where it has one."""

    x: float
    y: float
    words: str
    series: str = ""


@dataclass(frozen=True)
class Mark:
    """The value in force: where it stands, and the few words beside it ("43 at 50 %")."""

    x: float
    y: float
    label: str


def curve(
    name: str,
    *,
    title: str,
    summary: str,
    points: Sequence[Point],
    x: Axis,
    y: Axis,
    mark: Mark | None = None,
) -> Chart:
    """Return one curve, or one a series: each with its own dashes, shape and name at its end."""
    series = list(dict.fromkeys(point.series for point in points))
    rows = [
        {"x": each.x, "y": each.y, "words": each.words, "series": each.series} for each in points
    ]
    layers: list[Spec] = [_line(series), _points(series)]
    if len(series) > 1:
        layers += _names(points, series)
    if mark:
        layers += _marked(mark, *_side(mark, points, x))
    upright = number_axis("y", y, is_upright=True)
    across = number_axis("x", x)
    across["axis"]["grid"] = False
    across["axis"]["tickCount"] = 10
    across["axis"]["labelOverlap"] = True
    if x.low is None:
        across["scale"] = {"zero": False, "nice": False}
    return chart(
        name,
        title,
        summary,
        rows,
        height=HEIGHT,
        encoding={"x": across, "y": upright},
        layer=layers,
    )


def _side(mark: Mark, points: Sequence[Point], x: Axis) -> tuple[bool, bool]:
    """Say whether the mark's words stand to its left, and whether above: off the curve."""
    ordered = sorted(points, key=lambda each: each.x)
    if not ordered:
        return False, True
    low = x.low if x.low is not None else ordered[0].x
    high = x.high if x.high is not None else ordered[-1].x
    share = (mark.x - low) / (high - low) if high > low else 0.5
    if ordered[-1].y >= ordered[0].y:
        return share > NEAR, share > NEAR
    return share > 1 - NEAR, share <= 1 - NEAR


def _apart(series: Sequence[str], channel: str, values: Sequence[Any]) -> Spec:
    """Return an encoding that tells the series apart, without a legend: they are named in place."""
    used = [values[at % len(values)] for at in range(len(series))]
    return {
        channel: {
            "field": "series",
            "type": "nominal",
            "scale": {"domain": list(series), "range": used},
            "legend": None,
        }
    }


def _line(series: Sequence[str]) -> Spec:
    if len(series) < 2:
        return {"mark": quiet("line", color=ACCENT, strokeWidth=2.5)}
    return {
        "mark": quiet("line", strokeWidth=2.5),
        "encoding": _apart(series, "color", SERIES) | _apart(series, "strokeDash", DASHES),
    }


def _points(series: Sequence[str]) -> Spec:
    """Return the points that are pointed at and read out; small, for the line is what is seen."""
    encoding = told()
    if len(series) < 2:
        return {
            "mark": {"type": "point", "filled": True, "color": ACCENT, "size": 14, "opacity": 1},
            "encoding": encoding,
        }
    return {
        "mark": {"type": "point", "filled": True, "size": 36, "opacity": 1},
        "encoding": encoding | _apart(series, "color", SERIES) | _apart(series, "shape", SHAPES),
    }


def _names(points: Sequence[Point], series: Sequence[str]) -> list[Spec]:
    last = {each.series: each for each in points}
    values = [{"x": each.x, "y": each.y, "series": name} for name, each in last.items()]
    halo, text = haloed(quiet("text", align="right", dy=-11, fontWeight=600) | {"limit": WIDTH})
    name = {"text": {"field": "series", "type": "nominal"}}
    return [
        {"data": {"values": values}, "mark": halo, "encoding": name},
        {
            "data": {"values": values},
            "mark": text,
            "encoding": name | _apart(series, "color", SERIES),
        },
    ]


def _marked(mark: Mark, is_left: bool, is_above: bool) -> list[Spec]:
    data = {"values": [{"x": mark.x, "y": mark.y, "label": mark.label, "words": mark.label}]}
    beside = {"align": "right", "dx": -10} if is_left else {"align": "left", "dx": 10}
    beside |= {"baseline": "bottom", "dy": -6} if is_above else {"baseline": "top", "dy": 8}
    words = quiet("text", color=INK, fontWeight=600, **beside)
    point = {"type": "point", "filled": True, "shape": "diamond", "color": AMBER, "size": 130}
    return [
        {
            "data": data,
            "mark": quiet("rule", color=AMBER, strokeWidth=1.5, strokeDash=[5, 4]),
            "encoding": {"y": {"value": 0}, "y2": {"value": "height"}},
        },
        {"data": data, "mark": {**point, "opacity": 1}, "encoding": told()},
        *(
            {
                "data": data,
                "mark": each,
                "encoding": {"text": {"field": "label", "type": "nominal"}},
            }
            for each in haloed(words)
        ),
    ]
