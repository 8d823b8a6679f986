"""The geometry of the drawings of map and gap. Pure: findings in, positions out.

Colours and marks are the templates'. A drawing never says a number that its table does not.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from consensus.matching import HIGH_FIT_PERCENT, HIGH_SURPLUS_PERCENT, MIDDLING_FIT_PERCENT
from reports.mapping.findings import CurvePoint

LABELLED = 5


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where, and what it says."""

    at: float
    label: str


@dataclass(frozen=True)
class Box:
    """The drawing's size and the edges of its plot; values are mapped into the plot."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int

    def x(self, share: float) -> float:
        """Return the position of a share (0 to 1) of the way across."""
        return round(self.left + share * (self.right - self.left), 1)

    def y(self, share: float) -> float:
        """Return the position of a share (0 to 1) of the way up."""
        return round(self.bottom - share * (self.bottom - self.top), 1)


CURVE_BOX = Box(width=640, height=240, left=44, right=624, top=16, bottom=204)
SCATTER_BOX = Box(width=640, height=480, left=60, right=620, top=20, bottom=420)


@dataclass(frozen=True)
class Mark:
    """The point that is pointed out, and where its words stand so as not to leave the box."""

    x: float
    y: float
    label: str
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True)
class CurveChart:
    """Unsupported capabilities by threshold; ``mark`` is the threshold in force."""

    box: Box
    points: str
    across: tuple[Tick, ...]
    upward: tuple[Tick, ...]
    mark: Mark


@dataclass(frozen=True)
class Dot:
    """One place of the scatter; ``label`` numbers those that stand there and are named."""

    x: float
    y: float
    label: str
    text_x: float
    anchor: str


@dataclass(frozen=True)
class Region:
    """One response's part of the scatter."""

    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True)
class Scatter:
    """Fit across, surplus upward."""

    box: Box
    across: tuple[Tick, ...]
    upward: tuple[Tick, ...]
    regions: tuple[Region, ...]
    dots: tuple[Dot, ...]


def curve_chart(
    curve: Sequence[CurvePoint], threshold: int, current_count: int, total: int
) -> CurveChart:
    """Lay out the curve with the threshold in force marked on it, at the edge if outside it."""
    box, ceiling = CURVE_BOX, max(total, 1)
    first, last = curve[0].threshold_percent, curve[-1].threshold_percent

    def x(value: float) -> float:
        return box.x((min(max(value, first), last) - first) / (last - first))

    label = f"{current_count:,} at {threshold} %"
    return CurveChart(
        box=box,
        points=" ".join(
            f"{x(each.threshold_percent)},{box.y(each.unsupported_count / ceiling)}"
            for each in curve
        ),
        across=tuple(Tick(x(value), f"{value}") for value in range(first, last + 1, 10)),
        upward=tuple(Tick(box.y(value / ceiling), f"{value:,}") for value in _steps(ceiling)),
        mark=_mark(box, x(threshold), box.y(current_count / ceiling), label),
    )


def _mark(box: Box, x: float, y: float, label: str) -> Mark:
    is_right = x > (box.left + box.right) / 2
    has_room_above = y > box.top + 24
    return Mark(
        x=x,
        y=y,
        label=label,
        text_x=x - 12 if is_right else x + 12,
        text_y=y - 12 if has_room_above else y + 24,
        anchor="end" if is_right else "start",
    )


def _steps(ceiling: int) -> range:
    sizes = (size * 10**power for power in range(7) for size in (1, 2, 5))
    return range(0, ceiling + 1, next(size for size in sizes if size * 5 >= ceiling))


def scatter(places: Sequence[tuple[float, float]]) -> Scatter:
    """Lay out (fit, surplus) pairs in per cent, best first; the first five are numbered.

    Pairs at the same place share a dot, so that none hides another.
    """
    box = SCATTER_BOX
    numbers: dict[tuple[float, float], list[int]] = defaultdict(list)
    for number, place in enumerate(places, 1):
        numbers[place].append(number)
    return Scatter(
        box=box,
        across=tuple(Tick(box.x(value / 100), f"{value}") for value in range(0, 101, 20)),
        upward=tuple(Tick(box.y(value / 100), f"{value}") for value in range(0, 101, 20)),
        regions=_regions(box),
        dots=tuple(
            _dot(box, fit, surplus, held) for (fit, surplus), held in reversed(numbers.items())
        ),
    )


def _dot(box: Box, fit: float, surplus: float, held: Sequence[int]) -> Dot:
    x = box.x(fit / 100)
    is_crowded = x > box.right - 60
    return Dot(
        x=x,
        y=box.y(surplus / 100),
        label=", ".join(str(each) for each in held if each <= LABELLED),
        text_x=x - 12 if is_crowded else x + 12,
        anchor="end" if is_crowded else "start",
    )


def _regions(box: Box) -> tuple[Region, ...]:
    middling, high = box.x(MIDDLING_FIT_PERCENT / 100), box.x(HIGH_FIT_PERCENT / 100)
    half, whole = box.y(HIGH_SURPLUS_PERCENT / 100), box.bottom - box.top
    return (
        Region(box.left, box.top, middling - box.left, whole, "New standard"),
        Region(middling, box.top, high - middling, whole, "Extend"),
        Region(high, box.top, box.right - high, half - box.top, "Adapt"),
        Region(high, half, box.right - high, box.bottom - half, "Adopt"),
    )
