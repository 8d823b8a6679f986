"""What the cycle is compared with: the frameworks, the mapping threshold, standards in use."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from consensus.matching.national import FLOOR_PERCENT
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.setup.checks import put, refuse_faults
from cycles.setup.models import Cycle, CycleFramework
from cycles.setup.provision import frameworks_of, in_use_by_framework, standards_in_use_of
from cycles.setup.queries import open_cycle
from cycles.standards.models import Framework, OccupationalStandard, StandardInUse

FRAMEWORKS_CHOSEN = EventType(
    "cycle.frameworks_chosen", "frameworks", "with_skills", "threshold_percent"
)
THRESHOLD_SET = EventType("cycle.threshold_set", "threshold_percent")
CURRENT_STATE_SET = EventType("cycle.current_state_set", "count", "added", "removed")
# Below the floor a run keeps no scores, so no lower threshold could be answered.
LOWEST_THRESHOLD, HIGHEST_THRESHOLD = FLOOR_PERCENT, 99
NONE_CHOSEN = "Tick at least one framework to compare with."
NOT_THERE = "One of these frameworks is no longer there. Load the page again and choose anew."


def choose_frameworks(
    *,
    cycle: Cycle,
    chosen: Sequence[tuple[uuid.UUID, bool]],
    actor: Actor,
    moment: datetime,
    threshold_percent: int | None = None,
    may_set_aside: bool = True,
) -> None:
    """Choose the frameworks to compare with, in order, and the score from which a duty supports.

    ``chosen`` pairs each framework with whether the skills of its standards stand in where a
    standard has no duties. Standards in use of a framework that is taken out are set aside, and
    are in use again when it is chosen again; ``may_set_aside`` False refuses that.
    """
    open_cycle(cycle.id)
    threshold = cycle.threshold_percent if threshold_percent is None else threshold_percent
    refuse_faults(
        frameworks=_fault_in_choice(chosen), threshold_percent=_fault_in_threshold(threshold)
    )
    if not may_set_aside:
        refuse_faults(may_set_aside=_set_aside_in_words(cycle, {each for each, _ in chosen}))
    before = [(each.framework.id, each.uses_skills) for each in frameworks_of(cycle.id)]
    is_changed = before != list(chosen)
    if not put(cycle, threshold_percent=threshold) and not is_changed:
        return
    _write(cycle, chosen)
    now = frameworks_of(cycle.id)
    FRAMEWORKS_CHOSEN.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        subject_id=cycle.id,
        frameworks=[each.framework.name for each in now],
        with_skills=[each.framework.name for each in now if each.uses_skills],
        threshold_percent=threshold,
    )


def set_threshold(*, cycle: Cycle, threshold_percent: int, actor: Actor, moment: datetime) -> None:
    """Say from which match score a duty supports a capability, and leave the frameworks alone."""
    open_cycle(cycle.id)
    refuse_faults(threshold_percent=_fault_in_threshold(threshold_percent))
    if not put(cycle, threshold_percent=threshold_percent):
        return
    db.session.flush()
    THRESHOLD_SET.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        subject_id=cycle.id,
        threshold_percent=threshold_percent,
    )


def set_standards_in_use(
    *, cycle: Cycle, standard_ids: Iterable[uuid.UUID], actor: Actor, moment: datetime
) -> None:
    """Say which standards the cycle's organisations train to today: the current state."""
    open_cycle(cycle.id)
    wanted = set(standard_ids)
    before = {each.id for each in standards_in_use_of(cycle.id)}
    if wanted != _compared_with(cycle, wanted):
        raise Invalid("Choose standards of the cycle's own frameworks.")
    added, removed = wanted - before, before - wanted
    if not added and not removed:
        return
    db.session.execute(
        delete(StandardInUse).where(
            StandardInUse.cycle_id == cycle.id, StandardInUse.standard_id.in_(removed)
        )
    )
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


def _fault_in_choice(chosen: Sequence[tuple[uuid.UUID, bool]]) -> str | None:
    wanted = {framework_id for framework_id, _ in chosen}
    if not wanted:
        return NONE_CHOSEN
    there = set(db.session.scalars(select(Framework.id).where(Framework.id.in_(wanted))))
    return None if there == wanted and len(wanted) == len(chosen) else NOT_THERE


def _fault_in_threshold(percent: int) -> str | None:
    if LOWEST_THRESHOLD <= percent <= HIGHEST_THRESHOLD:
        return None
    return (
        f"Enter a threshold from {LOWEST_THRESHOLD} to {HIGHEST_THRESHOLD}. "
        f"Scores below {LOWEST_THRESHOLD} are not kept."
    )


def _set_aside_in_words(cycle: Cycle, wanted: set[uuid.UUID]) -> str | None:
    """Return which standards in use go with the frameworks that are taken out, and how they come
    back; None when none does."""
    used = in_use_by_framework(cycle.id)
    leaving = [
        f"{used[each.framework.id]:,} of {each.framework.name}"
        for each in frameworks_of(cycle.id)
        if each.framework.id not in wanted and each.framework.id in used
    ]
    if not leaving:
        return None
    return (
        f"Standards in use are set aside with their framework: {', '.join(leaving)}. Confirm it "
        "below. Ticking the framework again brings them back."
    )


def _write(cycle: Cycle, chosen: Sequence[tuple[uuid.UUID, bool]]) -> None:
    rows = db.session.scalars(select(CycleFramework).where(CycleFramework.cycle_id == cycle.id))
    held = {row.framework_id: row for row in rows}
    for position, (framework_id, uses_skills) in enumerate(chosen, 1):
        row = held.pop(framework_id, None)
        if row is None:
            row = CycleFramework(cycle_id=cycle.id, framework_id=framework_id)
            db.session.add(row)
        row.position, row.uses_skills = position, uses_skills
    for left_out in held.values():
        db.session.delete(left_out)
    # The form is filled from the cycle and its frameworks: a change of either is a new version.
    flag_modified(cycle, "threshold_percent")
    db.session.flush()


def _compared_with(cycle: Cycle, standard_ids: set[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of the standards that stand in a framework of the cycle."""
    chosen = select(CycleFramework.framework_id).where(CycleFramework.cycle_id == cycle.id)
    known = select(OccupationalStandard.id).where(
        OccupationalStandard.id.in_(standard_ids), OccupationalStandard.framework_id.in_(chosen)
    )
    return set(db.session.scalars(known))
