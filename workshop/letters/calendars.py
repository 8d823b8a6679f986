"""Calendar entries of workshops (RFC 5545, 5546): one event, one attendee, one identity for good.

Where and when come from the workshop; who is told, and when, is decided elsewhere.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vCalAddress, vText

from cycles.core.clock import LONDON
from workshop.letters.lines import one_line
from workshop.rooms.models import Workshop

REQUEST, CANCEL = "REQUEST", "CANCEL"
MAKER = "-//Pythia//Workshops//EN"


@dataclass(frozen=True)
class Reader:
    """Whoever a letter or an entry is for."""

    participant_id: uuid.UUID
    name: str
    email: str


@dataclass(frozen=True)
class Span:
    """When a workshop is: moments in London, or days (then ``end`` is the day after the last)."""

    start: date | datetime
    end: date | datetime | None
    is_meeting: bool


def has_date(workshop: Workshop) -> bool:
    """Say whether there is a day to put into a calendar."""
    return workshop.starts_on is not None or workshop.ends_on is not None


def method_of(workshop: Workshop) -> str:
    """Return what an entry asks of a calendar: to hold the day, or to give it up again."""
    return REQUEST if has_date(workshop) else CANCEL


def span_of(workshop: Workshop) -> Span | None:
    """Return when the workshop is, or None without a date."""
    first = workshop.starts_on or workshop.ends_on
    if first is None:
        return None
    last = workshop.ends_on or first
    begins, ends = workshop.starts_time, workshop.ends_time
    # Days without an hour at which they end are days, whatever the hour at which they begin.
    if begins is None or (ends is None and last > first):
        return Span(first, last + timedelta(days=1), is_meeting=False)
    start = _in_london(first, begins)
    end = None if ends is None else _in_london(last, ends)
    if end is not None and end <= start:
        end = None
    return Span(start, end, is_meeting=last == first)


def _in_london(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour.replace(tzinfo=None), tzinfo=LONDON)


def uid_of(workshop: Workshop, base_url: str) -> str:
    """Return the identity of the workshop in every calendar, the same whatever changes."""
    return f"workshop-{workshop.id}@{urlsplit(base_url).hostname or 'pythia'}"


def entry_for(
    workshop: Workshop,
    reader: Reader,
    organiser: Reader,
    *,
    base_url: str,
    link: str,
    description: str,
    moment: datetime,
    method: str | None = None,
) -> bytes:
    """Return the calendar file for one reader.

    ``method`` is what a letter asks of the calendar; a file that somebody fetches has none.
    """
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    if method is not None:
        calendar.add("method", method)
    event = _event(workshop, base_url, moment, description)
    event.add("url", link)
    event.add("organizer", _person(organiser), encode=False)
    event.add("attendee", _attendee(reader), encode=False)
    calendar.add_component(event)
    span = span_of(workshop)
    if span is not None:
        year = span.start.year
        # The zone's rules for these years only: for all years they are a page of numbers.
        calendar.add_missing_timezones(date(year - 1, 1, 1), date(year + 2, 1, 1))
    return bytes(calendar.to_ical())


def _event(workshop: Workshop, base_url: str, moment: datetime, description: str) -> Event:
    event = Event()
    event.add("uid", uid_of(workshop, base_url))
    event.add("sequence", workshop.sequence)
    event.add("dtstamp", moment)
    event.add("summary", one_line(workshop.title))
    event.add("description", description)
    if workshop.venue:
        event.add("location", one_line(workshop.venue))
    span = span_of(workshop)
    event.add("status", "CANCELLED" if span is None else "CONFIRMED")
    if span is not None:
        event.add("dtstart", span.start)
        if span.end is not None:
            event.add("dtend", span.end)
        # Three weeks in which to answer do not make anybody busy; a meeting does.
        event.add("transp", "OPAQUE" if span.is_meeting else "TRANSPARENT")
    return event


def _person(reader: Reader) -> vCalAddress:
    person = vCalAddress(f"mailto:{reader.email}")
    # A parameter cannot hold a double quote, and no escape for it is understood everywhere.
    person.params["CN"] = vText(one_line(reader.name).replace('"', "'"))
    return person


def _attendee(reader: Reader) -> vCalAddress:
    person = _person(reader)
    person.params["ROLE"] = vText("REQ-PARTICIPANT")
    person.params["PARTSTAT"] = vText("NEEDS-ACTION")
    # Nobody keeps a list of answers here, so calendars are not asked to send any.
    person.params["RSVP"] = vText("FALSE")
    return person
