"""What the cycle is compared with: the framework, the mapping threshold, standards in use."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.setup.checks import put, refuse_faults
from cycles.setup.models import Cycle
from cycles.setup.queries import open_cycle
from cycles.standards.models import Framework, OccupationalStandard, StandardInUse

FRAMEWORK_CHOSEN = EventType("cycle.framework_chosen", "framework", "threshold_percent")
CURRENT_STATE_SET = EventType("cycle.current_state_set", "count", "added", "removed")


def choose_framework(
    *,
    cycle: Cycle,
    framework_id: uuid.UUID,
    actor: Actor,
    moment: datetime,
    threshold_percent: int | None = None,
) -> None:
    """Choose the framework to compare with, and the match score from which a duty supports.

    Standards in use belong to their framework, so those of another one are let go.
    """
    open_cycle(cycle.id)
    framework = db.session.get(Framework, framework_id)
    threshold = cycle.threshold_percent if threshold_percent is None else threshold_percent
    refuse_faults(
        framework_id=None if framework else "Choose a framework.",
        threshold_percent=None if 1 <= threshold <= 99 else "Enter a whole number from 1 to 99.",
    )
    if not put(cycle, framework_id=framework_id, threshold_percent=threshold) or not framework:
        return
    _let_go(cycle.id, _standards_in_use(cycle) - _standards_of(cycle))
    db.session.flush()
    FRAMEWORK_CHOSEN.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        subject_id=framework_id,
        framework=framework.name,
        threshold_percent=threshold,
    )


def set_standards_in_use(
    *, cycle: Cycle, standard_ids: Iterable[uuid.UUID], actor: Actor, moment: datetime
) -> None:
    """Say which standards the cycle's organisations train to today: the current state."""
    open_cycle(cycle.id)
    wanted, before = set(standard_ids), _standards_in_use(cycle)
    if not wanted <= _standards_of(cycle):
        raise Invalid("Choose standards of the cycle's own framework.")
    added, removed = wanted - before, before - wanted
    if not added and not removed:
        return
    _let_go(cycle.id, removed)
    db.session.add_all(
        StandardInUse(cycle_id=cycle.id, standard_id=each) for each in sorted(added, key=str)
    )
    db.session.flush()
    CURRENT_STATE_SET.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        count=len(wanted),
        added=len(added),
        removed=len(removed),
    )


def _standards_in_use(cycle: Cycle) -> set[uuid.UUID]:
    used = select(StandardInUse.standard_id).where(StandardInUse.cycle_id == cycle.id)
    return set(db.session.scalars(used))


def _standards_of(cycle: Cycle) -> set[uuid.UUID]:
    known = select(OccupationalStandard.id).where(
        OccupationalStandard.framework_id == cycle.framework_id
    )
    return set(db.session.scalars(known))


def _let_go(cycle_id: uuid.UUID, standard_ids: set[uuid.UUID]) -> None:
    db.session.execute(
        delete(StandardInUse).where(
            StandardInUse.cycle_id == cycle_id, StandardInUse.standard_id.in_(standard_ids)
        )
    )
