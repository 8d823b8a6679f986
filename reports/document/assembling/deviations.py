"""What went otherwise than planned, counted from the audit log and from the rows it speaks of.

Each kind is listed with its count, also where that is 0: a reader should see that it was looked
for. Nobody is named, and no reason is guessed.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from consensus.stopping import Closing
from cycles.core.audit import AuditEvent
from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from reports.document.assembling.rows import Rows
from reports.document.facts import Deviation
from workshop.rooms.models import Item, ItemVerdict, RoomState, Round, RoundItem, Workshop

PANELS = (Group.TECHNOLOGIST, Group.EMPLOYER, Group.EDUCATOR)
LOOKED_AT = (
    "cycle.stepped_back",
    "rule_card.set",
    "workshop.planned",
    "workshop.opened",
    "workshop.changed",
    "round.paused",
    "profile.reopened",
    "profile.withdrawn",
    "mapping.made",
    "cycle.threshold_set",
    "cycle.frameworks_chosen",
    "match.verdict_withdrawn",
)


class Event(NamedTuple):
    """What is needed of an event of the log."""

    moment: datetime
    action: str
    subject_id: uuid.UUID | None
    facts: dict[str, Any]


Events = Sequence[Event]
Count = Callable[[Rows, Events], int]


def deviation_facts(rows: Rows) -> tuple[Deviation, ...] | None:
    """Return every kind of deviation with its count, or None where nothing was logged."""
    events = _events(rows.cycle.id)
    if not events:
        return None
    return tuple(Deviation(what, count(rows, events)) for what, count in _KINDS)


def _events(cycle_id: uuid.UUID) -> Events:
    found = db.session.execute(
        select(AuditEvent.moment, AuditEvent.action, AuditEvent.subject_id, AuditEvent.facts)
        .where(AuditEvent.cycle_id == cycle_id, AuditEvent.action.in_(LOOKED_AT))
        .order_by(AuditEvent.id)
    )
    return [Event(*row) for row in found]


def _times(action: str) -> Count:
    return lambda _rows, events: Counter(each.action for each in events)[action]


def _after(first: str, *actions: str) -> Count:
    """Count events that came after the first one of another kind."""

    def count(_rows: Rows, events: Events) -> int:
        start = next((at for at, each in enumerate(events) if each.action == first), len(events))
        return sum(each.action in actions for each in events[start:])

    return count


def _replanned(_rows: Rows, events: Events) -> int:
    """Count changes to the plan of a workshop that had opened: its dates, its place, its title."""
    opened: set[uuid.UUID | None] = set()
    changes = 0
    for each in events:
        if each.action == "workshop.opened":
            opened.add(each.subject_id)
        changes += each.action == "workshop.changed" and each.subject_id in opened
    return changes


def _withdrawn(_rows: Rows, events: Events) -> int:
    return sum(
        each.action == "profile.withdrawn" and bool(each.facts.get("was_ratified"))
        for each in events
    )


def _asked_again(rows: Rows, _events: Events) -> int:
    """Count items that had closed as agreed and were asked in a later round all the same."""
    before, later = aliased(Round), aliased(Round)
    wanted = (
        select(func.count(ItemVerdict.item_id.distinct()))
        .join(before, before.id == ItemVerdict.round_id)
        .join(RoundItem, RoundItem.item_id == ItemVerdict.item_id)
        .join(later, later.id == RoundItem.round_id)
        .where(
            ItemVerdict.cycle_id == rows.cycle.id,
            ItemVerdict.closing == Closing.AGREED.value,
            later.number > before.number,
        )
    )
    return db.session.scalar(wanted) or 0


def _left_open(rows: Rows, _events: Events) -> int:
    """Count items that the last round of a closed workshop left open: no rule closed them."""
    last = (
        select(func.max(Round.number))
        .where(Round.workshop_id == Workshop.id)
        .correlate(Workshop)
        .scalar_subquery()
    )
    wanted = (
        select(func.count(ItemVerdict.id))
        .join(Round, Round.id == ItemVerdict.round_id)
        .join(Workshop, Workshop.id == Round.workshop_id)
        .where(
            ItemVerdict.cycle_id == rows.cycle.id,
            ItemVerdict.closing == Closing.OPEN.value,
            Workshop.state == RoomState.CLOSED,
            Round.number == last,
        )
    )
    return db.session.scalar(wanted) or 0


def _reworded(rows: Rows, _events: Events) -> int:
    wanted = select(func.count(Item.id)).where(Item.cycle_id == rows.cycle.id, Item.version > 1)
    return db.session.scalar(wanted) or 0


def _people(moment_of: Any) -> Count:
    """Count people of the three groups by a moment of theirs after the first round had opened."""

    def count(rows: Rows, _events: Events) -> int:
        opened = select(func.min(Round.opened_at)).where(Round.cycle_id == rows.cycle.id)
        wanted = select(func.count(Participant.id)).where(
            Participant.cycle_id == rows.cycle.id,
            Participant.group.in_(PANELS),
            moment_of > opened.scalar_subquery(),
        )
        return db.session.scalar(wanted) or 0

    return count


def _decided(rows: Rows, _events: Events) -> int:
    return sum(each.is_decided for each in rows.cells)


def _settled_ksbs(rows: Rows, _events: Events) -> int:
    return sum(bool(each.decision_reason) for each in rows.ksbs)


_KINDS: Iterable[tuple[str, Count]] = (
    ("Steps back to an earlier stage of the cycle", _times("cycle.stepped_back")),
    (
        "Changes of the rule card after the first workshop was planned (none is possible once "
        "round 1 has opened)",
        _after("workshop.planned", "rule_card.set"),
    ),
    ("Changes of dates or plans of a workshop that had opened", _replanned),
    ("Pauses of a round", _times("round.paused")),
    ("Items asked again after they had been agreed", _asked_again),
    ("Items asked again in a new wording", _reworded),
    ("Items still open when their workshop was closed", _left_open),
    ("People who joined after the first round had opened", _people(Participant.joined_at)),
    ("People who withdrew after the first round had opened", _people(Participant.withdrawn_at)),
    ("Items decided by the convener with a reason", _decided),
    ("Knowledge, skills and behaviours settled by the convener with a reason", _settled_ksbs),
    ("Profiles reopened after they had been ratified", _times("profile.reopened")),
    ("Ratified profiles withdrawn", _withdrawn),
    (
        "Changes of frameworks or match threshold after the first run of map and gap",
        _after("mapping.made", "cycle.threshold_set", "cycle.frameworks_chosen"),
    ),
    (
        "Verdicts on matches taken back by those who had given them",
        _times("match.verdict_withdrawn"),
    ),
)
