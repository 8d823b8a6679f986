"""Plots on two axes: a curve over thresholds, and fit against surplus."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.drawing import Box, Dot, Drawing, Line, Mark, Path, Words, place

WIDTH = 640
NEAR = 23
OFFSETS = (4.5, -9, 18, -22, 31, -38, 47, -54, 63, -70, 79, -86, 95, 111, 127, 143)


@dataclass(frozen=True)
class Room:
    """The room that a mark takes up."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Room") -> bool:
        """Say whether the two overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Frame:
    """A plotting area with its two scales: from values to positions."""

    def __init__(
        self, height: int, across: tuple[float, float], upward: tuple[float, float]
    ) -> None:
        self.left, self.right, self.top, self.bottom = 56.0, 624.0, 14.0, height - 48.0
        self._across, self._upward = across, upward

    def x(self, value: float) -> float:
        """Return the position of a value on the axis that goes across."""
        low, high = self._across
        kept = min(max(value, low), high)
        return place(self.left + (kept - low) / (high - low) * (self.right - self.left))

    def y(self, value: float) -> float:
        """Return the position of a value on the axis that goes up."""
        low, high = self._upward
        return place(self.bottom - (value - low) / (high - low) * (self.bottom - self.top))

    def axes(
        self, across: Sequence[int], upward: Sequence[int], names: tuple[str, str]
    ) -> list[Mark]:
        """Return lines, numbers and names of both axes."""
        marks: list[Mark] = []
        for value in upward:
            y = self.y(value)
            marks.append(Line(self.left, y, self.right, y, "line"))
            marks.append(Words(self.left - 8, y + 4.5, f"{value:,}", "muted", "end"))
        for value in across:
            x = self.x(value)
            marks.append(Line(x, self.bottom, x, self.bottom + 5, "muted"))
            marks.append(Words(x, self.bottom + 19, f"{value:,}", "muted", "middle"))
        middle = (self.left + self.right) / 2
        marks.append(Words(middle, self.bottom + 40, names[0], "muted", "middle"))
        marks.append(Words(self.left + 6, self.top + 6, names[1], "muted"))
        return marks


def threshold_curve(
    points: Sequence[tuple[int, int]], mark: tuple[int, int], total: int, title: str
) -> Drawing:
    """Draw how many capabilities are unsupported by threshold; ``mark`` is the one in force."""
    height = 300
    frame = Frame(height, (points[0][0], points[-1][0]), (0, max(total, 1)))
    marks = frame.axes(
        range(points[0][0], points[-1][0] + 1, 10),
        round_steps(total),
        ("Match threshold, %", "Unsupported capabilities"),
    )
    marks.append(Path(" ".join(f"{frame.x(x)},{frame.y(y)}" for x, y in points), "accent"))
    x, y = frame.x(mark[0]), frame.y(mark[1])
    # The curve only rises, so above it and to the left there is always room; not at the axis.
    has_room = x > frame.left + 130
    marks += [
        Line(x, frame.top + 14, x, frame.bottom, "amber", 1.5, is_dashed=True),
        Dot(x, y, 5, "amber"),
        Words(
            x - 10 if has_room else x + 12,
            max(y - 8, frame.top + 34) if has_room else y - 10,
            f"{mark[1]:,} at {mark[0]} %",
            anchor="end" if has_room else "start",
            is_strong=True,
        ),
    ]
    return Drawing(WIDTH, height, title, tuple(marks))


def round_steps(total: int) -> list[int]:
    """Return up to six round numbers from 0 to ``total``."""
    ceiling = max(total, 1)
    step = next(
        size * 10**power
        for power in range(9)
        for size in (1, 2, 5)
        if size * 10**power * 5 >= ceiling
    )
    return list(range(0, ceiling + 1, step))


def fit_and_surplus(
    places: Sequence[tuple[float, float, str]], cuts: tuple[int, int, int], title: str
) -> Drawing:
    """Draw (fit, surplus, label) in per cent, with the responses' regions behind.

    ``cuts`` are where extending begins, where fit is high, and where surplus is high. Places that
    coincide share a dot and their labels.
    """
    height = 430
    frame = Frame(height, (0, 100), (0, 100))
    steps = range(0, 101, 20)
    frame.top = 34.0
    marks: list[Mark] = [*_regions(frame, cuts)]
    marks += frame.axes(steps, steps, ("Fit, %", ""))
    marks.append(Words(frame.left - 32, 13, "Surplus, %", "muted"))
    held: dict[tuple[float, float], list[str]] = defaultdict(list)
    for fit, surplus, text in places:
        held[frame.x(fit), frame.y(surplus)].append(text)
    marks += [Dot(x, y, 4.5, "accent") for x, y in held]
    named = {at: ", ".join(text for text in texts if text) for at, texts in held.items()}
    marks += _labels({at: text for at, text in named.items() if text}, list(held), frame)
    return Drawing(WIDTH, height, title, tuple(marks))


def _labels(
    named: dict[tuple[float, float], str], dots: list[tuple[float, float]], frame: Frame
) -> list[Mark]:
    """Place each label by its dot, clear of dots and labels; a thin line ties those further off."""
    taken = [Room(x - 5, y - 5, x + 5, y + 5) for x, y in dots]
    placed: list[Mark] = []
    for (x, y), text in named.items():
        tries = [
            Words(place(x + dx), place(y + dy), text, "ink", anchor)
            for dy in OFFSETS
            for dx, anchor in ((9, "start"), (-9, "end"))
        ]
        words = next((each for each in tries if _is_free(_room(each), taken, frame)), tries[0])
        taken.append(_room(words))
        if abs(words.y - y) > NEAR:
            placed.append(Line(x, y, words.x, place(words.y - 4), "muted", 0.75))
        placed.append(words)
    return placed


def _room(words: Words) -> Room:
    width = 7.2 * len(words.text)
    left = words.x - width if words.anchor == "end" else words.x
    return Room(left, words.y - 11, left + width, words.y + 3)


def _is_free(room: Room, taken: list[Room], frame: Frame) -> bool:
    is_inside = frame.left < room.left and room.right < frame.right and room.top > frame.top - 20
    return is_inside and not any(room.meets(each) for each in taken)


def _regions(frame: Frame, cuts: tuple[int, int, int]) -> list[Mark]:
    middling, high, surplus = cuts
    low, top = frame.bottom, frame.top
    spans = (
        (0, middling, top, low, "New standard", "paper"),
        (middling, high, top, low, "Extend", "wash"),
        (high, 100, top, frame.y(surplus), "Adapt", "paper"),
        (high, 100, frame.y(surplus), low, "Adopt", "accent-wash"),
    )
    marks: list[Mark] = []
    for start, end, above, below, name, fill in spans:
        x = frame.x(start)
        marks.append(Box(x, above, place(frame.x(end) - x), place(below - above), fill, "line"))
        marks.append(Words(x + 8, place(below - 9), name, "muted", is_strong=True))
    return marks
