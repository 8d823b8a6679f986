"""What the pages of letters show: the record of a workshop, and one kind before it is sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from cycles.core.clock import LONDON
from cycles.core.downloads import Cell
from cycles.core.mail import Letter
from cycles.core.paging import Paging, paging
from workshop.letters.models import LetterKind, LetterState
from workshop.letters.planning import Mailing, plan_mailing
from workshop.letters.queries import LetterLine, letters_of, names_without_reminders, readers_of
from workshop.letters.words import BUTTONS, STATES, TELLS, TITLES, counted, said_moment
from workshop.rooms.models import Workshop
from workshop.rooms.next_actions import href_of
from workshop.rooms.scales import has_rounds

PER_PAGE = 50
DOWNLOADED = ("to", "address", "letter", "round", "state", "asked", "not before", "sent", "note")


@dataclass(frozen=True)
class Asked:
    """What the address of the page asks for; anything unknown asks for everything."""

    words: str = ""
    kind: str = ""
    state: str = ""
    number: int = 1


@dataclass(frozen=True)
class Option:
    """One thing to filter by."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class LetterRow:
    """A letter in the table."""

    name: str
    email: str
    title: str
    round: str
    state: str
    state_kind: str
    when: str
    problem: str


@dataclass(frozen=True)
class Card:
    """A kind of letter that can be sent, or the sentence that says why not."""

    title: str
    tells: str
    button: str
    href: str
    counts: str
    left_out: str
    blocked: str


@dataclass(frozen=True)
class LettersPage:
    """Every letter of a workshop, and what can be sent now."""

    title: str
    workshop_href: str
    list_href: str
    cards: tuple[Card, ...]
    without_reminders: tuple[str, ...]
    asked: Asked
    kinds: tuple[Option, ...]
    states: tuple[Option, ...]
    rows: tuple[LetterRow, ...]
    total: int
    failed: int
    again_href: str
    clear_href: str
    csv_href: str
    xlsx_href: str
    paging: Paging


@dataclass(frozen=True)
class SendPage:
    """One kind of letter before it is sent: how it reads, to how many, and who is left out."""

    title: str
    workshop: str
    list_href: str
    workshop_href: str
    letters_href: str
    tells: str
    counts: str
    names: tuple[str, ...]
    left_out: tuple[str, ...]
    waits: str
    blocked: str
    subject: str
    text: str
    has_calendar: bool
    yes: str


def href(workshop: Workshop, endpoint: str, **values: object) -> str:
    """Return the address of one of the pages of a workshop's letters."""
    return url_for(
        f"letters.{endpoint}",
        cycle_id=workshop.cycle_id,
        workshop_id=workshop.id,
        **values,  # type: ignore[arg-type]  # url_for's own options are not among them
    )


def letters_page(workshop: Workshop, asked: Asked, moment: datetime) -> LettersPage:
    """Return the record of a workshop's letters, filtered as asked, and what can be sent now."""
    lines = letters_of(workshop.id)
    fitting = [one for one in lines if _fits(one, asked)]
    first = (asked.number - 1) * PER_PAGE
    readers = readers_of(workshop) if has_rounds(workshop.kind) else []
    return LettersPage(
        title=workshop.title,
        workshop_href=href_of(workshop),
        list_href=url_for("workshops.index", cycle_id=workshop.cycle_id),
        cards=tuple(_card(workshop, plan_mailing(workshop, kind, moment)) for kind in LetterKind),
        without_reminders=names_without_reminders(readers),
        asked=asked,
        kinds=_options("Every letter", TITLES.items(), asked.kind),
        states=_options("Every state", [(one, STATES[one][0]) for one in STATES], asked.state),
        rows=tuple(_row(one) for one in fitting[first : first + PER_PAGE]),
        total=len(lines),
        failed=sum(one.letter.state == LetterState.FAILED for one in lines),
        again_href=href(workshop, "again"),
        clear_href=href(workshop, "index"),
        csv_href=href(workshop, "download", kind="csv"),
        xlsx_href=href(workshop, "download", kind="xlsx"),
        paging=_paging(workshop, asked, len(fitting)),
    )


def _paging(workshop: Workshop, asked: Asked, total: int) -> Paging:
    filters = {"q": asked.words or None, "kind": asked.kind or None, "state": asked.state or None}

    def place(number: int) -> str:
        return href(workshop, "index", **filters, page=number)

    return paging(total=total, per_page=PER_PAGE, current=asked.number, href=place)


def _fits(line: LetterLine, asked: Asked) -> bool:
    if asked.kind in list(LetterKind) and line.letter.kind != asked.kind:
        return False
    if asked.state in list(LetterState) and line.letter.state != asked.state:
        return False
    text = f"{line.name} {line.email}".casefold()
    return all(word in text for word in asked.words.casefold().split())


def _options(every: str, known: Iterable[tuple[str, str]], chosen: str) -> tuple[Option, ...]:
    made = [("", every), *((value, label.capitalize()) for value, label in known)]
    return tuple(Option(str(value), label, value == chosen) for value, label in made)


def _row(line: LetterLine) -> LetterRow:
    state, state_kind = STATES[line.letter.state]
    return LetterRow(
        name=line.name,
        email=line.email,
        title=TITLES[line.letter.kind],
        round="" if line.round_number is None else f"Round {line.round_number}",
        state=state,
        state_kind=state_kind,
        when=said_moment(line.letter),
        problem=line.letter.problem,
    )


def _card(workshop: Workshop, mailing: Mailing) -> Card:
    return Card(
        title=_titled(mailing),
        tells=TELLS[mailing.kind],
        button=BUTTONS[mailing.kind],
        href=href(workshop, "send", letter=mailing.kind.value),
        counts=f"To {counted(len(mailing.to), 'person', 'people')}" if mailing.to else "",
        left_out="; ".join(f"{count} {words}" for count, words in mailing.left_out),
        blocked=mailing.blocked,
    )


def _titled(mailing: Mailing) -> str:
    suffix = f" of round {mailing.round.number}" if mailing.round else ""
    if mailing.kind == LetterKind.DIGEST:
        suffix = f" in round {mailing.round.number}" if mailing.round else ""
    return f"{TITLES[mailing.kind]}{suffix}"


def send_page(workshop: Workshop, mailing: Mailing, sample: Letter | None) -> SendPage:
    """Return one kind of letter as it would go; ``sample`` is how it reads, where it can."""
    count = counted(len(mailing.to), "letter", "letters")
    return SendPage(
        title=BUTTONS[mailing.kind],
        workshop=workshop.title,
        list_href=url_for("workshops.index", cycle_id=workshop.cycle_id),
        workshop_href=href_of(workshop),
        letters_href=href(workshop, "index"),
        tells=TELLS[mailing.kind],
        counts=f"{count} will go out." if mailing.to else "",
        names=tuple(one.account.name for one in mailing.to),
        left_out=tuple(f"{number} {words}" for number, words in mailing.left_out),
        waits=said_wait(mailing),
        blocked=mailing.blocked,
        subject=sample.subject if sample else "",
        text=sample.text if sample else "",
        has_calendar=bool(sample and sample.calendar),
        yes=f"Send {count}",
    )


def said_wait(mailing: Mailing) -> str:
    """Return when letters go that have to wait for the morning, or nothing."""
    if mailing.not_before is None:
        return ""
    return f"They go at {mailing.not_before.astimezone(LONDON):%H:%M on %A %-d %B}."


def download_rows(workshop: Workshop) -> list[tuple[Cell, ...]]:
    """Return every letter of a workshop as the rows of a table."""
    return [
        (
            one.name,
            one.email,
            TITLES[one.letter.kind],
            one.round_number,
            STATES[one.letter.state][0],
            one.letter.asked_at,
            one.letter.not_before,
            one.letter.sent_at,
            one.letter.problem,
        )
        for one in letters_of(workshop.id)
    ]
