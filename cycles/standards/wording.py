"""How a framework and a level are said, the same on every screen, in files and in print.

Nothing is read here.
"""

from datetime import date

from cycles.standards.models import UNKNOWN_LEVEL, Framework

UNKNOWN = "unknown"


def in_words(framework: Framework) -> str:
    """Return ``IfATE 2021, version 1, snapshot of 3 May 2021``: what finds the same text again."""
    return words_for(framework.name, framework.version, framework.snapshot_on)


def words_for(name: str, version: str, snapshot_on: date) -> str:
    """Return the same of facts that were kept apart from the framework, as a run does."""
    numbered = f"version {version}" if version else ""
    return ", ".join(filter(None, (name, numbered, snapshot_words(snapshot_on))))


def snapshot_words(snapshot_on: date) -> str:
    """Return ``snapshot of 3 May 2021``: the day the standards stood as they are held here."""
    return f"snapshot of {snapshot_on.day} {snapshot_on:%B %Y}"


def is_stated(level: int | None) -> bool:
    """Say whether the source of a standard states its level."""
    return level is not None and level != UNKNOWN_LEVEL


def level_words(level: int | None) -> str:
    """Return ``level 3``, or ``level unknown`` where the source states none."""
    return f"level {level_cell(level)}"


def level_cell(level: int | None) -> str:
    """Return the same where a heading says that it is the level: ``3``, or ``unknown``."""
    return str(level_value(level))


def level_value(level: int | None) -> int | str:
    """Return a level as a file of a table holds it: a number to count with, or ``unknown``."""
    return level if level is not None and is_stated(level) else UNKNOWN
