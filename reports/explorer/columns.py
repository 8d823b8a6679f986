"""Columns: what one says, how it reads a row, and how a page shows it. No queries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from reports.explorer.look import Look

Row = TypeVar("Row")
Value = str | int | float | bool | date | tuple[str, ...] | None


class Kind(StrEnum):
    """What a column holds; a percentage is a number of per cent with one decimal.

    A code never breaks; a statement is a sentence, which gets more room than other words.
    """

    CODE = "code"
    STATEMENT = "statement"
    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    FLAG = "flag"
    DATE = "date"
    LIST = "list"


@dataclass(frozen=True)
class Shown:
    """A cell as a page shows it.

    ``note`` is a small line below, ``bar`` a value of 100 drawn beside the text in the colour of
    ``bar_kind``, ``tags`` are (words, kind) as the macro ``tag`` takes them. ``links`` are (words,
    address) of several things, ``levels`` how many are N, A, P and E, drawn as one bar;
    ``level`` is one of these letters, drawn in its colour.
    """

    text: str
    href: str = ""
    note: str = ""
    bar: float | None = None
    bar_kind: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    levels: tuple[int, ...] = ()
    level: str = ""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column of a table, on the page and in every download.

    ``key`` stands in addresses and JSON, ``heading`` on the page and in CSV, with its unit.
    ``meaning`` defines it in a sentence. ``read`` gives the value, which sorts and downloads;
    ``show`` what a page shows of it. ``is_shown`` False: downloads only.
    """

    key: str
    heading: str
    meaning: str
    read: Callable[[Row], Value]
    kind: Kind = Kind.TEXT
    show: Callable[[Look, Row], Shown] | None = None
    is_shown: bool = True

    @property
    def label(self) -> str:
        """Return the heading as a page shows it: its cells say their per cent themselves."""
        return self.heading.removesuffix(", %")

    @property
    def is_numeric(self) -> bool:
        """Say whether its values are numbers, which stand to the right."""
        return self.kind in (Kind.NUMBER, Kind.PERCENT)

    def cell(self, look: Look, row: Row) -> Shown:
        """Return the cell of a row as a page shows it."""
        return self.show(look, row) if self.show else Shown(words_of(self.read(row), self.kind))


def words_of(value: Value, kind: Kind) -> str:
    """Return a value in words: yes or no, a UK date, digits in threes; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if kind == Kind.PERCENT:
        # A whole number is a threshold; a share has its decimal even where that is nought.
        return f"{value:.1f}\u00a0%" if isinstance(value, float) else f"{value}\u00a0%"
    return f"{value:,}" if isinstance(value, int | float) else value


def sort_key(value: Value) -> tuple[int, float, str]:
    """Return what values of one column are ordered by; what is missing comes last."""
    if value is None or value in ("", ()):
        return (1, 0.0, "")
    if isinstance(value, bool | int | float):
        return (0, float(value), "")
    if isinstance(value, date):
        return (0, float(value.toordinal()), "")
    return (0, 0.0, (", ".join(value) if isinstance(value, tuple) else value).casefold())
