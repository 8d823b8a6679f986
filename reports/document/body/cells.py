"""Cells and columns, written shortly. Words only; no count is made here."""

from collections.abc import Iterable
from datetime import date

from reports.document.body.blocks import Cell, Column, Table
from reports.document.wording import day_words, percent_words

NONE = "–"
NOT_RECORDED = "not recorded"


def text(words: str, otherwise: str = NONE) -> Cell:
    """Return words, or what stands where there are none."""
    return Cell(words or otherwise)


def code(words: str) -> Cell:
    """Return a code, which is never broken."""
    return Cell(words, is_nowrap=True)


def count(value: int | None) -> Cell:
    """Return a count; None is a dash."""
    return Cell(NONE if value is None else f"{value:,}", value)


def percent(value: float | None) -> Cell:
    """Return a percentage with one decimal; None is a dash."""
    return Cell(NONE if value is None else percent_words(value), value)


def share(value: int, percentage: float | None) -> Cell:
    """Return a percentage with the count it stands for: ``31.4 % (43)``."""
    return Cell(f"{percent(percentage).words} ({value:,})", percentage)


def part(value: int, whole: int) -> Cell:
    """Return a count of a whole: ``43 of 137``."""
    return Cell(f"{value:,} of {whole:,}", value)


def day(value: date | None) -> Cell:
    """Return a day in words."""
    return Cell(day_words(value) if value else NOT_RECORDED, is_nowrap=True)


def lines(*parts: str) -> Cell:
    """Return a cell of several lines, the empty ones left out."""
    return Cell("\n".join(each for each in parts if each))


def columns(*parts: tuple[str, int] | tuple[str, int, str]) -> tuple[Column, ...]:
    """Return columns from (heading, width in per cent) and (heading, width, "n") for numbers."""
    return tuple(Column(each[0], each[1], len(each) > 2) for each in parts)


def table(
    key: str,
    caption: str,
    heads: tuple[Column, ...],
    rows: Iterable[tuple[Cell, ...]],
    *,
    heading: int = 0,
    empty: str = Table.empty,
) -> Table:
    """Return a table."""
    return Table(key, caption, heads, tuple(rows), heading, empty)
