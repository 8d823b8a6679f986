"""The words of the pages of letters: what each kind is called, and the states of a letter."""

from cycles.core.clock import LONDON
from workshop.letters.models import LetterKind, LetterState, WorkshopLetter

TITLES = {
    LetterKind.OPENING: "Opening",
    LetterKind.REMINDER: "Reminder",
    LetterKind.DIGEST: "What changed",
    LetterKind.CALENDAR: "Calendar entry",
}
TELLS = {
    LetterKind.OPENING: "Says that it is open, with a link straight to the work.",
    LetterKind.REMINDER: (
        "Goes only to people who have not finished, at most three times a round, and never from "
        "20:00 to 08:00 or on a Sunday."
    ),
    LetterKind.DIGEST: (
        "Says what the last closed round came to, and what the next one asks otherwise."
    ),
    LetterKind.CALENDAR: (
        "Puts the workshop into people's calendars. Send it again when the plan changes: it "
        "replaces the earlier entry."
    ),
}
BUTTONS = {
    LetterKind.OPENING: "Send the opening",
    LetterKind.REMINDER: "Remind those unfinished",
    LetterKind.DIGEST: "Send what changed",
    LetterKind.CALENDAR: "Send calendar entries",
}
STATES = {
    LetterState.QUEUED: ("waiting", "current"),
    LetterState.SENT: ("sent", "done"),
    LetterState.FAILED: ("failed", "error"),
    LetterState.DROPPED: ("not sent", "quiet"),
}


def said_moment(letter: WorkshopLetter) -> str:
    """Return when a letter went, will go or was asked for, in London time."""
    if letter.state == LetterState.QUEUED and letter.not_before is not None:
        return f"from {letter.not_before.astimezone(LONDON):%-d %b %Y, %H:%M}"
    moment = letter.sent_at or letter.asked_at
    return f"{moment.astimezone(LONDON):%-d %b %Y, %H:%M}"


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many}"
