"""One chart of every kind, of made-up rows, some of whose words try to be markup or code."""

from typing import Any

from reports.charts.vega.bars import Series, Stack, stacked_bars
from reports.charts.vega.chart import Axis, Chart
from reports.charts.vega.curves import Mark, Point, curve
from reports.charts.vega.grids import Column, Line, grid
from reports.charts.vega.heat_maps import Cell, Shade, heat_map
from reports.charts.vega.identity import FUNCTIONS, LEVELS
from reports.charts.vega.pairs import Pair, paired_bars
from reports.charts.vega.scatters import Dot, Quadrant, scatter
from reports.explorer.chart_view import ChartView

HOSTILE = "<img src=x onerror=alert(1)> ' \" & {{ 7*7 }} datum.value ${x} </script><b>bold</b>"
THRESHOLDS = range(30, 91)
ROLES = ("Technician", "Engineer", "Scientist", "Leader")
QUADRANTS = (
    Quadrant(0, 40, 0, 100, "New standard"),
    Quadrant(40, 70, 0, 100, "Extend"),
    Quadrant(70, 100, 50, 100, "Adapt"),
    Quadrant(70, 100, 0, 50, "Adopt"),
)
PLACES = ((98, 44), (86, 57), (75, 70), (64, 83), (53, 46), (42, 59), (31, 72), (20, 35))


def of_a_curve() -> Chart:
    """Return how many of 137 are unsupported, by threshold; rising, marked at 50 %."""
    points = [Point(at, 2 * at - 59, f"{2 * at - 59} unsupported at {at} %") for at in THRESHOLDS]
    return curve(
        "unsupported",
        title="41 of 137 capabilities are unsupported at 50 %",
        summary="Two more become unsupported with every point of the threshold.",
        points=points,
        x=Axis("Match threshold, %", 30, 90),
        y=Axis("Unsupported capabilities", 0, 137),
        mark=Mark(50, 41, "41 at 50 %"),
    )


def of_several_curves() -> Chart:
    """Return three falling curves; one is called what no curve should be."""
    names = (("Agreed", 1.0), ("Provisional", 0.4), (HOSTILE, 0.1))
    return curve(
        "agreement",
        title="A stricter rule closes fewer cells",
        summary="Agreed, provisional and the rest, by the agreement threshold.",
        points=[
            Point(at, round(share * (200 - at)), f"{name} at {at} %", name)
            for name, share in names
            for at in range(50, 100, 5)
        ],
        x=Axis("Agreement threshold, %"),
        y=Axis("Cells"),
        mark=Mark(75, 125, "125 at 75 %"),
    )


def of_a_scatter() -> Chart:
    """Return eight profiles by fit and surplus; the foremost is called what none should be."""
    names = (HOSTILE, *(f"Profile {at}" for at in range(2, 9)))
    return scatter(
        "quadrants",
        title="One of eight profiles can adopt a standard as it is",
        summary="Three need a new one.",
        dots=[
            Dot(x, y, name, f"{name}: fit {x} %, surplus {y} %")
            for name, (x, y) in zip(names, PLACES, strict=True)
        ],
        x=Axis("Fit, %", 0, 100),
        y=Axis("Surplus, %", 0, 100),
        quadrants=QUADRANTS,
    )


def of_stacks() -> Chart:
    """Return capabilities by partner and function."""
    return stacked_bars(
        "partners",
        title="Manufacturers need most",
        summary="Capabilities by partner and function.",
        rows=[
            Stack(name, {each: (at * 7 + place * 11) % 23 for place, each in enumerate(FUNCTIONS)})
            for at, name in enumerate(("Manufacturer", HOSTILE, "Recycler"))
        ],
        series=[Series(each, each[0], fill) for each, fill in FUNCTIONS.items()],
        x=Axis("Capabilities"),
    )


def of_pairs() -> Chart:
    """Return today and the future by function."""
    return paired_bars(
        "today",
        title="Design grows most",
        summary="Capabilities in use today and needed in the future, by function.",
        rows=[
            Pair(each, 10 + 7 * at, 20 + 11 * at, f"{10 + 7 * at} %", f"{20 + 11 * at} %")
            for at, each in enumerate((*FUNCTIONS, HOSTILE))
        ],
        names=("Today", "Future"),
        x=Axis("Capabilities, %", 0, 100),
        fills=FUNCTIONS,
    )


def of_heat(columns: int = 4, shade: Shade = Shade.DISAGREEMENT) -> Chart:
    """Return a heat map of five rows; one has a name that none should have."""
    rows = ("Research and development", "Process design", HOSTILE, "Purchasing", "Supply")
    names = ROLES if columns == len(ROLES) else tuple(f"P-{at:04}" for at in range(columns))
    values = {
        (row, column): (row + column) % 4 if shade == Shade.LEVEL else row * column % 7 / 7
        for row in range(len(rows))
        for column in range(columns)
    }
    return heat_map(
        f"heat-{shade.value}-{columns}",
        title="Panels disagree most on purchasing",
        summary="Dispersion by area and role level.",
        rows=rows,
        columns=names,
        cells=[
            Cell(row, column, value, f"{value:.2f}", f"{rows[row]}, {names[column]}: {value:.2f}")
            for (row, column), value in values.items()
        ],
        value_title="Dispersion, 0 to 1",
        highest=1,
        shade=shade,
    )


def of_a_grid() -> Chart:
    """Return a grid of two groups; a row's words try to be more, and are too long for a line."""
    columns = [Column(name, name[:1], *LEVELS[name[:1]]) for name in ("Awareness", "Expert")]
    return grid(
        "matrix",
        title="One of two capabilities is unsupported",
        summary="Capabilities by level.",
        lines=[
            Line("C-001", "Knead by hand", 0, True, "C-001: Awareness, unsupported", "Implement"),
            Line("C-002", f"{HOSTILE} {HOSTILE}", 1, False, HOSTILE, "Support"),
            Line("C-003", "Prove the dough", 1, None, "C-003: Expert, not compared", "Support"),
        ],
        columns=columns,
        flag="Unsupported",
    )


def samples() -> list[Chart]:
    """Return one chart of every kind."""
    return [
        of_a_curve(),
        of_several_curves(),
        of_a_scatter(),
        of_stacks(),
        of_pairs(),
        of_heat(),
        of_heat(30, Shade.AMOUNT),
        of_heat(4, Shade.LEVEL),
        of_a_grid(),
    ]


def view_of(chart: Chart, *, is_inline: bool = True) -> ChartView:
    """Return a chart as a page shows it, at addresses of its own."""
    spec: Any = chart.spec if is_inline else None
    return ChartView(
        name=chart.name,
        title=chart.title,
        summary=chart.summary,
        height=int(chart.spec["height"]),
        spec=spec,
        spec_href=f"/charts/{chart.name}.json",
        picture_href=f"/charts/{chart.name}.svg?plain=1",
        svg_href=f"/charts/{chart.name}.svg",
        png_href=f"/charts/{chart.name}.png",
        table_id="",
    )
