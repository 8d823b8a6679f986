"""Moving a cycle from stage to stage. The gates decide; nothing here judges."""

from datetime import datetime

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.setup.models import Cycle
from cycles.setup.queries import open_cycle
from cycles.stages.gates import blockers
from cycles.stages.queries import evidence_of
from cycles.stages.words import ORDER, Stage

ADVANCED = EventType("cycle.advanced", "left", "reached")
STEPPED_BACK = EventType("cycle.stepped_back", "left", "reached")


def stage_after(stage: Stage) -> Stage | None:
    """Return the stage after ``stage``, or None after the last."""
    there = ORDER.index(stage) + 1
    return ORDER[there] if there < len(ORDER) else None


def stage_before(stage: Stage) -> Stage | None:
    """Return the stage before ``stage``, or None before the first."""
    here = ORDER.index(stage)
    return ORDER[here - 1] if here else None


def advance(*, cycle: Cycle, actor: Actor, moment: datetime) -> Stage:
    """Move to the next stage; raise ``Closed`` with every blocker while the gate is shut."""
    open_cycle(cycle.id)
    reached = stage_after(cycle.stage)
    if reached is None:
        raise Closed("Causing action is the last stage.")
    stopping = blockers(cycle.stage, evidence_of(cycle))
    if stopping:
        raise Closed(f"The cycle cannot move to {reached} yet. " + " ".join(stopping))
    _move(ADVANCED, cycle, reached, actor, moment)
    return reached


def step_back(*, cycle: Cycle, actor: Actor, moment: datetime) -> Stage:
    """Move to the stage before. Nothing that was recorded is lost."""
    open_cycle(cycle.id)
    reached = stage_before(cycle.stage)
    if reached is None:
        raise Closed("Considering is the first stage.")
    _move(STEPPED_BACK, cycle, reached, actor, moment)
    return reached


def _move(kind: EventType, cycle: Cycle, reached: Stage, actor: Actor, moment: datetime) -> None:
    left, cycle.stage = cycle.stage, reached
    db.session.flush()
    kind.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        subject_id=cycle.id,
        left=left.value,
        reached=reached.value,
    )
