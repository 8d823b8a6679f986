"""Statements of known occupations, as O*NET publishes them, and the halves of their job families.

Here lives the reading of a file and the parting of families; nothing is imported into the
library here, and nothing is learnt.
"""

import hashlib
from collections.abc import Collection
from pathlib import Path

from cycles.semantics.links import OCCUPATION, TASK, rows_of
from cycles.semantics.vectors import normalise

FAMILY_DIGITS = 2


def read_occupations(path: Path) -> dict[str, tuple[str, ...]]:
    """Read ``Task Statements.txt``: the distinct tasks of each occupation, by its code."""
    tasks: dict[str, dict[str, None]] = {}
    for row in rows_of(path, (OCCUPATION, TASK)):
        tasks.setdefault(row[OCCUPATION], {})[normalise(row[TASK])] = None
    return {code: tuple(tasks[code]) for code in sorted(tasks)}


def family_of(code: str) -> str:
    """Return the job family of an occupation: the major group of its code.

    >>> family_of("11-1011.00")
    '11'
    """
    return code[:FAMILY_DIGITS]


def by_digest(names: Collection[str]) -> list[str]:
    """Return distinct names by their SHA-256: an order that nobody chose."""
    return sorted(set(names), key=lambda name: hashlib.sha256(name.encode()).hexdigest())


def halves(families: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Part job families by SHA-256: those to learn and choose settings with, and those held out.

    Where they are odd in number, one more is held out.
    """
    ranked = by_digest(families)
    middle = len(ranked) // 2
    return frozenset(ranked[:middle]), frozenset(ranked[middle:])
