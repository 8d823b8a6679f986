"""Role levels with their academic levels: added, changed, ordered, removed until rated."""

from datetime import datetime

from cycles.core.audit import Actor, EventType
from cycles.core.extensions import db
from cycles.setup import ordering
from cycles.setup.academic import ACADEMIC_LEVELS
from cycles.setup.checks import fault_in, put, refuse_faults
from cycles.setup.commands.challenge import SHORT_TEXT
from cycles.setup.commands.partners import NAME
from cycles.setup.models import Cycle, RoleLevel
from cycles.setup.queries import open_cycle

ADDED = EventType("role_level.added", "name", "academic_level")
CHANGED = EventType("role_level.changed", "name", "academic_level", "changed")
MOVED = EventType("role_level.moved", "name", "academic_level", "position")
REMOVED = EventType("role_level.removed", "name", "academic_level")


def add_role_level(
    *,
    cycle: Cycle,
    name: str,
    academic_level: int | None,
    actor: Actor,
    moment: datetime,
    description: str = "",
) -> RoleLevel:
    """Add a role level after the last. Its academic level may be said later."""
    open_cycle(cycle.id)
    _check(cycle, name, description, academic_level)
    level = RoleLevel(
        cycle_id=cycle.id,
        position=ordering.next_position(RoleLevel, cycle.id),
        name=name,
        description=description,
        academic_level=academic_level,
    )
    db.session.add(level)
    db.session.flush()
    _record(ADDED, level, actor, moment)
    return level


def change_role_level(
    *,
    role_level: RoleLevel,
    name: str,
    academic_level: int | None,
    description: str,
    actor: Actor,
    moment: datetime,
) -> None:
    """Rename a role level, describe it anew or say another academic level."""
    _check(open_cycle(role_level.cycle_id), name, description, academic_level, role_level)
    changed = put(role_level, name=name, academic_level=academic_level, description=description)
    if changed:
        db.session.flush()
        _record(CHANGED, role_level, actor, moment, changed=changed)


def move_role_level(*, role_level: RoleLevel, up: bool, actor: Actor, moment: datetime) -> None:
    """Move a role level one place up or down."""
    open_cycle(role_level.cycle_id)
    if ordering.move(role_level, up=up):
        _record(MOVED, role_level, actor, moment, position=role_level.position)


def remove_role_level(*, role_level: RoleLevel, actor: Actor, moment: datetime) -> None:
    """Remove a role level that nobody has been asked about yet."""
    open_cycle(role_level.cycle_id)
    refusal = f"{role_level.name} has been asked about in a workshop and cannot be removed."
    ordering.remove(role_level, refusal=refusal)
    _record(REMOVED, role_level, actor, moment)


def _check(
    cycle: Cycle,
    name: str,
    description: str,
    academic_level: int | None,
    but: RoleLevel | None = None,
) -> None:
    unknown = academic_level is not None and academic_level not in ACADEMIC_LEVELS
    refuse_faults(
        name=fault_in(name, most=NAME, blank="Enter a name for the role level.")
        or ordering.fault_in_name(RoleLevel, cycle.id, name, but),
        description=fault_in(description, most=SHORT_TEXT),
        academic_level="Choose an academic level from 2 to 8." if unknown else None,
    )


def _record(
    kind: EventType, level: RoleLevel, actor: Actor, moment: datetime, **facts: object
) -> None:
    kind.record(
        actor=actor,
        moment=moment,
        cycle_id=level.cycle_id,
        subject_id=level.id,
        name=level.name,
        academic_level=level.academic_level,
        **facts,
    )
