"""How a document's facts are said: days, counts, lists. Words only, no facts of their own."""

from collections.abc import Sequence
from datetime import date


def day_words(day: date) -> str:
    """Return a day as it is said in the United Kingdom: ``2 March 2026``."""
    return f"{day.day} {day:%B %Y}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun: ``1 profile``, ``1,204 items``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def percent_words(value: float) -> str:
    """Return a percentage with one decimal: ``31.4 %``."""
    return f"{value:.1f}\u00a0%"


def sentence_list(parts: Sequence[str]) -> str:
    """Return parts as a phrase: ``a, b and c``."""
    *most, last = parts or ("",)
    return f"{', '.join(most)} and {last}" if most else last


def tops(values: Sequence[tuple[float, str]]) -> list[str]:
    """Return the names with the highest value, all of them where several tie."""
    highest = max((value for value, _ in values), default=None)
    return [name for value, name in values if value == highest]


def capital(text: str) -> str:
    """Return the text with its first letter raised, the rest as it is."""
    return text[:1].upper() + text[1:]
