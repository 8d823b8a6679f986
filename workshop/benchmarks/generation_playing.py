"""Generates the profiles of a staged cycle as the worker does, and measures each part of it.

For throw-away databases alone. What is printed of it is in ``generation``.
"""

import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, TypeVar

from consensus.grouping import GroupingSettings, group
from cycles.core import clock
from cycles.core.audit import SYSTEM
from cycles.core.extensions import db
from cycles.core.jobs.commands import run_one
from cycles.core.jobs.models import Job, JobState
from cycles.profiles.drafts import draft_of
from cycles.profiles.models import GenerationDraft
from cycles.profiles.planning import Fate, Plan
from cycles.semantics.encoder import active_model
from cycles.semantics.lenses import active_lens
from cycles.semantics.vectors import encode_missing, vectors_for
from cycles.setup.models import Cycle
from workshop.benchmarks.generation_staging import (
    read_tasks,
    read_titles,
    stage_cycle,
    stage_titles,
)
from workshop.ratification.asking import ask_for_preview
from workshop.ratification.generation import Material, material_of
from workshop.ratification.previewing import put_in_place
from workshop.ratification.previewing_showing import plan_of
from workshop.ratification.proposing import places_of, tags_of

KILOBYTES_OF_PEAK = 1 / 1024 if sys.platform == "darwin" else 1
Done = TypeVar("Done")


def play(data: Path, capabilities: int, titles: int) -> dict[str, Any]:
    """Fill the database, generate, put in place and generate again; return what was measured."""
    cycle = stage_cycle(read_tasks(data, capabilities))
    some = read_titles(data, titles)
    db.session.commit()
    encode_missing(["A text to load the model with"])
    texts = material_of(cycle.id).texts
    found: dict[str, Any] = {"capabilities": len(set(texts)), "titles": len(some)}
    found["encoding"], _ = timed(lambda: encode_missing(texts))
    stage_titles(some, active_model()[1], vectors_for(texts[:1]).shape[1])
    db.session.commit()
    before, worked = peak_megabytes(), process_time()
    found["generation"], draft = timed(lambda: preview(cycle))
    found["processor"] = process_time() - worked
    found["memory"] = peak_megabytes() - before
    found["grouping"], _ = timed(group_alone(cycle))
    found["planning"], agreed = timed(lambda: plan_of(draft))
    first = draft.proposals
    found |= facts(agreed, material_of(cycle.id))
    found["using"], _ = timed(lambda: use(cycle, agreed.digest))
    again = preview(cycle)
    then = plan_of(again)
    found["is_same"] = again.proposals == first
    found["is_unchanged"] = then.count(Fate.SAME) == len(then.lines) and not then.gone
    return found


def timed(work: Callable[[], Done]) -> tuple[float, Done]:
    """Return the seconds that the work took, and what it gave."""
    start = perf_counter()
    given = work()
    return perf_counter() - start, given


def peak_megabytes() -> float:
    """Return the most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTES_OF_PEAK / 1024


def preview(cycle: Cycle) -> GenerationDraft:
    """Ask for a preview and run its job here, as the worker would."""
    job = ask_for_preview(
        cycle=cycle, settings=GroupingSettings(), actor=SYSTEM, moment=clock.now()
    )
    job_id = job.id
    db.session.commit()
    if run_one(job_id) != JobState.DONE:
        raise RuntimeError(db.session.get_one(Job, job_id).problem)
    draft = draft_of(cycle.id)
    if draft is None:
        raise RuntimeError("the job kept no preview")
    return draft


def group_alone(cycle: Cycle) -> Callable[[], object]:
    """Return what groups every role level, with all that it needs in memory already."""
    material = material_of(cycle.id)
    parts = [
        (
            vectors_for([one.text for one in needed]),
            places_of(needed),
            tags_of(needed, material.partner_ids),
        )
        for _, needed in material.levels
    ]
    kept = active_lens()
    lens = kept.matrix if kept else None
    return lambda: [group(*part, lens=lens) for part in parts]


def facts(agreed: Plan, material: Material) -> dict[str, Any]:
    """Return what the prototypes are like, in numbers."""
    sizes = [len(line.proposal.members) for line in agreed.lines]
    names = {line.name.casefold() for line in agreed.lines}
    held = {
        (one.proposal.role_level_id, key) for one in agreed.lines for key in one.proposal.levels
    }
    needed = {(level.id, one.statement_id) for level, many in material.levels for one in many}
    return {
        "proposed": len(sizes),
        "least": min(sizes),
        "most": max(sizes),
        "seconds": sum(one.is_second for line in agreed.lines for one in line.proposal.members),
        "unplaced": len(needed - held),
        "names_twice": len(agreed.lines) - len(names),
    }


def use(cycle: Cycle, seen: str) -> None:
    """Put the preview in place and commit it."""
    put_in_place(cycle=cycle, seen=seen, actor=SYSTEM, moment=clock.now())
    db.session.commit()
