"""What is worked out of results once and read by many looks. It goes when the results go."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from reports.results.results import Results

Worked = TypeVar("Worked")


def once(work: Callable[[Results], Worked]) -> Callable[[Results], Worked]:
    """Do the work once for each results. What it returns must not hold the results themselves."""
    kept: WeakKeyDictionary[Results, Worked] = WeakKeyDictionary()

    @wraps(work)
    def kept_work(results: Results) -> Worked:
        if results not in kept:
            kept[results] = work(results)
        return kept[results]

    return kept_work
