"""Where suggested KSBs come from: duties of the standards, skills, the library, earlier cycles.

Reads, and knows nothing of what is chosen.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.ksbs.choosing import DUTIES, FROM_EARLIER, Candidate, Vectors, nearest_rows
from cycles.library.models import (
    LibraryKind,
    LibraryNeed,
    LibraryOccurrence,
    LibrarySource,
    LibraryStatement,
)
from cycles.library.returning_ksbs import SOURCE as EARLIER
from cycles.semantics.vectors import vectors_for
from cycles.setup.provision import frameworks_of
from cycles.standards.models import KsbKind
from cycles.standards.queries import DutyRow, duties_of, ksbs_of_duties, skills_without_duties
from cycles.statements.queries import kept_statements


@dataclass(frozen=True)
class EarlierCapability:
    """A capability of sealed cycles, with the KSBs that educators accepted for it there."""

    text: str
    needs: tuple[Candidate, ...]


@dataclass(frozen=True)
class Material:
    """All that a run reads, taken at one moment. ``statements`` pairs ids with texts; ``library``
    holds what may be suggested by itself, without a duty or a capability that needs it."""

    statements: tuple[tuple[uuid.UUID, str], ...]
    duties: tuple[DutyRow, ...]
    library: tuple[Candidate, ...]
    earlier: tuple[EarlierCapability, ...]

    @property
    def compared_texts(self) -> tuple[str, ...]:
        """Return what capabilities are held against: themselves, duties, earlier capabilities."""
        return (
            *(text for _, text in self.statements),
            *(duty.text for duty in self.duties),
            *(one.text for one in self.earlier),
        )


def material_of(cycle_id: uuid.UUID) -> Material:
    """Return what KSBs of this cycle are suggested from; ``Invalid`` without a kept capability."""
    statements = tuple((one.id, one.text) for one in kept_statements(cycle_id))
    if not statements:
        raise Invalid("No capability is kept yet. Keep some before asking for their KSBs.")
    candidates = (*_skills(cycle_id), *_library())
    return Material(statements, _duties(cycle_id), candidates, _earlier())


def linked_candidates(material: Material) -> list[list[Candidate]]:
    """Return for each capability the KSBs of its nearest duties, nearest duty first, then those
    that the nearest capabilities of earlier cycles needed."""
    capabilities = vectors_for([text for _, text in material.statements])
    from_duties = _of_duties(material, capabilities)
    earlier_vectors = vectors_for([one.text for one in material.earlier])
    near = nearest_rows(capabilities, earlier_vectors, FROM_EARLIER)
    return [
        [*own, *(need for index in indices for need in material.earlier[index].needs)]
        for own, indices in zip(from_duties, near, strict=True)
    ]


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
    # What earlier cycles needed comes with the capability that needed it, not by itself.
    rows = db.session.execute(
        select(LibraryStatement, LibrarySource.name)
        .join(LibrarySource, LibrarySource.id == LibraryStatement.source_id)
        .where(
            LibraryStatement.kind != LibraryKind.CAPABILITY,
            LibraryStatement.retired_at.is_(None),
            LibrarySource.name != EARLIER,
        )
        .order_by(LibrarySource.name, LibraryStatement.position, LibraryStatement.reference)
    )
    return tuple(Candidate(KsbKind(one.kind.value), one.text, name) for one, name in rows)


def _earlier() -> tuple[EarlierCapability, ...]:
    capability, needed = aliased(LibraryStatement), aliased(LibraryStatement)
    rows = db.session.execute(
        select(capability.id, capability.text, needed, LibrarySource.name)
        .select_from(LibraryNeed)
        .join(capability, capability.id == LibraryNeed.capability_id)
        .join(needed, needed.id == LibraryNeed.ksb_id)
        .join(LibrarySource, LibrarySource.id == needed.source_id)
        .where(capability.retired_at.is_(None), needed.retired_at.is_(None))
        .order_by(capability.text, capability.id, needed.kind, needed.text, needed.id)
    )
    texts: dict[uuid.UUID, str] = {}
    needs: dict[uuid.UUID, list[Candidate]] = defaultdict(list)
    origins = _origins()
    for capability_id, text, record, source in rows:
        texts[capability_id] = text
        label = _label(record, source, origins.get(record.id, ""))
        needs[capability_id].append(Candidate(KsbKind(record.kind.value), record.text, label))
    return tuple(EarlierCapability(text, tuple(needs[one])) for one, text in texts.items())


def _origins() -> dict[uuid.UUID, str]:
    """Return where the wordings that came back from earlier cycles stood first."""
    rows = db.session.execute(
        select(LibraryOccurrence.statement_id, LibraryOccurrence.occupation)
        .join(LibraryStatement, LibraryStatement.id == LibraryOccurrence.statement_id)
        .join(LibrarySource, LibrarySource.id == LibraryStatement.source_id)
        .where(LibrarySource.name == EARLIER)
        .order_by(LibraryOccurrence.reference.desc())
    )
    return {statement_id: words for statement_id, words in rows}  # noqa: C416 - rows unpack, dict() does not see their types


def _label(record: LibraryStatement, source: str, origin: str) -> str:
    """Name the library's source, so that its attribution is printed, and what else is known."""
    if source != EARLIER:
        return f"{source}, as in {EARLIER}"
    cycle = record.occupation.removeprefix("Cycle: ")
    words = f"{source}: {cycle}" if cycle else source
    return f"{words}, from {origin}" if origin else words


def _of_duties(material: Material, capabilities: Vectors) -> list[list[Candidate]]:
    duty_vectors = vectors_for([duty.text for duty in material.duties])
    nearest = nearest_rows(capabilities, duty_vectors, DUTIES)
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
