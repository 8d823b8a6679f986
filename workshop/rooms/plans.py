"""The plan of a workshop: its title, when and where, and how it asks. Checked here, kept by
``commands``; opened and closed elsewhere.
"""

import secrets
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import select

from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.setup.queries import rule_card_of
from workshop.rooms.models import Mode, Round, Workshop, WorkshopKind
from workshop.rooms.scales import has_rounds

WINDOW = timedelta(weeks=2)
"""How long a validation workshop runs unless its plan says otherwise: the QA window."""

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""What join codes are made of: no O, 0, I or 1, which people take for one another."""
CODE_LENGTH = 8
LONGEST_TITLE = 200
LONGEST_VENUE = 300
MOST_RATERS = 500


@dataclass(frozen=True)
class When:
    """When and where a workshop is. People's calendars hold it."""

    starts_on: date | None = None
    ends_on: date | None = None
    starts_time: time | None = None
    ends_time: time | None = None
    venue: str = ""


@dataclass(frozen=True)
class Asking:
    """How a rating workshop asks. ``raters_per_item`` None asks everybody everything."""

    mode: Mode = Mode.ROUNDS
    raters_per_item: int | None = None


def check_title(title: str) -> None:
    """Raise ``Invalid`` for a title that is missing or too long."""
    if not title.strip():
        raise Invalid("Give the workshop a title.", title="Enter a title")
    if len(title.strip()) > LONGEST_TITLE:
        sentence = f"The title must be {LONGEST_TITLE} characters or fewer"
        raise Invalid(sentence, title=sentence)


def completed(when: When, kind: WorkshopKind) -> When:
    """Return the dates with the last day of a QA window filled in where it was left blank."""
    ends_on = when.ends_on
    if kind == WorkshopKind.VALIDATION and when.starts_on and not ends_on:
        ends_on = when.starts_on + WINDOW
    return When(when.starts_on, ends_on, when.starts_time, when.ends_time, when.venue.strip())


def check_when(when: When) -> None:
    """Raise ``Invalid`` for days or hours the wrong way round, or hours of no day."""
    if when.starts_on and when.ends_on and when.ends_on < when.starts_on:
        raise Invalid(
            "A workshop ends on or after the day it starts.",
            ends_on="The last day must be the first day or later",
        )
    if when.starts_time and not when.starts_on:
        raise Invalid("A start time needs a first day.", starts_time="Enter the first day too")
    _check_end(when)
    if len(when.venue) > LONGEST_VENUE:
        sentence = f"The venue must be {LONGEST_VENUE} characters or fewer"
        raise Invalid(sentence, venue=sentence)


def _check_end(when: When) -> None:
    if not when.ends_time:
        return
    if not when.starts_time:
        raise Invalid("An end time needs a start time.", ends_time="Enter the start time too")
    is_one_day = when.ends_on in (None, when.starts_on)
    if is_one_day and when.ends_time <= when.starts_time:
        sentence = "The end time must be later than the start time"
        raise Invalid(sentence, ends_time=sentence)


def check_asking(asking: Asking, kind: WorkshopKind, minimum_n: int) -> None:
    """Raise ``Invalid`` for a way of asking that this kind of workshop cannot have."""
    if asking.mode == Mode.REAL_TIME and not has_rounds(kind):
        raise Invalid("Only rating workshops run in real time.", mode="Choose rounds")
    raters = asking.raters_per_item
    if raters is None:
        return
    if not has_rounds(kind):
        sentence = "Only rating workshops share their items out; leave this empty"
        raise Invalid(sentence, raters_per_item=sentence)
    if not minimum_n <= raters <= MOST_RATERS:
        sentence = (
            f"Enter a number from {minimum_n} to {MOST_RATERS}: with fewer than {minimum_n} "
            "raters an item gets no verdict"
        )
        raise Invalid(sentence, raters_per_item=sentence)


def set_when(workshop: Workshop, when: When) -> None:
    """Put when and where into the workshop; count a change of it for people's calendars."""
    was = When(
        workshop.starts_on,
        workshop.ends_on,
        workshop.starts_time,
        workshop.ends_time,
        workshop.venue,
    )
    if was == when:
        return
    workshop.starts_on, workshop.ends_on = when.starts_on, when.ends_on
    workshop.starts_time, workshop.ends_time = when.starts_time, when.ends_time
    workshop.venue = when.venue
    workshop.sequence += 1


def set_asking(workshop: Workshop, asking: Asking) -> None:
    """Put the way of asking into the workshop. Raises ``Closed`` once its first round opened."""
    if asking == Asking(workshop.mode, workshop.raters_per_item):
        return
    check_asking(asking, workshop.kind, rule_card_of(workshop.cycle_id).minimum_n)
    opened = select(Round.id).where(Round.workshop_id == workshop.id).limit(1)
    if db.session.scalar(opened) is not None:
        raise Closed("Round 1 has opened. How the workshop asks stays as it is from then on.")
    workshop.mode, workshop.raters_per_item = asking.mode, asking.raters_per_item


def make_join_code() -> str:
    """Return a join code that no workshop has."""
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if db.session.scalar(select(Workshop.id).where(Workshop.join_code == code)) is None:
            return code
