"""How statuses, days and steps of actions are said, alike on every page. Pure."""

from collections.abc import Sequence
from datetime import date, datetime

from cycles.core.clock import LONDON
from cycles.setup.pages.words import day_words
from reports.actions.models import SETTLED, ActionChange, ActionStatus, Recommendation

TAG_KINDS = {
    ActionStatus.PROPOSED: "",
    ActionStatus.UNDER_WAY: "current",
    ActionStatus.DONE: "done",
    ActionStatus.DROPPED: "quiet",
}
FIELDS = {
    "horizon": "group",
    "topic": "topic",
    "actions": "actions",
    "who": "who",
    "when": "when",
    "result": "result",
    "owner": "owner",
    "due_on": "due date",
    "notes": "notes",
}
SOON = 14


def lacks(each: Recommendation) -> str:
    """Return what keeps a recommendation from being an action; nothing if it is one."""
    if each.status == ActionStatus.DROPPED:
        return ""
    missing = [
        word
        for word, is_missing in (("an owner", not each.owner), ("a date", each.due_on is None))
        if is_missing
    ]
    return f"Needs {' and '.join(missing)}" if missing else ""


def is_overdue(each: Recommendation, today: date) -> bool:
    """Say whether its date has passed and it is neither done nor dropped."""
    return each.due_on is not None and each.due_on < today and each.status not in SETTLED


def due_in_words(each: Recommendation) -> str:
    """Return its due date in words; nothing without one."""
    return day_words(each.due_on) if each.due_on else ""


def standing_words(each: Recommendation, today: date) -> str:
    """Return how an action stands to its date: overdue by how much, due in how long."""
    if each.status in SETTLED or each.due_on is None:
        return ""
    days = (each.due_on - today).days
    if days < 0:
        return f"{said_days(-days)} overdue"
    if days == 0:
        return "Due today"
    return f"Due in {said_days(days)}" if days <= SOON else ""


def said_days(count: int) -> str:
    """Return a number of days."""
    return f"{count:,} {'day' if count == 1 else 'days'}"


def day_of(moment: datetime) -> str:
    """Return the day of a moment, in London."""
    return day_words(moment.astimezone(LONDON).date())


def step_words(step: ActionChange) -> str:
    """Return what one step of a history did, as a sentence."""
    if step.before is None:
        return f"Added as {step.status}."
    said = []
    if step.before != step.status:
        said.append(f"From {step.before} to {step.status}.")
    if step.changed:
        said.append(f"Changed: {listed([FIELDS.get(name, name) for name in step.changed])}.")
    if not said:
        said.append("A note." if step.note else "Looked at.")
    return " ".join(said)


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
