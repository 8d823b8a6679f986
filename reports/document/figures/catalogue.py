"""The names of a report's figures, as prose may use them: ``{{ figure:fit-surplus }}``.

Names and nothing else: whether a report has the data for one is known to ``figures_of``.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class FigureName:
    """A name, or with ``example`` a pattern of names. ``meaning`` says what the figure shows."""

    name: str
    meaning: str
    example: str = ""

    @property
    def is_pattern(self) -> bool:
        """Say whether it stands for several figures."""
        return bool(self.example)


FIGURE_NAMES: tuple[FigureName, ...] = (
    FigureName("functions", "Capabilities by function, today and in the future"),
    FigureName("partners", "Capabilities that each supply-chain partner needs, by function"),
    FigureName("consensus", "What the panel's ratings came to, by role level, with dissent"),
    FigureName("proficiency", "The proficiency that each role level needs"),
    FigureName(
        "profiles-<number>",
        "The profiles of one role level by proficiency, its place counted from 1",
        "profiles-1",
    ),
    FigureName("worked-example", "Fit and surplus worked out on one profile and one standard"),
    FigureName("fit-surplus", "Every profile against its best standard"),
    FigureName("threshold", "How many capabilities are unsupported at each match threshold"),
    FigureName("priorities", "The profiles in order of priority, with what nothing supports"),
    FigureName(
        "matrix-<code>",
        "The capabilities of one of the first priority profiles, by area and level",
        "matrix-P-0001",
    ),
)
PATTERNS = (re.compile(r"profiles-[1-9]\d*"), re.compile(r"matrix-P-\d{4,}"))


def is_figure_name(name: str) -> bool:
    """Say whether a report may have a figure of that name; this one need not."""
    known = any(each.name == name for each in FIGURE_NAMES if not each.is_pattern)
    return known or any(pattern.fullmatch(name) for pattern in PATTERNS)


def profiles_key(place: int) -> str:
    """Return the name of the figure of a role level's profiles, by the level's place from 0."""
    return f"profiles-{place + 1}"


def matrix_key(code: str) -> str:
    """Return the name of the figure of a profile's matrix."""
    return f"matrix-{code}"
