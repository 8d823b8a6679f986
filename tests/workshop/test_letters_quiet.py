"""Quiet hours, by the clocks of London."""

from datetime import UTC, datetime, timedelta

import pytest

from cycles.core.clock import LONDON
from workshop.letters.quiet import may_go_out, next_allowed


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[misc]  # year to minute


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        (london(2026, 3, 2, 8, 0), london(2026, 3, 2, 8, 0)),
        (london(2026, 3, 2, 19, 59), london(2026, 3, 2, 19, 59)),
        (london(2026, 3, 2, 20, 0), london(2026, 3, 3, 8, 0)),
        (london(2026, 3, 2, 23, 59), london(2026, 3, 3, 8, 0)),
        (london(2026, 3, 3, 0, 0), london(2026, 3, 3, 8, 0)),
        (london(2026, 3, 3, 7, 59), london(2026, 3, 3, 8, 0)),
        # Saturday evening, Sunday noon and Sunday night all wait for Monday.
        (london(2026, 3, 7, 12, 0), london(2026, 3, 7, 12, 0)),
        (london(2026, 3, 7, 21, 0), london(2026, 3, 9, 8, 0)),
        (london(2026, 3, 8, 12, 0), london(2026, 3, 9, 8, 0)),
        (london(2026, 3, 8, 23, 30), london(2026, 3, 9, 8, 0)),
    ],
)
def test_a_reminder_waits_for_the_morning(asked: datetime, goes: datetime) -> None:
    assert next_allowed(asked) == goes
    assert may_go_out(asked) == (asked == goes)


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        # Clocks go forward on Sunday 29 March 2026 and back on Sunday 25 October.
        (datetime(2026, 3, 28, 20, 30, tzinfo=UTC), datetime(2026, 3, 30, 7, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 19, 30, tzinfo=UTC), datetime(2026, 10, 26, 8, 0, tzinfo=UTC)),
        # In summer London is an hour ahead: 19:30 in UTC is half past eight there.
        (datetime(2026, 7, 1, 19, 30, tzinfo=UTC), datetime(2026, 7, 2, 7, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 7, 0, tzinfo=UTC), datetime(2026, 7, 1, 7, 0, tzinfo=UTC)),
        (datetime(2026, 1, 7, 19, 30, tzinfo=UTC), datetime(2026, 1, 7, 19, 30, tzinfo=UTC)),
    ],
)
def test_the_morning_is_londons_in_summer_and_winter(asked: datetime, goes: datetime) -> None:
    assert next_allowed(asked) == goes


def test_whatever_is_asked_goes_within_two_days_and_outside_quiet_hours() -> None:
    moment = datetime(2026, 3, 23, tzinfo=UTC)
    while moment < datetime(2026, 4, 6, tzinfo=UTC):
        goes = next_allowed(moment)
        assert may_go_out(goes)
        assert timedelta() <= goes - moment <= timedelta(days=1, hours=12)
        moment += timedelta(minutes=30)
