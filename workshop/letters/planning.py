"""Whom a letter would go to if it were asked for now, who is left out, and why it may not be."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cycles.core.errors import Closed
from cycles.people.models import Participant
from cycles.setup.queries import open_cycle
from workshop.letters.calendars import has_date
from workshop.letters.models import LetterKind
from workshop.letters.queries import entries_held, readers_of, reminded_since, written_to
from workshop.letters.quiet import next_allowed
from workshop.letters.unfinished import unfinished_among
from workshop.rooms.models import RoomState, Round, Workshop
from workshop.rooms.queries import last_round, rounds_of
from workshop.rooms.scales import has_rounds

MOST_REMINDERS = 3
# Without this a second press of the button would remind everybody twice in a minute.
APART = timedelta(hours=1)


@dataclass(frozen=True)
class Mailing:
    """A letter of one kind: to whom, how many are left out by each reason, and when.

    ``blocked`` says why it cannot be asked for; then nobody is written to. ``not_before`` is set
    while it has to wait for the morning.
    """

    kind: LetterKind
    round: Round | None = None
    to: tuple[Participant, ...] = ()
    left_out: tuple[tuple[int, str], ...] = ()
    blocked: str = ""
    not_before: datetime | None = None


def plan_mailing(workshop: Workshop, kind: LetterKind, moment: datetime) -> Mailing:
    """Return what a letter of this kind would be now."""
    try:
        open_cycle(workshop.cycle_id)
    except Closed as refusal:
        return Mailing(kind, blocked=str(refusal))
    readers = readers_of(workshop)
    if not readers:
        return Mailing(kind, blocked="Nobody who works in this workshop can be written to yet.")
    return _PLANS[kind](workshop, readers, moment)


def current_round(workshop: Workshop) -> Round | None:
    """Return the round that is open now, or None."""
    last = last_round(workshop.id)
    return last if last is not None and last.state == RoomState.OPEN else None


def closed_round(workshop: Workshop) -> Round | None:
    """Return the latest round that has closed, or None."""
    closed = [one for one in rounds_of(workshop.id) if one.state == RoomState.CLOSED]
    return closed[-1] if closed else None


def _no_round_open(workshop: Workshop) -> str:
    last = last_round(workshop.id)
    if last is not None and last.state == RoomState.PAUSED:
        return f"Round {last.number} is paused: nobody can answer now."
    return "No round is open."


def _opening(workshop: Workshop, readers: list[Participant], _moment: datetime) -> Mailing:
    kind, round_ = LetterKind.OPENING, current_round(workshop)
    if has_rounds(workshop.kind) and round_ is None:
        return Mailing(kind, blocked=_no_round_open(workshop))
    if workshop.state != RoomState.OPEN:
        return Mailing(kind, blocked="The workshop is not open.")
    return _once(workshop, kind, round_, readers)


def _digest(workshop: Workshop, readers: list[Participant], _moment: datetime) -> Mailing:
    kind, round_ = LetterKind.DIGEST, closed_round(workshop)
    if not has_rounds(workshop.kind):
        return Mailing(kind, blocked="Workshops of this kind have no rounds.")
    if round_ is None:
        return Mailing(kind, blocked="No round has closed yet. Results stay hidden until one has.")
    return _once(workshop, kind, round_, readers)


def _once(
    workshop: Workshop, kind: LetterKind, round_: Round | None, readers: list[Participant]
) -> Mailing:
    """Return the letter for everybody who has not had it: late comers, or a second press."""
    had = written_to(workshop.id, kind, round_id=round_.id if round_ else None)
    to = tuple(one for one in readers if one.id not in had)
    if not to:
        return Mailing(kind, round_, blocked="Everybody has had it.")
    return Mailing(kind, round_, to, _counted((len(readers) - len(to), "have had it")))


def _reminder(workshop: Workshop, readers: list[Participant], moment: datetime) -> Mailing:
    kind, round_ = LetterKind.REMINDER, current_round(workshop)
    if not has_rounds(workshop.kind):
        return Mailing(kind, blocked="Workshops of this kind have no rounds to finish.")
    if round_ is None:
        return Mailing(kind, blocked=_no_round_open(workshop))
    unfinished = unfinished_among(round_, [one.id for one in readers])
    to, spared = _spare(round_, [one for one in readers if one.id in unfinished], moment)
    left_out = _counted((len(readers) - len(unfinished), "finished"), *spared)
    allowed = next_allowed(moment)
    not_before = None if allowed == moment else allowed
    blocked = "" if to else _nobody_to_remind(bool(unfinished))
    return Mailing(kind, round_, tuple(to), left_out, blocked, not_before)


def _spare(
    round_: Round, unfinished: list[Participant], moment: datetime
) -> tuple[list[Participant], tuple[tuple[int, str], ...]]:
    """Return who of the unfinished may be reminded, and how many are spared for which reason."""
    had = written_to(round_.workshop_id, LetterKind.REMINDER, round_id=round_.id)
    lately = reminded_since(round_.id, moment - APART)
    to, stopped, spent, waiting = [], 0, 0, 0
    for one in unfinished:
        if one.reminders_stopped_at is not None:
            stopped += 1
        elif had[one.id] >= MOST_REMINDERS:
            spent += 1
        elif one.id in lately:
            waiting += 1
        else:
            to.append(one)
    spared = (
        (stopped, "asked for no reminders"),
        (spent, "have had three in this round"),
        (waiting, "have one waiting, or had one within the hour"),
    )
    return to, spared


def _nobody_to_remind(is_anybody_unfinished: bool) -> str:
    if is_anybody_unfinished:
        return "Nobody who is unfinished can be reminded now."
    return "Everybody has finished."


def _calendar(workshop: Workshop, readers: list[Participant], _moment: datetime) -> Mailing:
    """Return the entry for whoever does not hold the newest plan; a cancellation, who holds any."""
    kind, held = LetterKind.CALENDAR, entries_held(workshop.id)
    if workshop.state == RoomState.CLOSED:
        return Mailing(kind, blocked="The workshop is over.")
    is_planned = has_date(workshop)
    to = tuple(one for one in readers if _needs_entry(held, one.id, workshop, is_planned))
    if not is_planned and not to:
        return Mailing(kind, blocked="The workshop has no date. Set one first.")
    if not to:
        return Mailing(kind, blocked="Everybody holds it as it is.")
    return Mailing(kind, None, to, _counted((len(readers) - len(to), "hold it as it is")))


def _needs_entry(
    held: dict[uuid.UUID, int], participant_id: uuid.UUID, workshop: Workshop, is_planned: bool
) -> bool:
    if participant_id not in held:
        return is_planned
    return held[participant_id] < workshop.sequence


def _counted(*reasons: tuple[int, str]) -> tuple[tuple[int, str], ...]:
    return tuple((count, words) for count, words in reasons if count)


_PLANS: dict[LetterKind, Callable[[Workshop, list[Participant], datetime], Mailing]] = {
    LetterKind.OPENING: _opening,
    LetterKind.REMINDER: _reminder,
    LetterKind.DIGEST: _digest,
    LetterKind.CALENDAR: _calendar,
}
