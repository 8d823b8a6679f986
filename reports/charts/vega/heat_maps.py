"""Heat maps: rows by columns, each cell a colour and, where there is room, its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reports.charts.vega.chart import NUMBER, Chart, Spec, chart, quiet, row_labels, told
from reports.charts.vega.identity import AMOUNT, HEAT, INK, LEVELS, LINE, PAPER

ROW = 32
STEP = 38
MOST_ACROSS = 6
# Beyond these shares of the scale ink on the fill has less contrast than paper has.
DARK_TEAL = 0.65
DARK_AMBER = 0.93
LEVEL_WORDS = ("N Not needed", "A Awareness", "P Practitioner", "E Expert")


class Shade(StrEnum):
    """What the colours say: teal for how much, amber for disagreement, steps for a level.

    A level's value is 0 for N, 1 for A, 2 for P and 3 for E.
    """

    AMOUNT = "amount"
    DISAGREEMENT = "disagreement"
    LEVEL = "level"


@dataclass(frozen=True)
class Cell:
    """A cell: the places of its row and column, its value, what stands in it, and it in full."""

    row: int
    column: int
    value: float
    text: str
    words: str


def heat_map(
    name: str,
    *,
    title: str,
    summary: str,
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Cell],
    value_title: str,
    highest: float | None = None,
    shade: Shade = Shade.AMOUNT,
) -> Chart:
    """Return cells on a scale from nothing to ``highest``, with the unit in ``value_title``.

    What has no cell stays empty. Beyond six columns the map keeps its cells' size and the page
    lets it scroll sideways.
    """
    most = highest or max([1.0, *(cell.value for cell in cells)])
    labels, axis = row_labels(rows)
    is_wide = len(columns) > MOST_ACROSS
    size: Spec = {"width": STEP * len(columns), "autosize": {"type": "pad"}} if is_wide else {}
    return chart(
        name,
        title,
        summary,
        [vars(cell) for cell in cells],
        height=max(len(rows), 1) * ROW,
        params=[labels, {"name": "columns", "value": list(columns)}],
        encoding={
            "y": {"field": "row", "type": "ordinal", "sort": None, "axis": axis}
            | {"scale": {"domain": list(range(len(rows))), "padding": 0}},
            "x": _columns(columns),
        },
        layer=[_cells(_colour(shade, most, value_title)), _texts(_dark(shade, most))],
        **size,
    )


def _columns(columns: Sequence[str]) -> Spec:
    longest = max((len(each) for each in columns), default=0)
    is_turned = longest > 4 or len(columns) > 8
    return {
        "field": "column",
        "type": "ordinal",
        "sort": None,
        "scale": {"domain": list(range(len(columns))), "padding": 0},
        "axis": {
            "orient": "top",
            "title": None,
            "labelExpr": "columns[datum.value]",
            "labelAngle": -60 if is_turned else 0,
            "labelAlign": "left" if is_turned else "center",
            "labelLimit": 160,
            "ticks": False,
            "domain": False,
            "grid": False,
        },
    }


def _colour(shade: Shade, most: float, title: str) -> Spec:
    if shade == Shade.LEVEL:
        fills = [fill for fill, _ in LEVELS.values()]
        scale = {"domain": list(range(len(fills))), "range": fills}
        legend = {"labelExpr": f"{list(LEVEL_WORDS)}[datum.value]", "columns": 2}
        legend |= {"symbolType": "square", "symbolStrokeColor": LINE}
        return {"type": "ordinal", "title": None, "scale": scale, "legend": legend}
    return {
        "type": "quantitative",
        "title": title,
        "scale": {
            "domain": [0, most],
            "range": list(HEAT if shade == Shade.DISAGREEMENT else AMOUNT),
        },
        "legend": {"gradientLength": 120, "format": NUMBER, "tickCount": 4},
    }


def _dark(shade: Shade, most: float) -> float:
    """Return the value from which on the words in a cell are paper and no longer ink."""
    if shade == Shade.LEVEL:
        return len(LEVELS) - 1.5
    return most * (DARK_AMBER if shade == Shade.DISAGREEMENT else DARK_TEAL)


def _cells(colour: Spec) -> Spec:
    return {
        "mark": {"type": "rect", "stroke": LINE, "strokeWidth": 1},
        "encoding": {"color": {"field": "value", **colour}, **told()},
    }


def _texts(dark: float) -> Spec:
    return {
        "mark": quiet("text"),
        "encoding": {
            "text": {"field": "text", "type": "nominal"},
            "color": {
                "condition": {"test": f"datum.value > {dark}", "value": PAPER},
                "value": INK,
            },
        },
    }
