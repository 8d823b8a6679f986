"""Grids: a line of words a row, its place in one of a few columns, and a mark at its end.

A grid has a width of its own, for its words need it; a narrow page lets it scroll sideways.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.vega.chart import Chart, Spec, chart, quiet, told
from reports.charts.vega.identity import AMBER, EDGES, HEAT, INK, LINE, MUTED
from reports.charts.vega.letters import lines_of

WIDTH = 668
ROW = 19
HEAD = 21
WORDS = 11.5
LINE_HEIGHT = 12
MOST_LINES = 2
TALLEST = 840
"""Pixels: a grid with room for all words is at most so tall; else each row keeps to one line."""
CODE = 40
COLUMN = 30
FLAG = 78
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
    placed = _placed(lines, len(columns), MOST_LINES)
    if placed.height > TALLEST:
        placed = _placed(lines, len(columns), 1)
    rows = [
        _row(line, words, top, columns)
        for line, words, top in zip(lines, placed.words, placed.tops, strict=True)
    ]
    return chart(
        name,
        title,
        summary,
        rows,
        width=WIDTH,
        height=placed.height,
        autosize={"type": "pad"},
        encoding={"x": _pixels("x", WIDTH), "y": _pixels("top", placed.height)},
        layer=[*_layers(rows), _heads(placed.heads, columns, flag)],
    )


@dataclass(frozen=True)
class _Placed:
    """The words of each row in lines, the top of each in pixels, the groups with theirs."""

    words: tuple[Sequence[str], ...]
    tops: tuple[int, ...]
    heads: tuple[tuple[str, int], ...]
    height: int


def _placed(lines: Sequence[Line], columns: int, most_lines: int) -> _Placed:
    room = _left(0, columns) - CODE - 8
    words = [lines_of(each.label, room, WORDS, most_lines) for each in lines]
    tops: list[int] = []
    heads: list[tuple[str, int]] = []
    top, group = HEAD, ""
    for line, broken in zip(lines, words, strict=True):
        if line.group != group:
            group = line.group
            heads.append((group, top))
            top += HEAD
        tops.append(top)
        top += _height(broken)
    return _Placed(tuple(words), tuple(tops), tuple(heads), top)


def _layers(rows: Sequence[Spec]) -> list[Spec]:
    flagged = [each for each in rows if each["is_flagged"]]
    unknown = [each for each in rows if each["is_unknown"]]
    return [
        *([_bands(flagged)] if flagged else []),
        _rules(rows),
        _cells(),
        *_texts(),
        *([_marks(flagged)] if flagged else []),
        *([_unknown(unknown)] if unknown else []),
    ]


def _height(words: Sequence[str]) -> int:
    return ROW + LINE_HEIGHT * (len(words) - 1)


def _row(line: Line, words: Sequence[str], top: int, columns: Sequence[Column]) -> Spec:
    column = columns[line.column]
    left = _left(line.column, len(columns))
    height = _height(words)
    return {
        "top": top,
        "bottom": top + height,
        "middle": top + height / 2,
        "first": top + ROW / 2,
        "x": left,
        "right": left + COLUMN,
        "code": line.code,
        "label": list(words),
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
        _text({**line, "align": "left", "lineHeight": LINE_HEIGHT}, "label", x=CODE),
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
            "y": {"field": "first", "type": "quantitative"},
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
    letters = [
        (_left(at, len(columns)) + COLUMN / 2, each.letter) for at, each in enumerate(columns)
    ]
    values = [{"x": 0, "top": top + middle, "text": text, "side": "left"} for text, top in groups]
    for x, text in (*letters, (WIDTH - FLAG / 2, flag)):
        values.append({"x": x, "top": middle, "text": text, "side": "center"})
    mark = quiet("text", baseline="middle", fontSize=WORDS, fontWeight=600, color=INK)
    return {
        "data": {"values": values},
        "mark": {**mark, "align": {"expr": "datum.side"}},
        "encoding": {"text": {"field": "text", "type": "nominal"}},
    }
