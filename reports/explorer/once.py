"""What is worked out of results, or of a look at them, once. It goes when they go."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

Source = TypeVar("Source")
Worked = TypeVar("Worked")


def once(work: Callable[[Source], Worked]) -> Callable[[Source], Worked]:
    """Do the work once for each source. What it returns must not hold the source itself."""
    kept: WeakKeyDictionary[Source, Worked] = WeakKeyDictionary()

    @wraps(work)
    def kept_work(source: Source) -> Worked:
        if source not in kept:
            kept[source] = work(source)
        return kept[source]

    return kept_work
