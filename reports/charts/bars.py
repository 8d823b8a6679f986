"""Bars: pairs beside each other, and stacks of parts. Values come with the words they print."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.drawing import Box, Drawing, Mark, Words, key, label, place

WIDTH = 640
LABEL_END = 196
LABEL_LETTERS = 30
START = 208
INSIDE = 17.0


@dataclass(frozen=True)
class Pair:
    """A row of two bars, today above the future. Values are shares of ``maximum``."""

    label: str
    fill: str
    today: float
    future: float
    today_words: str
    future_words: str


@dataclass(frozen=True)
class Part:
    """A part of a stack: how much, and its colour."""

    value: float
    fill: str
    edge: str = ""
    text: str = "paper"
    words: str = ""


@dataclass(frozen=True)
class Stack:
    """A row of parts, with the words that stand after it."""

    label: str
    parts: tuple[Part, ...]
    total_words: str


def paired_bars(rows: Sequence[Pair], title: str, names: tuple[str, str]) -> Drawing:
    """Draw two bars a row: an outline for the first name, a filled bar for the second."""
    end = WIDTH - 96
    maximum = max([1.0, *(max(row.today, row.future) for row in rows)])
    marks = key([(names[0], "paper", "accent"), (names[1], "accent", "")], START, 16)
    top = 34.0
    for row in rows:
        marks += label(row.label, LABEL_END, top + 18, LABEL_LETTERS)
        for at, value, words in (
            (0, row.today, row.today_words),
            (1, row.future, row.future_words),
        ):
            y = top + at * 19
            width = place((end - START) * value / maximum)
            edge = row.fill if at == 0 else ""
            marks.append(Box(START, y + 0.5, width, 15, "paper" if at == 0 else row.fill, edge))
            colour = "muted" if at == 0 else "ink"
            marks.append(Words(START + width + 7, y + 12.5, words, colour=colour))
        top += 48
    return Drawing(WIDTH, int(top), title, tuple(marks))


def stacked_bars(
    rows: Sequence[Stack],
    title: str,
    entries: list[tuple[str, str, str]],
    maximum: float | None = None,
) -> Drawing:
    """Draw one bar a row, in parts; a part says its words where there is room for them."""
    end = WIDTH - 56
    most = maximum or max([1.0, *(sum(part.value for part in row.parts) for row in rows)])
    marks = _keys(entries)
    top = 18.0 + 20 * len(_split(entries)) if entries else 4.0
    for row in rows:
        marks += label(row.label, LABEL_END, top + 12, LABEL_LETTERS)
        x = float(START)
        for part in row.parts:
            width = place((end - START) * part.value / most)
            marks += _part(part, x, top, width)
            x += width
        marks.append(Words(x + 7, top + 16.5, row.total_words, colour="muted"))
        top += 38
    return Drawing(WIDTH, int(top), title, tuple(marks))


def _part(part: Part, x: float, top: float, width: float) -> list[Mark]:
    if not width:
        return []
    marks: list[Mark] = [Box(place(x), top, width, 24, part.fill, part.edge or "paper")]
    if width >= INSIDE and len(part.words) * 7 < width:
        marks.append(
            Words(place(x + width / 2), top + 16.5, part.words, colour=part.text, anchor="middle")
        )
    return marks


def _split(entries: list[tuple[str, str, str]]) -> list[list[tuple[str, str, str]]]:
    """Break a key into rows that fit the width."""
    rows: list[list[tuple[str, str, str]]] = [[]]
    room = float(WIDTH)
    for entry in entries:
        needed = 38 + 6.6 * len(entry[0])
        if needed > room and rows[-1]:
            rows.append([])
            room = float(WIDTH)
        rows[-1].append(entry)
        room -= needed
    return rows


def _keys(entries: list[tuple[str, str, str]]) -> list[Mark]:
    return [mark for at, row in enumerate(_split(entries)) for mark in key(row, 0, 16 + 20 * at)]
