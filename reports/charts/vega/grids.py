"""Grids: a line of words a row, its place in one of a few columns, and a mark at its end.

A grid has a width of its own, for its words need it; a narrow page lets it scroll sideways.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.vega.chart import Chart, Spec, chart, quiet, told
from reports.charts.vega.identity import AMBER, EDGES, HEAT, INK, LINE, MUTED
from reports.charts.vega.letters import fitting

WIDTH = 668
ROW = 20
HEAD = 22
WORDS = 11.5
CODE = 40
COLUMN = 36
FLAG = 84
NO_FLAG = "–"


@dataclass(frozen=True)
class Column:
    """A column: its name, the letter in its cells, their fill, and what is readable on it."""

    name: str
    letter: str
    fill: str
    text: str


@dataclass(frozen=True)
class Line:
    """A row: ``column`` is the place of its cell; ``group`` stands above the first of its kind.

    ``flag`` says whether it carries the mark, None where that is not known. ``words`` say it all.
    """

    code: str
    label: str
    column: int
    flag: bool | None
    words: str
    group: str = ""


def grid(
    name: str,
    *,
    title: str,
    summary: str,
    lines: Sequence[Line],
    columns: Sequence[Column],
    flag: str,
) -> Chart:
    """Return the lines under their groups; ``flag`` heads the column of marks."""
    places, heads = _places(lines)
    rows = [_row(line, top, columns) for line, top in zip(lines, places, strict=True)]
    height = (places[-1] if places else HEAD) + ROW
    layers = [
        _bands([each for each in rows if each["is_flagged"]]),
        _rules(rows),
        _cells(),
        *_texts(),
        _marks([each for each in rows if each["is_flagged"]]),
        _unknown([each for each in rows if each["is_unknown"]]),
        _heads(heads, columns, flag),
    ]
    return chart(
        name,
        title,
        summary,
        rows,
        width=WIDTH,
        height=height,
        autosize={"type": "pad"},
        encoding={"x": _pixels("x", WIDTH), "y": _pixels("top", height)},
        layer=[each for each in layers if each],
    )


def _places(lines: Sequence[Line]) -> tuple[list[int], list[tuple[str, int]]]:
    """Return the top of every line in pixels, and the groups with theirs."""
    tops: list[int] = []
    heads: list[tuple[str, int]] = []
    top, group = HEAD, ""
    for line in lines:
        if line.group != group:
            group = line.group
            heads.append((group, top))
            top += HEAD
        tops.append(top)
        top += ROW
    return tops, heads


def _row(line: Line, top: int, columns: Sequence[Column]) -> Spec:
    column = columns[line.column]
    left = _left(line.column, len(columns))
    return {
        "top": top,
        "bottom": top + ROW,
        "middle": top + ROW / 2,
        "x": left,
        "right": left + COLUMN,
        "code": line.code,
        "label": fitting(line.label, _left(0, len(columns)) - CODE - 8, WORDS),
        "letter": column.letter,
        "fill": column.fill,
        "edge": EDGES.get(column.fill, column.fill),
        "colour": column.text,
        "is_flagged": line.flag is True,
        "is_unknown": line.flag is None,
        "words": line.words,
    }


def _left(place: int, columns: int) -> int:
    return WIDTH - FLAG - (columns - place) * COLUMN


def _pixels(field: str, end: int) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "axis": None,
        "scale": {
            "domain": [0, end],
            "reverse": field == "top",
            "nice": False,
            "zero": False,
        },
    }


def _as_is(field: str) -> Spec:
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def _bands(rows: Sequence[Spec]) -> Spec:
    return {
        "data": {"values": [{"top": each["top"], "bottom": each["bottom"]} for each in rows]},
        "mark": quiet("rect", color=HEAT[1]),
        "encoding": {"x": {"value": 0}, "x2": {"value": WIDTH}, "y2": {"field": "bottom"}},
    }


def _rules(rows: Sequence[Spec]) -> Spec:
    return {
        "data": {"values": [{"top": each["bottom"]} for each in rows]},
        "mark": quiet("rule", color=LINE, strokeWidth=0.75),
        "encoding": {"x": {"value": 0}, "x2": {"value": WIDTH}},
    }


def _cells() -> Spec:
    return {
        "mark": {"type": "rect", "strokeWidth": 1},
        "encoding": {
            "x2": {"field": "right"},
            "y2": {"field": "bottom"},
            "fill": _as_is("fill"),
            "stroke": _as_is("edge"),
            **told(),
        },
    }


def _texts() -> list[Spec]:
    line = quiet("text", baseline="middle", fontSize=WORDS)
    return [
        _text({**line, "align": "left", "color": MUTED}, "code", x=0),
        _text({**line, "align": "left"}, "label", x=CODE),
        {
            "mark": {**line, "align": "center", "xOffset": COLUMN / 2, "fontWeight": 600},
            "encoding": {
                "y": {"field": "middle", "type": "quantitative"},
                "text": {"field": "letter", "type": "nominal"},
                "color": _as_is("colour"),
            },
        },
    ]


def _text(mark: Spec, field: str, x: float) -> Spec:
    return {
        "mark": mark,
        "encoding": {
            "x": {"value": x},
            "y": {"field": "middle", "type": "quantitative"},
            "text": {"field": field, "type": "nominal"},
        },
    }


def _marks(rows: Sequence[Spec]) -> Spec:
    return {
        "data": {"values": [{"top": each["middle"]} for each in rows]},
        "mark": quiet("point", shape="diamond", filled=True, color=AMBER, size=90, opacity=1),
        "encoding": {"x": {"value": WIDTH - FLAG / 2}},
    }


def _unknown(rows: Sequence[Spec]) -> Spec:
    return {
        "data": {"values": [{"top": each["middle"], "text": "not compared"} for each in rows]},
        "mark": quiet("text", baseline="middle", fontSize=WORDS, color=MUTED),
        "encoding": {
            "x": {"value": WIDTH - FLAG / 2},
            "text": {"field": "text", "type": "nominal"},
        },
    }


def _heads(groups: Sequence[tuple[str, int]], columns: Sequence[Column], flag: str) -> Spec:
    """Return the words above the columns and above each group."""
    middle = HEAD / 2
    values = [
        *({"x": 0, "top": top + middle, "text": text, "align": "left"} for text, top in groups),
        *(
            {
                "x": _left(at, len(columns)) + COLUMN / 2,
                "top": middle,
                "text": each.letter,
                "align": "center",
            }
            for at, each in enumerate(columns)
        ),
        {"x": WIDTH - FLAG / 2, "top": middle, "text": flag, "align": "center"},
    ]
    return {
        "data": {"values": values},
        "mark": quiet(
            "text",
            baseline="middle",
            fontSize=WORDS,
            fontWeight=600,
            color=INK,
            align={"expr": "datum.align"},
        ),
        "encoding": {"text": {"field": "text", "type": "nominal"}},
    }
