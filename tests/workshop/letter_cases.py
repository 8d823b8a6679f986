"""Plain helpers for tests of letters: a room whose people can be written to."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.message import EmailMessage

from icalendar import Calendar, Event

from cycles.core.extensions import db
from cycles.core.mail import Letter, message_of
from cycles.people.models import Participant
from tests.conftest import Outbox
from tests.workshop.rating import Room
from workshop.ballot.commands import finish_ballot, panellist_for
from workshop.letters.commands import ask_letters
from workshop.letters.models import LetterKind, LetterState, WorkshopLetter
from workshop.letters.planning import Mailing
from workshop.rooms.commands import change_workshop
from workshop.rooms.models import Round

# A Monday, nine in the morning in London.
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Sent:
    """A letter as the mail server gets it."""

    letter: Letter

    @property
    def message(self) -> EmailMessage:
        return message_of(self.letter, "Pythia <pythia@pythia.example>")

    @property
    def calendar(self) -> Calendar:
        assert self.letter.calendar
        return Calendar.from_ical(self.letter.calendar.content)

    @property
    def event(self) -> Event:
        (event,) = self.calendar.walk("VEVENT")
        return event


def ask(room: Room, kind: LetterKind, moment: datetime = MONDAY) -> Mailing:
    """Ask for a letter and commit, as the page does."""
    mailing = ask_letters(workshop=room.workshop, kind=kind, actor=room.actor, moment=moment)
    db.session.commit()
    return mailing


def names(mailing: Mailing) -> set[str]:
    return {one.account.name for one in mailing.to}


def addresses(outbox: Outbox) -> list[str]:
    return sorted(letter.to for letter in outbox.letters)


def states() -> list[tuple[LetterState, str]]:
    rows = db.session.query(WorkshopLetter).order_by(WorkshopLetter.asked_at, WorkshopLetter.id)
    return [(row.state, row.problem) for row in rows]


def answer_everything(room: Room, round_: Round, letters: str) -> None:
    for item in room.asked(round_):
        room.answer(round_, item, letters)
    db.session.commit()


def finish(round_: Round, person: Participant) -> None:
    seat = panellist_for(participant=person, moment=MONDAY)
    finish_ballot(round_id=round_.id, panellist=seat)
    db.session.commit()


def plan_for(
    room: Room,
    starts_on: date | None,
    *,
    ends_on: date | None = None,
    starts_time: time | None = None,
    ends_time: time | None = None,
    venue: str = "",
    title: str = "What each role needs",
) -> None:
    change_workshop(
        workshop=room.workshop,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        starts_time=starts_time,
        ends_time=ends_time,
        venue=venue,
        actor=room.actor,
        moment=MONDAY,
    )
    db.session.commit()
