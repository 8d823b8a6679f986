"""How pages name proficiency, and link capabilities and profiles by their codes. No queries."""

from collections.abc import Callable, Sequence
from typing import Any

from consensus.scale import PROFICIENCY_LETTERS, PROFICIENCY_WORDS
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.look import Look

LETTERS = dict(zip(PROFICIENCY_WORDS, PROFICIENCY_LETTERS, strict=True))
NEEDED = PROFICIENCY_WORDS[1:]
NOT_NEEDED = PROFICIENCY_WORDS[0]
MOST_CODES = 6
YES, NO = "yes", "no"
STATUS_TAGS = {"ratified": ("Ratified", "done"), "proposed": ("Prototype", "attention")}


def capability_code(page: str, read: Callable[[Any], str]) -> Column[Any]:
    """Return the column of a capability's code, which leads to its page under ``page``."""
    return Column(
        "code",
        "Code",
        "The capability's code.",
        read,
        Kind.CODE,
        show=lambda look, row: Shown(read(row), look.href(page, read(row))),
    )


def code_links(look: Look, page: str, codes: Sequence[str]) -> Shown:
    """Return codes as links to their pages, the first few, and how many more there are."""
    more = len(codes) - MOST_CODES
    return Shown(
        "",
        links=tuple((code, look.href(page, code)) for code in codes[:MOST_CODES]),
        note=f"and {more:,} more" if more > 0 else "",
    )


def level_shown(level: str) -> Shown:
    """Return a level of proficiency as its letter in its colour; nothing where there is none."""
    return Shown("", level=LETTERS.get(level, ""))


def count_words(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: ``1 profile``, ``26 profiles``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
