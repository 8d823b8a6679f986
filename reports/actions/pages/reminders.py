"""Reminding owners: to whom it would go now, how it reads, and the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cycles.core.clock import LONDON
from cycles.core.mail import Letter
from reports.actions.models import ActionReminder
from reports.actions.pages.frame import Frame
from reports.actions.reminding.planning import Plan, Reminding
from reports.actions.reminding.writing import due_words
from workshop.letters.models import LetterState
from workshop.letters.words import STATES, counted

MOST_LISTED = 200


@dataclass(frozen=True)
class OwnerLine:
    """One owner who would be written to, and of what."""

    name: str
    email: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class RecordLine:
    """One action that an owner was reminded of, or should have been."""

    topic: str
    name: str
    email: str
    state: str
    state_kind: str
    problem: str
    when: str


@dataclass(frozen=True)
class RemindersPage:
    """What a convener sees before sending. ``blocked`` says why nothing can be sent now."""

    frame: Frame
    blocked: str
    counts: str
    waits: str
    left_out: str
    owners: tuple[OwnerLine, ...]
    subject: str
    text: str
    rule: str
    record: tuple[RecordLine, ...]
    more: int


def reminders_page(
    plan: Plan,
    sample: Letter | None,
    rows: Sequence[ActionReminder],
    *,
    frame: Frame,
    rule: str,
    today: date,
) -> RemindersPage:
    """Return what would go now and what went."""
    return RemindersPage(
        frame=frame,
        blocked=plan.blocked,
        counts=said_counts(plan),
        waits=said_wait(plan),
        left_out="; ".join(f"{count} {reason}" for count, reason in plan.left_out),
        owners=tuple(_owner(each, today) for each in plan.to),
        subject=sample.subject if sample else "",
        text=sample.text if sample else "",
        rule=rule,
        record=tuple(_line(each) for each in rows[:MOST_LISTED]),
        more=max(0, len(rows) - MOST_LISTED),
    )


def said_counts(plan: Plan) -> str:
    """Return how many owners would be reminded of how many actions."""
    if not plan.to:
        return ""
    number = sum(len(each.actions) for each in plan.to)
    owners = counted(len(plan.to), "owner is", "owners are")
    return f"{owners} to be reminded of {counted(number, 'action', 'actions')}."


def said_wait(plan: Plan) -> str:
    """Return when it goes, where it has to wait for the morning."""
    if plan.not_before is None:
        return ""
    return f"It waits until {_moment(plan.not_before)}: nobody is reminded at night or on a Sunday."


def _owner(each: Reminding, today: date) -> OwnerLine:
    return OwnerLine(
        each.owner.name,
        each.owner.email,
        tuple(f"{row.topic}. {due_words(row.due_on, today)}" for row in each.actions),
    )


def _line(each: ActionReminder) -> RecordLine:
    state, kind = STATES[each.state]
    return RecordLine(
        topic=each.recommendation.topic,
        name=each.name,
        email=each.email,
        state=state.capitalize(),
        state_kind=kind,
        problem=each.problem,
        when=_when(each),
    )


def _when(each: ActionReminder) -> str:
    if each.state == LetterState.QUEUED and each.not_before is not None:
        return f"from {_moment(each.not_before)}"
    return _moment(each.sent_at or each.asked_at)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%-d %b %Y, %H:%M}"
