"""The geometry of the drawings of map and gap. Pure: findings in, positions out.

Colours and marks are the templates'. A drawing never says a number that its table does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.mapping.findings import CurvePoint


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
