"""Suggesting KSBs for each capability: the run in the worker, and what it may write.

It encodes what is missing, then writes once. What anybody reviewed or reworded is never touched.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cycles.core import clock
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun, ask_for, handles, under_way
from cycles.core.jobs.models import Job
from cycles.ksbs.checks import require_review_stage
from cycles.ksbs.choosing import FROM_LIBRARY, Candidate, Held, Suggestion, choose, nearest_rows
from cycles.ksbs.models import CapabilityKsb, KsbReview, KsbStatus, KsbWording
from cycles.ksbs.sources import Material, linked_candidates, material_of
from cycles.semantics.vectors import cached, encode_missing, vectors_for
from cycles.setup.holding import hold_cycle
from cycles.setup.models import Cycle
from cycles.standards.models import KsbKind

KIND = "ksbs.suggest"
ASKED = EventType("ksbs.asked_for")
SUGGESTED = EventType("ksbs.suggested", "capabilities", "suggested", "decided")
LONGEST_SOURCE = 300


@dataclass(frozen=True)
class Suggested:
    """What a run did: capabilities looked at, KSBs that now wait as suggested, and those that
    somebody had reviewed or reworded, which it left alone."""

    capabilities: int
    suggested: int
    decided: int


def ask_for_ksbs(*, cycle: Cycle, actor: Actor, moment: datetime) -> Job:
    """Queue a run for the cycle, or return the one under way."""
    # Alone: of two who ask at the same moment the second finds the job of the first.
    hold_cycle(cycle.id, alone=True)
    require_review_stage(cycle.id)
    held = under_way(kind=KIND, cycle_id=cycle.id)
    if held is not None:
        return held
    ASKED.record(actor=actor, moment=moment, cycle_id=cycle.id)
    return ask_for(kind=KIND, actor=actor, moment=moment, cycle_id=cycle.id, by=actor.name)


@handles(KIND)
def run_suggesting(run: JobRun) -> dict[str, Any]:
    """Suggest KSBs for the job's cycle; find how many were suggested."""
    if run.cycle_id is None:
        raise Missing("KSBs are suggested for a cycle.")
    actor = Actor(run.asked_by_id, run.facts["by"])
    found = suggest_ksbs(cycle_id=run.cycle_id, actor=actor, moment=clock.now(), run=run)
    return asdict(found)


def suggest_ksbs(
    *, cycle_id: uuid.UUID, actor: Actor, moment: datetime, run: JobRun | None = None
) -> Suggested:
    """Suggest KSBs for every kept capability; the caller commits.

    For the worker and the command line: it ends the caller's transaction before it encodes.
    """
    require_review_stage(cycle_id)
    material = material_of(cycle_id)
    db.session.commit()
    encode_missing(material.compared_texts, run)
    linked = linked_candidates(material)
    held = _held(cycle_id)
    db.session.commit()
    linked_texts = [one.text for many in linked for one in many]
    held_texts = [text for one in held.values() for _, text in one.texts]
    encode_missing([*linked_texts, *(one.text for one in material.library), *held_texts], run)
    if run is not None:
        done = len(material.statements)
        run.progress(done, done, f"Choosing for {done:,} capabilities")
    found = _choose_all(material, linked, held)
    # Asked again: minutes of encoding lie behind the first question.
    require_review_stage(cycle_id)
    return _write(cycle_id, len(material.statements), found, actor, moment)


def _held(cycle_id: uuid.UUID) -> dict[uuid.UUID, Held]:
    rows = db.session.scalars(
        select(CapabilityKsb)
        .where(CapabilityKsb.cycle_id == cycle_id)
        .order_by(CapabilityKsb.created_at, CapabilityKsb.id)
    ).all()
    touched = _touched(cycle_id, rows)
    found: dict[uuid.UUID, Held] = defaultdict(Held)
    for one in rows:
        if one.id in touched:
            before = found[one.statement_id]
            wordings = [(one.kind, text) for text in (one.text, one.suggested_text) if text]
            wordings += [(KsbKind(each["kind"]), each["text"]) for each in one.folded]
            texts = (*before.texts, *dict.fromkeys(wordings))
            count = before.count + (one.status != KsbStatus.REJECTED)
            found[one.statement_id] = Held(texts, count)
    return dict(found)


def _touched(cycle_id: uuid.UUID, rows: Sequence[CapabilityKsb]) -> set[uuid.UUID]:
    """Return the ids of the KSBs that somebody reviewed, reworded, decided or wrote."""
    found = {one.id for one in rows if one.status != KsbStatus.SUGGESTED or not one.suggested_text}
    for kind in (KsbReview, KsbWording):
        found |= set(db.session.scalars(select(kind.ksb_id).where(kind.cycle_id == cycle_id)))
    return found


def _choose_all(
    material: Material,
    linked: Sequence[Sequence[Candidate]],
    held: Mapping[uuid.UUID, Held],
) -> list[Suggestion]:
    capabilities = vectors_for([text for _, text in material.statements])
    library_vectors = vectors_for([one.text for one in material.library])
    near_library = nearest_rows(capabilities, library_vectors, FROM_LIBRARY)
    found = []
    for row, (statement_id, _) in enumerate(material.statements):
        candidates = [*linked[row], *(material.library[index] for index in near_library[row])]
        known = held.get(statement_id, Held())
        vectors = cached([*(one.text for one in candidates), *(text for _, text in known.texts)])
        found.extend(choose(statement_id, capabilities[row], candidates, vectors, known))
    return found


def _write(
    cycle_id: uuid.UUID,
    capabilities: int,
    found: Sequence[Suggestion],
    actor: Actor,
    moment: datetime,
) -> Suggested:
    """Put the suggestions in the place of those that nobody has touched.

    One that is suggested again keeps its row, so that a page that shows it stays true.
    """
    rows = _locked_rows(cycle_id)
    touched = _touched(cycle_id, rows)
    held = {(one.statement_id, one.text): one for one in rows}
    kept = set()
    for one in found:
        row = held.get((one.statement_id, one.candidate.text)) or _added(cycle_id, one, moment)
        if row.id not in touched:
            _put(row, one)
            kept.add(row.id)
    for row in rows:
        if row.id not in touched | kept:
            db.session.delete(row)
    db.session.flush()
    counts = Suggested(capabilities, len(kept), len(touched))
    SUGGESTED.record(actor=actor, moment=moment, cycle_id=cycle_id, **asdict(counts))
    return counts


def _locked_rows(cycle_id: uuid.UUID) -> Sequence[CapabilityKsb]:
    # Somebody may have reviewed one while the worker encoded; who reviews one now waits.
    return db.session.scalars(
        select(CapabilityKsb)
        .where(CapabilityKsb.cycle_id == cycle_id)
        .order_by(CapabilityKsb.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _added(cycle_id: uuid.UUID, one: Suggestion, moment: datetime) -> CapabilityKsb:
    row = CapabilityKsb(
        id=uuid.uuid4(),
        cycle_id=cycle_id,
        statement_id=one.statement_id,
        text=one.candidate.text,
        suggested_text=one.candidate.text,
        status=KsbStatus.SUGGESTED,
        created_at=moment,
    )
    db.session.add(row)
    return row


def _put(row: CapabilityKsb, one: Suggestion) -> None:
    row.kind = one.candidate.kind
    row.source, row.score = one.candidate.source[:LONGEST_SOURCE], one.score
    row.folded = [
        {
            "kind": each.candidate.kind.value,
            "text": each.candidate.text,
            "source": each.candidate.source[:LONGEST_SOURCE],
            "score": each.score,
        }
        for each in one.folded
    ]
