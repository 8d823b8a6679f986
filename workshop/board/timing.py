"""A step's timer in words, for people and for the script that counts it down."""

from dataclasses import dataclass
from datetime import datetime

from cycles.core.clock import LONDON
from workshop.rooms.models import RoomState, Step


@dataclass(frozen=True)
class Timer:
    """When a step ends, or how much is left while it is paused.

    ``text`` says it without a script; ``ends_at`` and ``now`` are for the one that counts down
    and are empty while nothing runs.
    """

    text: str
    ends_at: str
    now: str


def said_time(moment: datetime) -> str:
    """Return the time of day in London."""
    return f"{moment.astimezone(LONDON):%H:%M}"


def said_minutes(seconds: int) -> str:
    """Return a length of time in minutes and seconds as clocks show it."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def timer_of(step: Step | None, moment: datetime) -> Timer | None:
    """Return the timer of the step under way, or None where none runs."""
    if step is None:
        return None
    if step.state == RoomState.PAUSED:
        left = step.seconds_left
        text = "Paused" if left is None else f"Paused, {said_minutes(left)} left"
        return Timer(text, "", "")
    if step.ends_at is None:
        return None
    return Timer(
        text=_ending(step.ends_at, moment),
        ends_at=step.ends_at.isoformat(),
        now=moment.isoformat(),
    )


def _ending(ends_at: datetime, moment: datetime) -> str:
    said = said_time(ends_at)
    return f"Time is up since {said}" if ends_at <= moment else f"Ends {said}"


def state_words(step: Step) -> str:
    """Return where a step stands, in a few words."""
    if step.state == RoomState.CLOSED:
        return f"Closed {said_time(step.closed_at)}" if step.closed_at else "Closed"
    if step.state == RoomState.PAUSED:
        return "Paused"
    if step.state == RoomState.OPEN:
        return f"Open since {said_time(step.opened_at)}" if step.opened_at else "Open"
    return f"{step.minutes} minutes" if step.minutes else "No time set"
