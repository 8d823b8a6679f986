"""What a reader may choose of in a form or a long list. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One choice of a filter."""

    value: str
    label: str
    is_chosen: bool


def page_number(asked: str, last: int) -> int:
    """Return the page asked for, or the nearest that there is."""
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 7
    return min(max(int(asked), 1), last) if is_number else 1
