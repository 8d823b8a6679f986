"""Candidate solutions: added, changed, ordered, prioritised with a reason, removed."""

from datetime import datetime
from typing import Any

from cycles.core.audit import Actor, EventType
from cycles.core.extensions import db
from cycles.setup import ordering
from cycles.setup.checks import fault_in, put, refuse_faults
from cycles.setup.commands.challenge import LINE, SHORT_TEXT
from cycles.setup.models import Cycle, Solution
from cycles.setup.queries import open_cycle

ADDED = EventType("solution.added", "name")
CHANGED = EventType("solution.changed", "name", "changed")
MOVED = EventType("solution.moved", "name", "position")
PRIORITISED = EventType("solution.prioritised", "name")
SET_ASIDE = EventType("solution.set_aside", "name")
VOTED = EventType("solution.voted", "name", "outcome", "median", "n")
REMOVED = EventType("solution.removed", "name")


def add_solution(
    *, cycle: Cycle, name: str, actor: Actor, moment: datetime, description: str = ""
) -> Solution:
    """Add a candidate solution after the last."""
    open_cycle(cycle.id)
    _check(cycle, name, description)
    solution = Solution(
        cycle_id=cycle.id,
        position=ordering.next_position(Solution, cycle.id),
        name=name,
        description=description,
    )
    db.session.add(solution)
    db.session.flush()
    _record(ADDED, solution, actor, moment)
    return solution


def change_solution(
    *, solution: Solution, name: str, description: str, actor: Actor, moment: datetime
) -> None:
    """Reword a candidate solution."""
    _check(open_cycle(solution.cycle_id), name, description, solution)
    changed = put(solution, name=name, description=description)
    if changed:
        db.session.flush()
        _record(CHANGED, solution, actor, moment, changed=changed)


def move_solution(*, solution: Solution, up: bool, actor: Actor, moment: datetime) -> None:
    """Move a solution one place up or down."""
    open_cycle(solution.cycle_id)
    if ordering.move(solution, up=up):
        _record(MOVED, solution, actor, moment, position=solution.position)


def prioritise_solution(*, solution: Solution, reason: str, actor: Actor, moment: datetime) -> None:
    """Prioritise a solution. The reason is said, because the report prints it."""
    open_cycle(solution.cycle_id)
    blank = "Say why the stakeholders chose this solution."
    refuse_faults(reason=fault_in(reason, most=SHORT_TEXT, blank=blank))
    if put(solution, is_prioritised=True, reason=reason):
        db.session.flush()
        _record(PRIORITISED, solution, actor, moment)


def set_aside_solution(
    *, solution: Solution, actor: Actor, moment: datetime, reason: str = ""
) -> None:
    """Take a solution out of the prioritised ones, with the reason if there is one."""
    open_cycle(solution.cycle_id)
    refuse_faults(reason=fault_in(reason, most=SHORT_TEXT))
    if put(solution, is_prioritised=False, reason=reason):
        db.session.flush()
        _record(SET_ASIDE, solution, actor, moment)


def record_vote(
    *, solution: Solution, vote: dict[str, Any], actor: Actor, moment: datetime
) -> None:
    """Keep what a prioritisation workshop came to beside the solution. It prioritises nothing.

    ``vote`` holds the outcome in words, the median (1 to 9), n, whether the panel disagreed, and
    the workshop's id; median and n are None where too few rated to be shown.
    """
    open_cycle(solution.cycle_id)
    if put(solution, vote=vote):
        db.session.flush()
        told = {name: vote[name] for name in ("outcome", "median", "n")}
        _record(VOTED, solution, actor, moment, **told)


def remove_solution(*, solution: Solution, actor: Actor, moment: datetime) -> None:
    """Remove a solution and close the gap it leaves."""
    open_cycle(solution.cycle_id)
    ordering.remove(solution, refusal=f"{solution.name} is in use and cannot be removed.")
    _record(REMOVED, solution, actor, moment)


def _check(cycle: Cycle, name: str, description: str, but: Solution | None = None) -> None:
    refuse_faults(
        name=fault_in(name, most=LINE, blank="Enter a name for the solution.")
        or ordering.fault_in_name(Solution, cycle.id, name, but),
        description=fault_in(description, most=SHORT_TEXT),
    )


def _record(
    kind: EventType, solution: Solution, actor: Actor, moment: datetime, **facts: object
) -> None:
    kind.record(
        actor=actor,
        moment=moment,
        cycle_id=solution.cycle_id,
        subject_id=solution.id,
        name=solution.name,
        **facts,
    )
