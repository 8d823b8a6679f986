"""Calendar entries as calendars read them: one attendee a mail, one identity, growing sequence."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from icalendar import Calendar

from cycles.core import clock
from cycles.core.errors import Closed
from cycles.core.extensions import db
from tests.client import ParsingClient
from tests.conftest import Outbox
from tests.factories import Cast
from tests.workshop.letter_cases import MONDAY, Sent, ask, names, plan_for
from tests.workshop.rating import Room, make_room
from workshop.letters.models import LetterKind, LetterState, WorkshopLetter
from workshop.letters.planning import plan_mailing

RunJobs = Callable[[], int]
CALENDAR = LetterKind.CALENDAR
JUNE = date(2026, 6, 9)


@pytest.fixture
def room(cast: Cast) -> Room:
    return make_room(cast, employers=3)


@pytest.fixture(autouse=True)
def monday(session: object) -> object:
    with clock.stopped_at(MONDAY):
        yield


def meeting(room: Room, day: date = JUNE, **facts: object) -> None:
    hours = {"starts_time": time(9, 30), "ends_time": time(12, 0)}
    plan_for(room, day, **{**hours, "venue": "Town Hall, room 3", **facts})  # type: ignore[arg-type]


def sent(outbox: Outbox, run_jobs: RunJobs) -> list[Sent]:
    """Let the worker run; return what it sent."""
    before = len(outbox.letters)
    run_jobs()
    return [Sent(letter) for letter in outbox.letters[before:]]


def test_each_mail_holds_one_attendee_its_reader(
    room: Room, cast: Cast, outbox: Outbox, run_jobs: RunJobs
) -> None:
    meeting(room)
    ask(room, CALENDAR)
    mails = sent(outbox, run_jobs)
    assert len(mails) == len(room.employers)
    for one in mails:
        attendee = one.event["ATTENDEE"]
        assert not isinstance(attendee, list)
        assert str(attendee) == f"mailto:{one.letter.to}"
        assert str(one.event["ORGANIZER"]) == f"mailto:{cast.ada.email}"
    everybody = {str(one.event["ATTENDEE"]) for one in mails}
    assert len(everybody) == len(mails)


def test_the_entry_says_when_and_where_in_londons_time(
    room: Room, outbox: Outbox, run_jobs: RunJobs
) -> None:
    meeting(room)
    ask(room, CALENDAR)
    first = sent(outbox, run_jobs)[0]
    event = first.event
    assert str(first.calendar["METHOD"]) == "REQUEST"
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    # Half past nine in June is half past eight in UTC: the summer's hour is in it.
    assert event.decoded("DTSTART").astimezone(UTC) == datetime(2026, 6, 9, 8, 30, tzinfo=UTC)
    assert event.decoded("DTEND").astimezone(UTC) == datetime(2026, 6, 9, 11, 0, tzinfo=UTC)
    assert first.calendar.walk("VTIMEZONE")
    assert str(event["LOCATION"]) == "Town Hall, room 3"
    assert str(event["SUMMARY"]) == "What each role needs"
    assert str(event["STATUS"]) == "CONFIRMED"
    assert str(event["TRANSP"]) == "OPAQUE"
    assert f"/workshops/{room.workshop.id}" in str(event["DESCRIPTION"])
    text = first.letter.text
    assert "When: 9 June 2026, 09:30 to 12:00 (BST)" in text
    assert "Where: Town Hall, room 3" in text


def test_days_without_hours_are_whole_days_and_keep_nobody_busy(
    room: Room, outbox: Outbox, run_jobs: RunJobs
) -> None:
    plan_for(room, JUNE, ends_on=date(2026, 6, 30))
    ask(room, CALENDAR)
    first = sent(outbox, run_jobs)[0]
    assert first.event["DTSTART"].params["VALUE"] == "DATE"
    assert first.event.decoded("DTSTART") == JUNE
    assert first.event.decoded("DTEND") == date(2026, 7, 1)  # the day after the last
    assert str(first.event["TRANSP"]) == "TRANSPARENT"
    assert "When: 9 June 2026 to 30 June 2026" in first.letter.text


def test_a_change_keeps_the_identity_and_raises_the_sequence(
    room: Room, outbox: Outbox, run_jobs: RunJobs
) -> None:
    found = []
    for change in ({}, {"day": date(2026, 6, 10)}, {"venue": "Online"}):
        meeting(room, **change)  # type: ignore[arg-type]  # the facts of a plan
        ask(room, CALENDAR)
        mails = sent(outbox, run_jobs)
        assert len(mails) == len(room.employers)
        found.append(mails[0].event)
    assert {str(event["UID"]) for event in found} == {f"workshop-{room.workshop.id}@localhost"}
    sequences = [int(event["SEQUENCE"]) for event in found]
    assert sequences == sorted(set(sequences))


def test_a_plan_taken_back_cancels_the_entry(room: Room, outbox: Outbox, run_jobs: RunJobs) -> None:
    meeting(room)
    ask(room, CALENDAR)
    earlier = sent(outbox, run_jobs)[0].event
    plan_for(room, None)
    ask(room, CALENDAR)
    mails = sent(outbox, run_jobs)
    assert len(mails) == len(room.employers)
    first = mails[0]
    assert str(first.calendar["METHOD"]) == "CANCEL"
    assert str(first.event["STATUS"]) == "CANCELLED"
    assert first.event["UID"] == earlier["UID"]
    assert int(first.event["SEQUENCE"]) > int(earlier["SEQUENCE"])
    assert first.letter.subject == "Cancelled: What each role needs"
    assert "will not take place as planned" in first.letter.text
    assert plan_mailing(room.workshop, CALENDAR, MONDAY).blocked


def test_without_a_date_there_is_nothing_for_a_calendar(room: Room) -> None:
    assert plan_mailing(room.workshop, CALENDAR, MONDAY).blocked == (
        "The workshop has no date. Set one first."
    )


def test_nobody_gets_the_same_plan_twice(room: Room, outbox: Outbox, run_jobs: RunJobs) -> None:
    meeting(room)
    assert len(names(ask(room, CALENDAR))) == len(room.employers)
    with pytest.raises(Closed, match="holds it as it is"):
        ask(room, CALENDAR)


def test_an_entry_overtaken_by_a_new_plan_is_not_sent(
    room: Room, outbox: Outbox, run_jobs: RunJobs
) -> None:
    meeting(room)
    ask(room, CALENDAR)
    meeting(room, date(2026, 6, 16))
    ask(room, CALENDAR)
    mails = sent(outbox, run_jobs)
    assert {one.event.decoded("DTSTART").date() for one in mails} == {date(2026, 6, 16)}
    assert len(mails) == len(room.employers)
    dropped = db.session.query(WorkshopLetter).filter_by(state=LetterState.DROPPED).count()
    assert dropped == len(room.employers)


def test_the_mail_carries_the_entry_for_calendars_and_as_a_file(
    room: Room, outbox: Outbox, run_jobs: RunJobs
) -> None:
    meeting(room)
    ask(room, CALENDAR)
    message = sent(outbox, run_jobs)[0].message
    (part,) = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    assert part.get_param("charset") == "UTF-8"
    (file,) = message.iter_attachments()
    assert file.get_filename() == "invite.ics"
    assert file.get_payload(decode=True) == part.get_payload(decode=True)
    assert b"\r\nBEGIN:VEVENT\r\n" in file.get_payload(decode=True)  # type: ignore[operator]
    body = message.get_body(("plain",))
    assert body is not None
    assert "Hello" in body.get_content()


def test_what_people_typed_makes_no_line_of_its_own(
    room: Room, outbox: Outbox, run_jobs: RunJobs
) -> None:
    room.employers[0].account.name = 'Ema "Oven"\r\nATTENDEE:mailto:evil@pythia.example'
    meeting(room, title="Ovens\nATTENDEE:mailto:evil@pythia.example", venue="A; B, C\\D")
    ask(room, CALENDAR)
    for one in sent(outbox, run_jobs):
        assert not isinstance(one.event["ATTENDEE"], list)
        assert str(one.event["ATTENDEE"]) == f"mailto:{one.letter.to}"
        assert str(one.event["LOCATION"]) == "A; B, C\\D"


def test_everyone_in_the_cycle_can_fetch_the_workshop_for_their_own_calendar(
    client: ParsingClient, room: Room, cast: Cast
) -> None:
    meeting(room)
    path = f"/cycles/{cast.cycle.id}/workshops/{room.workshop.id}/calendar.ics"
    answer = client.sign_in(cast.tom).get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    calendar = Calendar.from_ical(answer.data)
    (event,) = calendar.walk("VEVENT")
    assert str(event["ATTENDEE"]) == f"mailto:{cast.tom.email}"
    assert str(event["UID"]) == f"workshop-{room.workshop.id}@localhost"
    # A file that somebody fetched asks nothing of anybody.
    assert "METHOD" not in calendar


def test_a_workshop_without_a_date_has_no_file(
    client: ParsingClient, room: Room, cast: Cast
) -> None:
    path = f"/cycles/{cast.cycle.id}/workshops/{room.workshop.id}/calendar.ics"
    answer = client.sign_in(cast.tom).get(path)
    assert answer.status_code == 404
    assert "has no date yet" in answer.text
