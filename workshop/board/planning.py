"""Planning a workshop's agenda: its steps, before they are opened."""

from datetime import datetime

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.setup.queries import open_cycle
from workshop.board.agenda import suggested
from workshop.board.queries import last_position, steps_of
from workshop.rooms.models import RoomState, Step, StepKind, Workshop
from workshop.rooms.scales import has_rounds

LONGEST_STEP = 480
LONGEST_TITLE = 120

STEPS_PLANNED = EventType("workshop.steps_planned", "steps")
STEP_ADDED = EventType("step.added", "kind", "title", "minutes")
STEP_CHANGED = EventType("step.changed", "title", "minutes")
STEP_MOVED = EventType("step.moved", "title", "position")
STEP_REMOVED = EventType("step.removed", "title")


def plan_steps(*, workshop: Workshop, actor: Actor, moment: datetime) -> list[Step]:
    """Give a workshop the agenda of its kind; one that has steps already keeps them."""
    _hold(workshop)
    found = steps_of(workshop.id)
    if found:
        return found
    for position, one in enumerate(suggested(workshop.kind, workshop.mode), 1):
        db.session.add(_step(workshop, position, one.kind, one.title, one.minutes))
    db.session.flush()
    made = steps_of(workshop.id)
    STEPS_PLANNED.record(
        actor=actor,
        moment=moment,
        cycle_id=workshop.cycle_id,
        subject_id=workshop.id,
        steps=len(made),
    )
    return made


def add_step(
    *,
    workshop: Workshop,
    kind: StepKind,
    title: str,
    minutes: int | None,
    actor: Actor,
    moment: datetime,
) -> Step:
    """Add a step at the end of the agenda."""
    _hold(workshop)
    _check(title, minutes)
    if kind != StepKind.TALK and not has_rounds(workshop.kind):
        raise Invalid(
            "This kind of workshop has no rounds, so its steps are for talking.",
            kind="Choose “talk”: there is nothing to rate or to reveal here",
        )
    made = _step(workshop, last_position(workshop.id) + 1, kind, title.strip(), minutes)
    db.session.add(made)
    db.session.flush()
    facts = {"kind": kind.value, "title": made.title, "minutes": minutes}
    _note(STEP_ADDED, made, actor, moment, **facts)
    return made


def change_step(
    *, step: Step, title: str, minutes: int | None, actor: Actor, moment: datetime
) -> None:
    """Change the title and the length of a step that has not been opened."""
    _require_planned(step)
    _check(title, minutes)
    step.title, step.minutes = title.strip(), minutes
    db.session.flush()
    _note(STEP_CHANGED, step, actor, moment, title=step.title, minutes=minutes)


def move_step(*, step: Step, by: int, actor: Actor, moment: datetime) -> None:
    """Move a planned step past its neighbour: ``by`` is −1 for earlier, 1 for later.

    Raises ``Invalid`` at the ends of the agenda and beside a step that has been opened.
    """
    _require_planned(step)
    neighbour = _neighbour(step, by)
    if neighbour is None or neighbour.state != RoomState.PLANNED:
        raise Invalid(f"“{step.title}” cannot move further that way.")
    here, there = step.position, neighbour.position
    # A position is held once only, so the step steps aside while its neighbour takes the place.
    for one, position in ((step, -1), (neighbour, here), (step, there)):
        one.position = position
        db.session.flush()
    _note(STEP_MOVED, step, actor, moment, title=step.title, position=there)


def remove_step(*, step: Step, actor: Actor, moment: datetime) -> None:
    """Take a planned step off the agenda."""
    _require_planned(step)
    _note(STEP_REMOVED, step, actor, moment, title=step.title)
    db.session.delete(step)
    db.session.flush()


def _step(
    workshop: Workshop, position: int, kind: StepKind, title: str, minutes: int | None
) -> Step:
    return Step(
        cycle_id=workshop.cycle_id,
        workshop_id=workshop.id,
        position=position,
        kind=kind,
        title=title,
        minutes=minutes,
        state=RoomState.PLANNED,
    )


def _neighbour(step: Step, by: int) -> Step | None:
    steps = steps_of(step.workshop_id)
    there = steps.index(step) + by
    return steps[there] if 0 <= there < len(steps) else None


def _hold(workshop: Workshop) -> None:
    """Keep other planners out until this transaction ends; refuse a workshop that is over."""
    open_cycle(workshop.cycle_id)
    db.session.refresh(workshop, with_for_update=True)
    if workshop.state == RoomState.CLOSED:
        raise Closed("This workshop is over. Its steps stay as they were.")


def _require_planned(step: Step) -> None:
    _hold(step.workshop)
    db.session.refresh(step)
    if step.state != RoomState.PLANNED:
        raise Closed(f"“{step.title}” has been opened, so it stays as it is.")


def _check(title: str, minutes: int | None) -> None:
    if not title.strip():
        raise Invalid("Give the step a title.", title="Enter a title")
    if len(title.strip()) > LONGEST_TITLE:
        short = f"Use {LONGEST_TITLE} characters or fewer"
        raise Invalid("The title is too long.", title=short)
    if minutes is not None and not 1 <= minutes <= LONGEST_STEP:
        raise Invalid(
            f"A step takes 1 to {LONGEST_STEP} minutes.",
            minutes=f"Enter a number from 1 to {LONGEST_STEP}, or leave it empty",
        )


def _note(event: EventType, step: Step, actor: Actor, moment: datetime, **facts: object) -> None:
    event.record(actor=actor, moment=moment, cycle_id=step.cycle_id, subject_id=step.id, **facts)
