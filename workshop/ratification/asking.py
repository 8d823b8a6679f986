"""Asking for prototype profiles: the job that finds them, and for whom it puts them in place."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from consensus.grouping import GroupingSettings
from cycles.core import clock
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid, Missing
from cycles.core.jobs.commands import JobRun, ask_for, handles, under_way
from cycles.core.jobs.models import Job
from cycles.setup.models import Cycle
from workshop.ratification.generation import NOTHING_SETTLED, generate_profiles, hold_at_stage
from workshop.ratification.previewing import find_preview
from workshop.ratification.wishes import read_settings
from workshop.ratification.working_from import levels_of

KIND = "profiles.generate"
PUTS_IN_PLACE = "puts_in_place"
ASKED = EventType("profiles.asked_for", PUTS_IN_PLACE)


def ask_for_profiles(*, cycle: Cycle, actor: Actor, moment: datetime) -> Job:
    """Queue prototype profiles in one step, with no preview; or return the job under way."""
    return _ask(cycle, None, True, actor, moment)


def ask_for_preview(
    *, cycle: Cycle, settings: GroupingSettings, actor: Actor, moment: datetime
) -> Job:
    """Queue a preview of prototype profiles, or return the job under way.

    Refuses where no capability is settled at any role level.
    """
    hold_at_stage(cycle.id)
    if not any(one.needed for one in levels_of(cycle.id)):
        raise Invalid(NOTHING_SETTLED)
    return _ask(cycle, settings, False, actor, moment)


def _ask(
    cycle: Cycle,
    settings: GroupingSettings | None,
    puts_in_place: bool,
    actor: Actor,
    moment: datetime,
) -> Job:
    # Held alone: of two who ask at the same moment the second finds the job of the first.
    hold_at_stage(cycle.id)
    held = under_way(kind=KIND, cycle_id=cycle.id)
    if held is not None:
        return held
    ASKED.record(actor=actor, moment=moment, cycle_id=cycle.id, puts_in_place=puts_in_place)
    return ask_for(
        kind=KIND,
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        by=actor.name,
        settings=asdict(settings) if settings else {},
        puts_in_place=puts_in_place,
    )


@handles(KIND)
def run_generation(run: JobRun) -> dict[str, Any]:
    """Find the prototypes of the job's cycle; find how many, and what became of them."""
    if run.cycle_id is None:
        raise Missing("Profiles are generated for a cycle.")
    settings = read_settings(run.facts.get("settings", {}))
    if not run.facts.get(PUTS_IN_PLACE, True):
        draft = find_preview(cycle_id=run.cycle_id, settings=settings, moment=clock.now(), run=run)
        return {"proposed": len(draft.proposals)}
    actor = Actor(run.asked_by_id, run.facts["by"])
    found = generate_profiles(
        cycle_id=run.cycle_id, actor=actor, moment=clock.now(), settings=settings, run=run
    )
    return asdict(found)
