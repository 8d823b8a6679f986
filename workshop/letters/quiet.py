"""Quiet hours: when reminders may go out. Only the clock is known here."""

from datetime import datetime, time, timedelta

from cycles.core.clock import LONDON

MORNING, EVENING = time(8), time(20)
SUNDAY = 6


def may_go_out(moment: datetime) -> bool:
    """Say whether a reminder may go out now: not on a Sunday, nor from 20:00 to 08:00 in London."""
    here = moment.astimezone(LONDON)
    return here.weekday() != SUNDAY and MORNING <= here.time() < EVENING


def next_allowed(moment: datetime) -> datetime:
    """Return ``moment`` when a reminder may go out then, else the next morning it may."""
    if may_go_out(moment):
        return moment
    here = moment.astimezone(LONDON)
    day = here.date() if here.time() < MORNING else here.date() + timedelta(days=1)
    if day.weekday() == SUNDAY:
        day += timedelta(days=1)
    # Put together from a day and an hour: adding hours would slip where the clocks change.
    return datetime.combine(day, MORNING, tzinfo=LONDON)
