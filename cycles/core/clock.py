"""The clock: the one place that asks what time it is, so that tests can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_set_moment: ContextVar[datetime | None] = ContextVar("set_moment", default=None)


def now() -> datetime:
    """Return the current moment in UTC, or the moment a test has set."""
    return _set_moment.get() or datetime.now(UTC)


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at ``moment`` (aware) for the block."""
    token = _set_moment.set(moment)
    try:
        yield
    finally:
        _set_moment.reset(token)
