"""The numbers that prose can name, where two versions differ. Pure."""

from dataclasses import dataclass

from reports.document.facts import Document
from reports.narrative.numbers import NUMBERS, Number

MINUS = "\u2212"


@dataclass(frozen=True)
class NumberChange:
    """A number under its name, on both sides. ``difference`` is empty where one is not known."""

    name: str
    meaning: str
    before: str
    after: str
    difference: str


def number_changes(before: Document, after: Document) -> tuple[NumberChange, ...]:
    """Return the named numbers that differ, in their own order."""
    changes = (_change(each, before, after) for each in NUMBERS)
    return tuple(each for each in changes if each.before != each.after)


def _change(number: Number, before: Document, after: Document) -> NumberChange:
    old, new = number.read(before), number.read(after)
    return NumberChange(
        name=number.name,
        meaning=number.meaning,
        before=number.words(before),
        after=number.words(after),
        difference=signed(old, new, is_share=not number.noun),
    )


def signed(before: float | None, after: float | None, *, is_share: bool) -> str:
    """Return by how much a number differs, with its sign: ``+3``, ``−1.2 points``.

    A share differs in points. Empty where either is not known or both are the same.
    """
    if before is None or after is None or before == after:
        return ""
    sign, by = "+" if after > before else MINUS, abs(after - before)
    if is_share:
        return f"{sign}{by:.1f} points"
    return f"{sign}{by:,}" if isinstance(by, int) else f"{sign}{by:,.1f}"
