"""How counts of answers and figures of agreement are said, and the counts as columns of files."""

from collections.abc import Callable
from typing import TypeVar

from consensus.scale import PROFICIENCY_WORDS
from reports.explorer.columns import Column, Kind

Row = TypeVar("Row")
WITHHELD = "Withheld: too few rated"
LEAST_LUCK = 0.1


def said_words(counts: tuple[int, ...]) -> str:
    """Return counts of N, A, P and E as a phrase: ``2 of 26 said Awareness, 24 Expert``."""
    if not counts:
        return WITHHELD
    said = [(count, name) for count, name in zip(counts, PROFICIENCY_WORDS, strict=True) if count]
    if not said:
        return "Nobody rated"
    first, *more = said
    words = f"{first[0]:,} of {sum(counts):,} said {first[1]}"
    return ", ".join([words, *(f"{count:,} {name}" for count, name in more)])


def count_columns(read: Callable[[Row], tuple[int, ...]]) -> tuple[Column[Row], ...]:
    """Return a column of every level for files: how many said it, empty where withheld."""
    return tuple(_count_column(read, place) for place in range(len(PROFICIENCY_WORDS)))


def _count_column(read: Callable[[Row], tuple[int, ...]], place: int) -> Column[Row]:
    name = PROFICIENCY_WORDS[place]
    return Column(
        f"said_{name.lower().replace(' ', '_')}",
        f"Said {name}",
        f"How many said {name}; empty where too few rated to show.",
        lambda row: read(row)[place] if read(row) else None,
        Kind.NUMBER,
        is_shown=False,
    )


def luck_words(chance: float | None) -> str:
    """Return the chance of settling by luck in words; empty where it is not known."""
    if chance is None:
        return ""
    percent = 100 * chance
    return "<\N{NO-BREAK SPACE}0.1 %" if percent < LEAST_LUCK else f"{percent:.1f} %"


def figure_words(value: float | None) -> str:
    """Return a figure with two decimals; empty where it is not known."""
    return "" if value is None else f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
