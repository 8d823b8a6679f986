"""Writing a reminder of actions. Nothing here is sent or kept.

The text is a template of plain text, which nothing escapes; so whatever people typed comes in as
one line, and never near a header but for the subject.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app

from cycles.core.mail import Letter
from cycles.setup.queries import get_cycle
from reports.actions.models import Recommendation
from reports.actions.reminding.planning import Owner, day_of
from workshop.letters.lines import one_line, subject_line, tidied
from workshop.letters.queries import organiser_of
from workshop.letters.words import counted
from workshop.letters.writing import address


@dataclass(frozen=True)
class Item:
    """One action as the letter names it."""

    topic: str
    due: str


@dataclass(frozen=True)
class ReminderText:
    """What the template is given. ``link`` is empty for owners who cannot sign in."""

    name: str
    cycle: str
    intro: str
    items: tuple[Item, ...]
    link: str
    sender: str
    sender_email: str
    stop_address: str


def reminder_for(
    cycle_id: uuid.UUID,
    owner: Owner,
    actions: Sequence[Recommendation],
    *,
    stop_address: str,
    moment: datetime,
) -> Letter:
    """Return the letter that reminds one owner of these actions, as things stand now."""
    cycle, organiser = get_cycle(cycle_id), organiser_of(cycle_id)
    today = day_of(moment)
    told = ReminderText(
        name=one_line(owner.name),
        cycle=one_line(cycle.title),
        intro=_intro(len(actions)),
        items=tuple(Item(one_line(each.topic), due_words(each.due_on, today)) for each in actions),
        link=address("actions.mine", cycle_id=cycle_id) if owner.participant_id else "",
        sender=one_line(organiser.account.name if organiser else cycle.convener_organisation),
        sender_email=organiser.account.email if organiser else "",
        stop_address=stop_address,
    )
    template = current_app.jinja_env.get_template("actions/reminder.txt")
    return Letter(
        to=owner.email,
        subject=_subject(actions, today),
        text=tidied(template.render(page=told)),
        stop_address=stop_address,
    )


def _intro(count: int) -> str:
    if count == 1:
        return "You answer for this action of"
    return f"You answer for these {count} actions of"


def _subject(actions: Sequence[Recommendation], today: date) -> str:
    if len(actions) == 1:
        (only,) = actions
        is_overdue = only.due_on is not None and only.due_on < today
        return subject_line(f"{'Overdue' if is_overdue else 'Due soon'}: {only.topic}")
    overdue = sum(each.due_on is not None and each.due_on < today for each in actions)
    words = f"{overdue} overdue" if overdue else "due soon"
    return f"{len(actions)} actions of yours, {words}"


def due_words(due_on: date | None, today: date) -> str:
    """Return when an action is due, in words that say how long it is until then or since."""
    if due_on is None:
        return "No due date"
    day, days = f"{due_on:%-d %B %Y}", (due_on - today).days
    if days < 0:
        return f"Due {day}, {counted(-days, 'day', 'days')} ago"
    if days == 0:
        return f"Due today, {day}"
    return f"Due {day}, in {counted(days, 'day', 'days')}"
