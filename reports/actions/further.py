"""Subjects for further cycles: added, changed, ordered, removed; and the cycle started from one."""

import hashlib
import uuid
from datetime import datetime

from cycles.accounts.models import Account
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Conflict
from cycles.core.extensions import db
from cycles.people.commands import add_participant
from cycles.people.models import Group
from cycles.setup.checks import fault_in, put, refuse_faults
from cycles.setup.commands import start_cycle
from cycles.setup.models import Cycle
from cycles.setup.queries import get_cycle, open_cycle
from reports.actions.models import FurtherSubject
from reports.actions.queries import subjects_of

ADDED = EventType("subject.added", "title", "source")
CHANGED = EventType("subject.changed", "title", "changed")
MOVED = EventType("subject.moved", "title", "position")
REMOVED = EventType("subject.removed", "title")

TITLE, TEXT = 200, 4000


def add_subject(
    *,
    cycle_id: uuid.UUID,
    title: str,
    why: str = "",
    source: str = "",
    actor: Actor,
    moment: datetime,
) -> FurtherSubject:
    """Add a subject after the last. ``source`` names the suggestion it was drafted from."""
    open_cycle(cycle_id)
    _check(title, why)
    row = FurtherSubject(
        cycle_id=cycle_id,
        position=len(subjects_of(cycle_id)) + 1,
        title=title,
        why=why,
        source=source,
        added_at=moment,
    )
    db.session.add(row)
    db.session.flush()
    _record(ADDED, row, actor, moment, source=source)
    return row


def change_subject(
    *, subject: FurtherSubject, title: str, why: str, seen: str, actor: Actor, moment: datetime
) -> None:
    """Change a subject. ``seen`` is the mark of the wording that the editor saw."""
    open_cycle(subject.cycle_id)
    if seen and seen != mark_of(subject):
        raise Conflict("Somebody else changed this subject first. Reload the page to see how.")
    _check(title, why)
    changed = put(subject, title=title, why=why)
    if changed:
        db.session.flush()
        _record(CHANGED, subject, actor, moment, changed=changed)


def mark_of(subject: FurtherSubject) -> str:
    """Return a mark that changes with the wording."""
    return hashlib.sha256(f"{subject.title}\n{subject.why}".encode()).hexdigest()[:16]


def move_subject(*, subject: FurtherSubject, up: bool, actor: Actor, moment: datetime) -> None:
    """Move a subject one place up or down."""
    open_cycle(subject.cycle_id)
    rows = subjects_of(subject.cycle_id)
    here = rows.index(subject)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    _number(rows)
    _record(MOVED, subject, actor, moment, position=subject.position)


def remove_subject(*, subject: FurtherSubject, actor: Actor, moment: datetime) -> None:
    """Remove a subject. A cycle that was started from it stays as it is."""
    open_cycle(subject.cycle_id)
    db.session.delete(subject)
    db.session.flush()
    _number(subjects_of(subject.cycle_id))
    _record(REMOVED, subject, actor, moment)


def start_from(
    *,
    subject: FurtherSubject,
    title: str,
    challenge: str,
    is_copied: bool,
    account: Account,
    actor: Actor,
    moment: datetime,
) -> Cycle:
    """Start a cycle on this subject, and link it with the one that names the subject.

    ``account`` convenes it; ``is_copied`` says whether it begins with the other's set-up. Raises
    ``Closed`` when a cycle was started from the subject already.
    """
    # Two presses of the button at once start one cycle.
    db.session.refresh(subject, with_for_update=True)
    open_cycle(subject.cycle_id)
    if subject.started_cycle_id is not None:
        raise Closed("A cycle has been started on this subject already.")
    started = start_cycle(
        title=title,
        challenge=challenge,
        copy_from=get_cycle(subject.cycle_id) if is_copied else None,
        subject_id=subject.id,
        actor=actor,
        moment=moment,
    )
    add_participant(
        cycle=started, account=account, group=Group.CONVENER, actor=actor, moment=moment
    )
    subject.started_cycle_id = started.id
    db.session.flush()
    return started


def _check(title: str, why: str) -> None:
    refuse_faults(
        title=fault_in(title, most=TITLE, blank="Enter the subject."),
        why=fault_in(why, most=TEXT),
    )


def _number(rows: list[FurtherSubject]) -> None:
    for position, row in enumerate(rows, 1):
        row.position = position
    db.session.flush()


def _record(
    kind: EventType, row: FurtherSubject, actor: Actor, moment: datetime, **facts: object
) -> None:
    kind.record(
        actor=actor,
        moment=moment,
        cycle_id=row.cycle_id,
        subject_id=row.id,
        title=row.title,
        **facts,
    )
