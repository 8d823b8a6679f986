"""The dated lines of a cycle's timeline."""

from datetime import date, datetime

from cycles.core.audit import Actor, EventType
from cycles.core.extensions import db
from cycles.setup.checks import fault_in, put, refuse_faults
from cycles.setup.commands.challenge import LINE
from cycles.setup.models import Cycle, Milestone
from cycles.setup.queries import open_cycle

ADDED = EventType("milestone.added", "title", "on")
CHANGED = EventType("milestone.changed", "title", "on", "changed")
REMOVED = EventType("milestone.removed", "title", "on")

BLANK = "Say what happens on this day."


def add_milestone(
    *, cycle: Cycle, on: date, title: str, actor: Actor, moment: datetime
) -> Milestone:
    """Add a day to the timeline; it finds its place by its date."""
    open_cycle(cycle.id)
    refuse_faults(title=fault_in(title, most=LINE, blank=BLANK))
    milestone = Milestone(cycle_id=cycle.id, on=on, title=title)
    db.session.add(milestone)
    db.session.flush()
    _record(ADDED, milestone, actor, moment)
    return milestone


def change_milestone(
    *, milestone: Milestone, on: date, title: str, actor: Actor, moment: datetime
) -> None:
    """Move a milestone to another day, or say it otherwise."""
    open_cycle(milestone.cycle_id)
    refuse_faults(title=fault_in(title, most=LINE, blank=BLANK))
    changed = put(milestone, on=on, title=title)
    if changed:
        db.session.flush()
        _record(CHANGED, milestone, actor, moment, changed=changed)


def remove_milestone(*, milestone: Milestone, actor: Actor, moment: datetime) -> None:
    """Take a day off the timeline."""
    open_cycle(milestone.cycle_id)
    _record(REMOVED, milestone, actor, moment)
    db.session.delete(milestone)
    db.session.flush()


def _record(
    kind: EventType, milestone: Milestone, actor: Actor, moment: datetime, **facts: object
) -> None:
    kind.record(
        actor=actor,
        moment=moment,
        cycle_id=milestone.cycle_id,
        subject_id=milestone.id,
        title=milestone.title,
        on=milestone.on.isoformat(),
        **facts,
    )
