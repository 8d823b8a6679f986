"""The last look before a letter goes: whether it still should. Reads only."""

from cycles.core.errors import Closed
from cycles.setup.queries import open_cycle
from workshop.letters.models import LetterKind, WorkshopLetter
from workshop.letters.planning import MOST_REMINDERS
from workshop.letters.queries import count_sent_reminders
from workshop.letters.unfinished import unfinished_among
from workshop.rooms.models import RoomState, Round, Workshop
from workshop.rooms.scales import has_rounds


def reason_to_drop(letter: WorkshopLetter, workshop: Workshop, round_: Round | None) -> str:
    """Return why a queued letter should not go any more, as a sentence; nothing if it should."""
    if letter.participant.withdrawn_at is not None:
        return "No longer takes part."
    try:
        open_cycle(workshop.cycle_id)
    except Closed:
        return "The cycle has closed."
    if letter.kind == LetterKind.CALENDAR:
        is_older = letter.sequence is not None and letter.sequence < workshop.sequence
        return "The plan changed again before it went." if is_older else ""
    if letter.kind == LetterKind.OPENING:
        return _not_open(workshop, round_)
    if letter.kind == LetterKind.REMINDER:
        return _not_open(workshop, round_) or _not_to_remind(letter, round_)
    return ""


def _not_open(workshop: Workshop, round_: Round | None) -> str:
    if not has_rounds(workshop.kind):
        return "" if workshop.state == RoomState.OPEN else "The workshop was not open any more."
    is_open = round_ is not None and round_.state == RoomState.OPEN
    return "" if is_open else "The round was not open any more."


def _not_to_remind(letter: WorkshopLetter, round_: Round | None) -> str:
    if letter.participant.reminders_stopped_at is not None:
        return "Asked for no reminders."
    if round_ is None or not unfinished_among(round_, [letter.participant_id]):
        return "Had finished."
    if count_sent_reminders(round_.id, letter.participant_id) >= MOST_REMINDERS:
        return "Has had three reminders in this round."
    return ""
