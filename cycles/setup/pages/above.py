"""What packages above have to say on a cycle's home. They register at import."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """A sentence, and where to go for it."""

    sentence: str
    href: str


Waiting = Callable[[uuid.UUID], Told | None]
Origin = Callable[[uuid.UUID], Told | None]
_waiting: list[Waiting] = []
_origins: list[Origin] = []


def tells_what_waits(waiting: Waiting) -> Waiting:
    """Register what returns a thing that whoever asks has to do in the cycle, or None."""
    _waiting.append(waiting)
    return waiting


def tells_origin(origin: Origin) -> Origin:
    """Register what returns the cycle that this one began from, by its title, or None."""
    _origins.append(origin)
    return origin


def what_waits(cycle_id: uuid.UUID) -> tuple[Told, ...]:
    """Return what whoever asks has to do."""
    return tuple(told for each in _waiting if (told := each(cycle_id)))


def origin_of(cycle_id: uuid.UUID) -> Told | None:
    """Return the cycle that this one began from, or None."""
    return next((told for each in _origins if (told := each(cycle_id))), None)
