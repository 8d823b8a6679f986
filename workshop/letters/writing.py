"""Writing the letters: each kind's subject and text. Nothing here is sent or kept.

The texts are templates of plain text, which nothing escapes; so whatever people typed comes in as
one line, and never near a header but for the subject.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app

from cycles.core.clock import LONDON
from cycles.core.mail import CalendarPart, Letter
from cycles.people.models import Participant
from cycles.setup.queries import get_cycle
from workshop.letters.calendars import CANCEL, Reader, entry_for, method_of, span_of
from workshop.letters.changes import ClosedRound, closed_in
from workshop.letters.lines import one_line, subject_line, tidied
from workshop.letters.models import LetterKind
from workshop.letters.queries import organiser_of
from workshop.letters.stopping import stop_address
from workshop.rooms.models import Round, Workshop, WorkshopKind
from workshop.rooms.next_actions import WORK
from workshop.rooms.scales import has_rounds

ASKS = {
    WorkshopKind.PRIORITISATION: "It asks how much each candidate solution matters, from 1 to 9.",
    WorkshopKind.CAPTURE: "It asks which capabilities organisations will need.",
    WorkshopKind.VALIDATION: "It asks of each capability statement: keep, reword or drop.",
    WorkshopKind.PROFICIENCY: (
        "It asks which proficiency each role level needs for each capability."
    ),
    WorkshopKind.RATIFICATION: "It asks the employer panel to refine and ratify the profiles.",
    WorkshopKind.KSB: "It asks for the knowledge, skills and behaviours of each capability.",
}


@dataclass(frozen=True)
class LetterText:
    """What the templates of letters are given. ``digest`` is there in digests alone."""

    name: str
    workshop: str
    cycle: str
    asks: str
    has_rounds: bool
    round_number: int | None
    link: str
    runs_until: str
    when: str
    venue: str
    is_cancelled: bool
    sender: str
    stop_address: str
    digest: ClosedRound | None


def address(endpoint: str, **values: uuid.UUID) -> str:
    """Return the full address of a page, for a reader outside any request."""
    base_url: str = current_app.extensions["pythia_settings"].base_url
    return f"{base_url}{current_app.url_map.bind('pythia').build(endpoint, values)}"


def subject_for(kind: LetterKind, workshop: Workshop, round_: Round | None) -> str:
    """Return a letter's subject."""
    opened = f"round {round_.number}" if round_ else "the workshop"
    title = workshop.title
    words = {
        LetterKind.OPENING: f"{opened.capitalize()} is open: {title}",
        LetterKind.REMINDER: f"Reminder: {opened} of “{title}” is waiting for you",
        LetterKind.DIGEST: f"What {opened} came to: {title}",
        LetterKind.CALENDAR: _calendar_subject(workshop),
    }
    return subject_line(words[kind])


def _calendar_subject(workshop: Workshop) -> str:
    if method_of(workshop) == CANCEL:
        return f"Cancelled: {workshop.title}"
    return f"{workshop.title}: {said_when(workshop)}"


def letter_for(
    kind: LetterKind, workshop: Workshop, round_: Round | None, reader: Reader, moment: datetime
) -> Letter:
    """Return the letter of this kind to this reader, as things stand now."""
    page = _facts(kind, workshop, round_, reader, moment)
    template = current_app.jinja_env.get_template(f"letters/{kind.value}.txt")
    is_calendar = kind == LetterKind.CALENDAR
    return Letter(
        to=reader.email,
        subject=subject_for(kind, workshop, round_),
        text=tidied(template.render(page=page)),
        stop_address=page.stop_address,
        calendar=_calendar_part(workshop, reader, moment) if is_calendar else None,
    )


def _facts(
    kind: LetterKind, workshop: Workshop, round_: Round | None, reader: Reader, moment: datetime
) -> LetterText:
    cycle = get_cycle(workshop.cycle_id)
    organiser = organiser_of(workshop.cycle_id)
    signed = (organiser.account.name if organiser else "", cycle.convener_organisation)
    is_reminder = kind == LetterKind.REMINDER
    return LetterText(
        name=one_line(reader.name),
        workshop=one_line(workshop.title),
        cycle=one_line(cycle.title),
        asks=ASKS[workshop.kind],
        has_rounds=has_rounds(workshop.kind),
        round_number=round_.number if round_ else None,
        link=_link(kind, workshop, round_),
        runs_until=_runs_until(workshop, moment),
        when=said_when(workshop),
        venue=one_line(workshop.venue),
        is_cancelled=method_of(workshop) == CANCEL,
        sender=one_line(", ".join(filter(None, signed))),
        stop_address=stop_address(reader.participant_id) if is_reminder else "",
        digest=closed_in(round_) if kind == LetterKind.DIGEST and round_ else None,
    )


def _link(kind: LetterKind, workshop: Workshop, round_: Round | None) -> str:
    of_cycle = {"cycle_id": workshop.cycle_id}
    of_workshop = {**of_cycle, "workshop_id": workshop.id}
    if kind == LetterKind.DIGEST:
        return address("workshops.results", **of_workshop)
    if kind == LetterKind.CALENDAR:
        return address("workshops.show", **of_workshop)
    if round_ is not None:
        return address("ballot.tasks", **of_cycle, round_id=round_.id)
    return address(WORK[workshop.kind][1], **of_cycle)


def _runs_until(workshop: Workshop, moment: datetime) -> str:
    last = workshop.ends_on
    is_ahead = last is not None and last >= moment.astimezone(LONDON).date()
    return _day(last) if last is not None and is_ahead else ""


def said_when(workshop: Workshop) -> str:
    """Return when the workshop is, in words, as the calendar holds it."""
    span = span_of(workshop)
    if span is None:
        return ""
    if isinstance(span.start, datetime):
        return _said_hours(span.start, span.end if isinstance(span.end, datetime) else None)
    first, last = workshop.starts_on or span.start, workshop.ends_on
    return _day(first) if last in (None, first) else f"{_day(first)} to {_day(last)}"


def _said_hours(start: datetime, end: datetime | None) -> str:
    begins = f"{_day(start)}, {start:%H:%M}"
    if end is None:
        return f"{begins} ({start:%Z})"
    ends = f"{end:%H:%M}" if end.date() == start.date() else f"{_day(end)}, {end:%H:%M}"
    return f"{begins} to {ends} ({end:%Z})"


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else ""


def calendar_file(
    workshop: Workshop, reader: Reader, moment: datetime, *, method: str | None = None
) -> bytes:
    """Return the workshop's calendar file for one reader; the longest-standing convener invites."""
    link = _link(LetterKind.CALENDAR, workshop, None)
    found = organiser_of(workshop.cycle_id)
    organiser = reader if found is None else reader_from(found)
    cycle = one_line(get_cycle(workshop.cycle_id).title)
    return entry_for(
        workshop,
        reader,
        organiser,
        base_url=current_app.extensions["pythia_settings"].base_url,
        link=link,
        description=f"{cycle}\n{ASKS[workshop.kind]}\n{link}",
        moment=moment,
        method=method,
    )


def _calendar_part(workshop: Workshop, reader: Reader, moment: datetime) -> CalendarPart:
    method = method_of(workshop)
    return CalendarPart(method, calendar_file(workshop, reader, moment, method=method))


def reader_from(participant: Participant) -> Reader:
    """Return a participant as letters address them."""
    return Reader(participant.id, participant.account.name, participant.account.email)
