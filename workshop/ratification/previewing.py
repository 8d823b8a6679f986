"""A preview of prototype profiles: found, put in place, or discarded. One a cycle.

What a preview would change is planned in ``cycles.profiles``; how it looks, in the pages.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from consensus.grouping import GroupingSettings
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Conflict
from cycles.core.jobs.commands import JobRun
from cycles.profiles.drafts import (
    draft_of,
    drop_draft,
    keep_draft,
    locked_draft,
    settings_of,
    sources_of,
    unpack,
)
from cycles.profiles.generating import Generated, generate
from cycles.profiles.models import GenerationDraft
from cycles.setup.models import Cycle
from cycles.setup.queries import open_cycle
from workshop.ratification import generation
from workshop.ratification.generation import Material, find_prototypes, material_of
from workshop.ratification.seeded import bring_votes
from workshop.ratification.spoken import spoken_of
from workshop.ratification.wishes import read_settings

DISCARDED = EventType("profiles.preview_discarded")
GONE = (
    "That preview is not there any more: it was put in place or discarded. "
    "Make a new one if you want to see what would change."
)

Cell = tuple[str, str]


def find_preview(
    *,
    cycle_id: uuid.UUID,
    settings: GroupingSettings,
    moment: datetime,
    run: JobRun | None = None,
) -> GenerationDraft:
    """Find prototypes and keep them as the cycle's preview; the caller commits.

    For the worker: it ends the caller's transaction before it encodes.
    """
    found = find_prototypes(cycle_id, settings, run)
    generation.hold_at_stage(cycle_id)
    return keep_draft(
        cycle_id=cycle_id,
        proposals=found.proposals,
        settings=found.settings,
        criterion=found.criterion,
        sources=found.sources,
        moment=moment,
    )


def put_in_place(*, cycle: Cycle, seen: str, actor: Actor, moment: datetime) -> Generated:
    """Replace the untouched prototypes by those of the preview, which is then used up.

    ``seen`` is the digest of the plan that the person was shown. Raises ``Conflict`` where that
    plan, or what the preview was found from, is not what stands now.
    """
    generation.hold_at_stage(cycle.id)
    draft = locked_draft(cycle.id)
    if draft is None:
        raise Conflict(GONE)
    changes = changes_since(draft)
    if changes:
        raise Conflict(f"{' '.join(changes)} Nothing was replaced. Make a new preview.")
    done = generate(
        cycle_id=cycle.id,
        proposals=unpack(draft.proposals),
        settings=settings_of(draft),
        criterion=draft.criterion,
        actor=actor,
        moment=moment,
        touched=partial(spoken_of, cycle.id),
        seen=seen,
    )
    bring_votes(cycle_id=cycle.id, actor=actor, moment=moment)
    drop_draft(cycle.id)
    return done


def discard(*, cycle: Cycle, actor: Actor, moment: datetime) -> None:
    """Forget the cycle's preview. Nothing is recorded where there is none."""
    open_cycle(cycle.id)
    if draft_of(cycle.id) is None:
        return
    drop_draft(cycle.id)
    DISCARDED.record(actor=actor, moment=moment, cycle_id=cycle.id)


def counted(done: Generated) -> str:
    """Return in words what putting a preview in place did: ``2 prototypes are in place: 2 new``."""
    counts = (
        (done.new, "new"),
        (done.changed, "changed"),
        (done.unchanged, "unchanged"),
        (done.replaced, "taken away"),
        (done.kept, "kept as the panel left them"),
    )
    parts = ", ".join(f"{count} {words}" for count, words in counts if count)
    noun = "prototype is" if done.proposed == 1 else "prototypes are"
    return f"{done.proposed} {noun} in place: {parts}."


def changes_since(draft: GenerationDraft) -> tuple[str, ...]:
    """Return in sentences what has changed of what the preview was found from; empty if nothing."""
    material = material_of(draft.cycle_id)
    then = sources_of(draft)
    now = generation.sources_of(material, read_settings(draft.settings))
    if then == now:
        return ()
    differing = {name for name in now if then.get(name) != now[name]}
    before, after = _levels_then(draft), _levels_now(material)
    told = list(_changed_levels(before, after))
    if before.keys() == after.keys():
        told.extend(words for name, words in CHANGED.items() if name in differing)
    if "verdicts" in differing and not told:
        told.append("Votes behind the levels have changed.")
    for name in ("role levels", "method"):
        if name in differing:
            told.append(ALSO_CHANGED[name])
    return tuple(told) or ("What the preview was found from has changed.",)


CHANGED = {
    "capabilities": "Capabilities were reworded or moved to another area.",
    "partners": "Supply-chain partners of capabilities have changed.",
}
ALSO_CHANGED = {
    "role levels": "The role levels or their academic levels have changed.",
    "method": "The language model or the arithmetic is another one now.",
}


def _changed_levels(before: Mapping[Cell, int], after: Mapping[Cell, int]) -> tuple[str, ...]:
    other = sum(before[cell] != after[cell] for cell in before.keys() & after.keys())
    counts = (
        (len(after.keys() - before.keys()), "needed now that {were} not"),
        (len(before.keys() - after.keys()), "no longer needed or settled"),
        (other, "at another level now"),
    )
    return tuple(
        f"{count} {'capability is' if count == 1 else 'capabilities are'} "
        f"{words.format(were='was' if count == 1 else 'were')}."
        for count, words in counts
        if count
    )


def _levels_then(draft: GenerationDraft) -> dict[Cell, int]:
    return {
        (str(one.role_level_id), str(key)): level
        for one in unpack(draft.proposals)
        for key, level in one.levels.items()
    }


def _levels_now(material: Material) -> dict[Cell, int]:
    return {
        (str(level.id), str(one.statement_id)): one.vote.level or 0
        for level, needed in material.levels
        for one in needed
    }
