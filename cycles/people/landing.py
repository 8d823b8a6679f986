"""Where somebody is taken who has just come into a cycle. The packages above say where to.

Nothing here knows what waits for people in a cycle; without an answer it is the cycle's home.
"""

from collections.abc import Callable

from flask import url_for

from cycles.people.models import Participant

Landing = Callable[[Participant], str | None]
_landings: list[Landing] = []


def lands(landing: Landing) -> Landing:
    """Register a function that returns the address of what waits for a person, or None."""
    _landings.append(landing)
    return landing


def landing_of(participant: Participant) -> str:
    """Return the address of what waits for this person in their cycle: its home if nothing does."""
    found = (landing(participant) for landing in _landings)
    home = url_for("cycle.home", cycle_id=participant.cycle_id)
    return next((address for address in found if address), home)
