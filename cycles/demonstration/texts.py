"""Reads the demonstration's files. What they say is illustrative; nothing here acts on it."""

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
STANDARDS = sorted((HERE / "standards").glob("*.json"))
LIBRARY = HERE / "library.csv"
KSBS = HERE / "ksbs.csv"
FRAMEWORK_NAME = "Illustrative occupational standards"
LETTERS = "NAPE"


@dataclass(frozen=True)
class LatentCapability:
    """A capability as its simulated raters see it: the level each role level truly needs.

    ``levels`` are codes of ``consensus.scale`` in the order of the cycle's role levels.
    ``dissent`` is 0 for plain agreement, 1 for a spread of views, 2 for two camps.
    """

    function: str
    domain: str
    area: str
    text: str
    partners: tuple[str, ...]
    levels: tuple[int, ...]
    dissent: int


@cache
def cycle_facts() -> dict[str, Any]:
    """Return what the demonstration says of its cycle and its cast."""
    facts: dict[str, Any] = json.loads((HERE / "cycle.json").read_text(encoding="utf-8"))
    return facts


@cache
def following_facts() -> dict[str, Any]:
    """Return what came after the demonstration's findings: moves of actions, further subjects."""
    facts: dict[str, Any] = json.loads((HERE / "following.json").read_text(encoding="utf-8"))
    return facts


@cache
def capabilities() -> tuple[LatentCapability, ...]:
    """Return the demonstration's capabilities in file order."""
    columns = [level["key"] for level in cycle_facts()["role_levels"]]
    with (HERE / "capabilities.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            LatentCapability(
                function=row["function"],
                domain=row["domain"],
                area=row["area"],
                text=row["statement"],
                partners=tuple(row["partners"].split(";")),
                levels=tuple(LETTERS.index(row[column]) for column in columns),
                dissent=int(row["dissent"]),
            )
            for row in csv.DictReader(file)
        )
