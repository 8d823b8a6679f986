"""The marks that a drawing is made of. Colours are names; the template knows their values.

A mark knows nothing of what it stands for. Every text it carries was written by its caller.
"""

from dataclasses import dataclass
from textwrap import wrap


@dataclass(frozen=True)
class Box:
    """A rectangle. ``edge`` is the colour of its outline, empty for none."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    edge: str = ""
    kind: str = "box"


@dataclass(frozen=True)
class Line:
    """A straight line; ``is_dashed`` for one that marks a value and is not data."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float = 1.0
    is_dashed: bool = False
    kind: str = "line"


@dataclass(frozen=True)
class Path:
    """A line through points, written as SVG takes them: ``x,y x,y``."""

    points: str
    colour: str
    kind: str = "path"


@dataclass(frozen=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: float
    fill: str
    kind: str = "dot"


@dataclass(frozen=True)
class Words:
    """A line of text. ``anchor`` is start, middle or end."""

    x: float
    y: float
    text: str
    colour: str = "ink"
    anchor: str = "start"
    is_strong: bool = False
    size: float = 13.0
    kind: str = "words"


Mark = Box | Line | Path | Dot | Words


@dataclass(frozen=True)
class Drawing:
    """A finished drawing: ``title`` says what is seen, for those who cannot see it."""

    width: int
    height: int
    title: str
    marks: tuple[Mark, ...]


def label_lines(text: str, width: int, most: int = 2) -> list[str]:
    """Return a label broken into lines of at most ``width`` letters, cut with an ellipsis."""
    lines = wrap(text, width, break_long_words=True) or [""]
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], lines[most - 1][: width - 1].rstrip() + "…"]


def label(text: str, x: float, middle: float, width: int) -> list[Words]:
    """Return a label of one or two lines, centred on ``middle``, ending at ``x``."""
    lines = label_lines(text, width)
    first = middle + 4.5 - 8 * (len(lines) - 1)
    return [Words(x, first + 16 * at, line, anchor="end") for at, line in enumerate(lines)]


def key(entries: list[tuple[str, str, str]], x: float, y: float) -> list[Mark]:
    """Return a key of (text, fill, edge) swatches in one row."""
    marks: list[Mark] = []
    for text, fill, edge in entries:
        marks.append(Box(x, y - 11, 13, 13, fill, edge))
        marks.append(Words(x + 19, y, text, colour="muted"))
        x += 38 + 6.6 * len(text)
    return marks


def place(value: float) -> float:
    """Return a position to a tenth of a unit: finer than any eye, and the same on each machine."""
    return round(value, 1)
