"""Suggesting KSBs: from the duties nearest to each capability, and from the library.

The worker's business: it encodes what is missing, then writes once. What an educator has decided
is never overwritten.
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from cycles.core import clock
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid, Missing
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun, ask_for, handles, under_way
from cycles.core.jobs.models import Job
from cycles.ksbs.checks import require_review_stage
from cycles.ksbs.choosing import (
    DUTIES,
    FROM_LIBRARY,
    Candidate,
    Decided,
    Suggestion,
    choose,
    nearest_rows,
)
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.library.models import LibraryKind, LibrarySource, LibraryStatement
from cycles.semantics.vectors import cached, encode_missing, vectors_for
from cycles.setup.models import Cycle
from cycles.setup.provision import frameworks_of
from cycles.standards.models import KsbKind
from cycles.standards.queries import DutyRow, duties_of, ksbs_of_duties, skills_without_duties
from cycles.statements.queries import kept_statements

KIND = "ksbs.suggest"
ASKED = EventType("ksbs.asked_for")
SUGGESTED = EventType("ksbs.suggested", "capabilities", "suggested", "decided")


@dataclass(frozen=True)
class Suggested:
    """What a run did: capabilities looked at, KSBs suggested, decided ones left alone."""

    capabilities: int
    suggested: int
    decided: int


@dataclass(frozen=True)
class Material:
    """All that a run reads, taken at one moment. ``statements`` pairs ids with texts; ``library``
    holds what may be suggested by itself, without a duty that needs it."""

    statements: tuple[tuple[uuid.UUID, str], ...]
    duties: tuple[DutyRow, ...]
    library: tuple[Candidate, ...]


def ask_for_ksbs(*, cycle: Cycle, actor: Actor, moment: datetime) -> Job:
    """Queue a run for the cycle, or return the one under way."""
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
    return dict(found.__dict__)


def suggest_ksbs(
    *, cycle_id: uuid.UUID, actor: Actor, moment: datetime, run: JobRun | None = None
) -> Suggested:
    """Suggest KSBs for every kept capability; the caller commits.

    For the worker and the command line: it ends the caller's transaction before it encodes.
    """
    require_review_stage(cycle_id)
    material = _material(cycle_id)
    db.session.commit()
    texts = [text for _, text in material.statements]
    encode_missing([*texts, *(duty.text for duty in material.duties)], run)
    linked = _linked(material, texts)
    decided = _decided(cycle_id)
    db.session.commit()
    ksb_texts = [one.text for many in linked for one in many]
    decided_texts = [text for one in decided.values() for text in one.texts]
    encode_missing([*ksb_texts, *(one.text for one in material.library), *decided_texts], run)
    found = _choose_all(material, linked, decided)
    return _write(cycle_id, len(texts), found, actor, moment)


def _material(cycle_id: uuid.UUID) -> Material:
    statements = tuple((one.id, one.text) for one in kept_statements(cycle_id))
    if not statements:
        raise Invalid("No capability is kept yet. Keep some before asking for their KSBs.")
    candidates = (*_skills(cycle_id), *_library())
    return Material(statements, _duties(cycle_id), candidates)


def _duties(cycle_id: uuid.UUID) -> tuple[DutyRow, ...]:
    """Return the duties of the cycle's frameworks that name what they need.

    A duty without KSBs has none to suggest, and would stand in the way of one that has.
    """
    return tuple(
        duty
        for each in frameworks_of(cycle_id)
        for duty in duties_of(each.framework.id, with_ksbs=True)
    )


def _skills(cycle_id: uuid.UUID) -> tuple[Candidate, ...]:
    """Return the skills that stand in for duties: of those frameworks that the cycle lets do so."""
    return tuple(
        Candidate(KsbKind.SKILL, row.text, f"{row.standard_title} ({row.reference}) {row.code}")
        for each in frameworks_of(cycle_id)
        if each.uses_skills
        for row in skills_without_duties(each.framework.id)
    )


def _library() -> tuple[Candidate, ...]:
    rows = db.session.execute(
        select(LibraryStatement, LibrarySource.name)
        .join(LibrarySource, LibrarySource.id == LibraryStatement.source_id)
        .where(
            LibraryStatement.kind != LibraryKind.CAPABILITY, LibraryStatement.retired_at.is_(None)
        )
        .order_by(LibrarySource.name, LibraryStatement.position, LibraryStatement.reference)
    )
    return tuple(Candidate(KsbKind(one.kind.value), one.text, name) for one, name in rows)


def _linked(material: Material, texts: Sequence[str]) -> list[list[Candidate]]:
    """Return for each capability the KSBs of its nearest duties, nearest duty first."""
    duty_vectors = vectors_for([duty.text for duty in material.duties])
    nearest = nearest_rows(vectors_for(texts), duty_vectors, DUTIES)
    near_ids = [material.duties[index].duty_id for indices in nearest for index in indices]
    by_duty = defaultdict(list)
    for row in ksbs_of_duties(near_ids):
        by_duty[row.duty_id].append(row)
    return [
        [
            Candidate(row.kind, row.text, f"{duty.standard_title} ({duty.reference}) {row.code}")
            for duty in (material.duties[index] for index in indices)
            for row in by_duty[duty.duty_id]
        ]
        for indices in nearest
    ]


def _decided(cycle_id: uuid.UUID) -> dict[uuid.UUID, Decided]:
    rows = db.session.scalars(
        select(CapabilityKsb)
        .where(CapabilityKsb.cycle_id == cycle_id, CapabilityKsb.status != KsbStatus.SUGGESTED)
        .order_by(CapabilityKsb.created_at, CapabilityKsb.id)
    )
    found: dict[uuid.UUID, Decided] = defaultdict(Decided)
    for one in rows:
        before = found[one.statement_id]
        wordings = filter(None, dict.fromkeys((one.text, one.suggested_text)))
        found[one.statement_id] = Decided(
            (*before.texts, *wordings), before.accepted + (one.status == KsbStatus.ACCEPTED)
        )
    return dict(found)


def _choose_all(
    material: Material,
    linked: Sequence[Sequence[Candidate]],
    decided: dict[uuid.UUID, Decided],
) -> list[Suggestion]:
    capabilities = vectors_for([text for _, text in material.statements])
    library_vectors = vectors_for([one.text for one in material.library])
    near_library = nearest_rows(capabilities, library_vectors, FROM_LIBRARY)
    found = []
    for row, (statement_id, _) in enumerate(material.statements):
        candidates = [*linked[row], *(material.library[index] for index in near_library[row])]
        known = decided.get(statement_id, Decided())
        vectors = cached([*(one.text for one in candidates), *known.texts])
        found.extend(choose(statement_id, capabilities[row], candidates, vectors, known))
    return found


def _write(
    cycle_id: uuid.UUID,
    capabilities: int,
    found: Sequence[Suggestion],
    actor: Actor,
    moment: datetime,
) -> Suggested:
    """Put the suggestions in the place of those that nobody has decided."""
    db.session.execute(
        delete(CapabilityKsb).where(
            CapabilityKsb.cycle_id == cycle_id, CapabilityKsb.status == KsbStatus.SUGGESTED
        )
    )
    decided = {(one.statement_id, one.text): one for one in _rows(cycle_id)}
    fresh = [one for one in found if (one.statement_id, one.candidate.text) not in decided]
    db.session.add_all(_row(cycle_id, one, moment) for one in fresh)
    db.session.flush()
    counts = Suggested(capabilities, len(fresh), len(decided))
    SUGGESTED.record(actor=actor, moment=moment, cycle_id=cycle_id, **counts.__dict__)
    return counts


def _rows(cycle_id: uuid.UUID) -> Sequence[CapabilityKsb]:
    # Somebody may have decided one while the worker encoded.
    return db.session.scalars(select(CapabilityKsb).where(CapabilityKsb.cycle_id == cycle_id)).all()


def _row(cycle_id: uuid.UUID, one: Suggestion, moment: datetime) -> CapabilityKsb:
    return CapabilityKsb(
        cycle_id=cycle_id,
        statement_id=one.statement_id,
        kind=one.candidate.kind,
        text=one.candidate.text,
        suggested_text=one.candidate.text,
        source=one.candidate.source[:300],
        score=one.score,
        created_at=moment,
    )
