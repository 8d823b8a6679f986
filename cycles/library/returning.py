"""Statements of sealed cycles flow back: what one cycle kept, the next can start from.

Authors never come along, nor anybody's answers. Nothing else of the library is changed or
retired, and a cycle that is given back twice changes nothing the second time.
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import joinedload

from consensus.scale import PROFICIENCY_WORDS
from cycles.core.audit import Actor, EventType
from cycles.core.extensions import db
from cycles.library.models import (
    LibraryKind,
    LibraryOccurrence,
    LibrarySource,
    LibraryStatement,
)
from cycles.library.returning_ksbs import return_ksbs
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.semantics.commands import ask_to_encode
from cycles.semantics.vectors import text_hash
from cycles.setup.models import Cycle
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import kept_statements

SOURCE = "Statements of sealed cycles"
LICENCE = "Shared by the conveners of the cycles"
LONGEST_PLACE = 200
Own = dict[CapabilityStatement, LibraryStatement]

RETURNED = EventType("library.returned", "added", "known", "ksbs", "is_named")


@dataclass(frozen=True)
class Returned:
    """How many kept statements were added, and how many the library had already; and how many
    KSBs were added beside them."""

    added: int
    known: int
    ksbs: int = 0


def return_statements(
    *, cycle: Cycle, is_named: bool, actor: Actor, moment: datetime
) -> Returned | None:
    """Add the kept statements of a cycle to the library, with their areas, profiles and KSBs.

    ``is_named`` lets the library say which cycle and whose it was. A statement that stands in the
    library word for word, or was taken from it, is not added; where it came back from an earlier
    cycle, this cycle's profiles are added to it. Demonstration cycles give nothing back: None.
    """
    if cycle.is_demonstration:
        return None
    kept = kept_statements(cycle.id)
    if not kept:
        return Returned(0, 0)
    source = _source(moment)
    added, own = _add(kept, source)
    told = f"Cycle: {_name(cycle)}" if is_named else ""
    _complete(own, told)
    _add_occurrences(cycle, own)
    records = _records_of(kept, own)
    ksbs = return_ksbs(cycle=cycle, capabilities=records, told=told, moment=moment)
    if added or ksbs:
        ask_to_encode(scope="library", actor=actor, moment=moment)
    RETURNED.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        subject_id=source.id,
        added=added,
        known=len(kept) - added,
        ksbs=ksbs,
        is_named=is_named,
    )
    return Returned(added, len(kept) - added, ksbs)


def _add(kept: Sequence[CapabilityStatement], source: LibrarySource) -> tuple[int, Own]:
    """Add what the library lacks; return how many, and the source's own record of each."""
    known = _known(kept)
    held = {row.reference: row for row in _own_records(source.id)}
    added = 0
    for statement in kept:
        # What was seeded from the library, however reworded since, stays under its own licence.
        is_ours = statement.library_statement_id is None and text_hash(statement.text) not in known
        if is_ours and _reference(statement) not in held:
            held[_reference(statement)] = _record(statement, source, len(held) + 1)
            added += 1
    db.session.flush()
    return added, {each: held[_reference(each)] for each in kept if _reference(each) in held}


def _source(moment: datetime) -> LibrarySource:
    source = db.session.scalar(select(LibrarySource).where(LibrarySource.name == SOURCE))
    if source is None:
        source = LibrarySource(name=SOURCE, licence=LICENCE, imported_at=moment)
        db.session.add(source)
    source.version, source.imported_at = str(moment.year), moment
    db.session.flush()
    return source


def _reference(statement: CapabilityStatement) -> str:
    # Named by its own words, as the importers do: the same text of two cycles is one record.
    return f"text-{text_hash(statement.text)[:32]}"


def _known(kept: Sequence[CapabilityStatement]) -> dict[str, uuid.UUID]:
    """Return the wordings that other sources of the library hold, or held until they retired,
    each with its record."""
    texts = {each.text for each in kept}
    rows = db.session.execute(
        select(LibraryStatement.text, LibraryStatement.id)
        .join(LibrarySource, LibrarySource.id == LibraryStatement.source_id)
        .where(
            LibraryStatement.text.in_(texts),
            LibraryStatement.kind == LibraryKind.CAPABILITY,
            LibrarySource.name != SOURCE,
        )
        .order_by(LibrarySource.name, LibraryStatement.id)
    )
    found: dict[str, uuid.UUID] = {}
    for text, record_id in rows:
        found.setdefault(text_hash(text), record_id)
    return found


def _records_of(kept: Sequence[CapabilityStatement], own: Own) -> dict[uuid.UUID, uuid.UUID]:
    """Return the library's record of each kept statement: its own, or the one it was taken from
    or stands in word for word."""
    known = _known(kept)
    found = {each.id: each.library_statement_id or known.get(text_hash(each.text)) for each in kept}
    found |= {statement.id: record.id for statement, record in own.items()}
    return {statement_id: record_id for statement_id, record_id in found.items() if record_id}


def _own_records(source_id: uuid.UUID) -> Sequence[LibraryStatement]:
    return db.session.scalars(
        select(LibraryStatement)
        .where(LibraryStatement.source_id == source_id)
        .order_by(LibraryStatement.position, LibraryStatement.id)
    ).all()


def _record(
    statement: CapabilityStatement, source: LibrarySource, position: int
) -> LibraryStatement:
    record = LibraryStatement(
        source_id=source.id,
        reference=_reference(statement),
        kind=LibraryKind.CAPABILITY,
        text=statement.text,
        area_id=statement.area_id,
        position=position,
    )
    db.session.add(record)
    return record


def _name(cycle: Cycle) -> str:
    owner = cycle.convener_organisation
    return f"{cycle.title} ({owner})" if owner else cycle.title


def _complete(own: Own, told: str) -> None:
    """Bring records back, fill in areas that are lacking, and say whose they are where allowed."""
    for statement, record in own.items():
        record.retired_at = None
        record.area_id = record.area_id or statement.area_id
        places = [place for place in record.occupation.split("; ") if place]
        if told and told not in places and len("; ".join([*places, told])) <= LONGEST_PLACE:
            record.occupation = "; ".join([*places, told])


def _add_occurrences(cycle: Cycle, own: Own) -> None:
    """Say of each record in which profiles it stood, and at which level."""
    records = {statement.id: record.id for statement, record in own.items()}
    there = {
        (statement_id, reference)
        for statement_id, reference in db.session.execute(
            select(LibraryOccurrence.statement_id, LibraryOccurrence.reference).where(
                LibraryOccurrence.statement_id.in_(set(records.values()))
            )
        )
    }
    rows = [
        _occurrence(cycle, records[member.statement_id], profile, member.level)
        for member, profile in _members(cycle.id)
        if member.statement_id in records
    ]
    fresh = {(row["statement_id"], row["reference"]): row for row in rows}
    wanted = [row for key, row in fresh.items() if key not in there]
    if wanted:
        db.session.execute(insert(LibraryOccurrence), wanted)


def _members(cycle_id: uuid.UUID) -> list[tuple[ProfileCapability, Profile]]:
    rows = db.session.execute(
        select(ProfileCapability, Profile)
        .join(Profile, Profile.id == ProfileCapability.profile_id)
        .where(
            ProfileCapability.cycle_id == cycle_id,
            ~ProfileCapability.is_removed,
            Profile.status != ProfileStatus.WITHDRAWN,
        )
        .options(joinedload(Profile.role_level))
        .order_by(Profile.code, ProfileCapability.statement_id)
    )
    return [(member, profile) for member, profile in rows]


def _occurrence(cycle: Cycle, record_id: uuid.UUID, profile: Profile, level: int) -> dict[str, Any]:
    # Tells cycles apart without saying which they are.
    mark = hashlib.sha256(cycle.id.bytes).hexdigest()[:12]
    context = f"{profile.name} ({profile.role_level.name}, {PROFICIENCY_WORDS[level]})"
    return {
        "statement_id": record_id,
        "reference": f"{mark}/{profile.code}",
        "occupation_code": profile.code,
        "occupation": context[:LONGEST_PLACE],
    }
