"""Writing library records in bulk, within the caller's one transaction."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from cycles.core.base import Base
from cycles.core.extensions import db
from cycles.importing.differences import Difference, by_key, difference
from cycles.library.importing.records import Names, StatementRecord
from cycles.library.importing.rows import RawRow
from cycles.library.models import LibraryOccurrence, LibraryStatement, OccupationTitle

AT_ONCE = 500


@dataclass(frozen=True)
class Counts:
    """What saving did, in numbers: of statements, or of occupation titles."""

    records: int
    added: int
    changed: int
    unchanged: int
    retired: int
    occurrences: int


def save_statements(
    records: Sequence[StatementRecord],
    *,
    source_id: uuid.UUID,
    areas: Mapping[Names, uuid.UUID],
    keeps_others: bool,
    moment: datetime,
) -> Counts:
    """Bring the source to these statements; ``keeps_others`` retires nothing."""
    held = by_key(_rows(LibraryStatement, LibraryStatement.source_id == source_id), "reference")
    wanted = {
        (record.reference,): _row(record, position, source_id, areas)
        for position, record in enumerate(records, 1)
    }
    found = difference(held, wanted)
    _write(LibraryStatement, found)
    gone = [held[key]["id"] for key in found.gone if held[key]["retired_at"] is None]
    if gone and not keeps_others:
        rows = [{"id": identifier, "retired_at": moment} for identifier in gone]
        db.session.execute(update(LibraryStatement), rows)
    touched = _save_occurrences(records, found.ids)
    touched |= {found.ids[key] for key in found.changed}
    touched -= {found.ids[key] for key in found.new}
    db.session.expire_all()
    return Counts(
        records=len(records),
        added=len(found.new),
        changed=len(touched),
        unchanged=len(records) - len(found.new) - len(touched),
        retired=0 if keeps_others else len(gone),
        occurrences=sum(len(record.occurrences) for record in records),
    )


def save_titles(rows: Sequence[RawRow], *, source_id: uuid.UUID, keeps_others: bool) -> Counts:
    """Bring the source to these occupation titles; nothing points to a title, so one may go."""
    held = by_key(_rows(OccupationTitle, OccupationTitle.source_id == source_id), "reference")
    wanted = {
        (row.reference,): {"source_id": source_id, "reference": row.reference, "title": row.text}
        for row in rows
    }
    found = difference(held, wanted)
    _write(OccupationTitle, found)
    gone = [] if keeps_others else [held[key]["id"] for key in found.gone]
    _delete(OccupationTitle, gone)
    db.session.expire_all()
    return Counts(
        records=len(wanted),
        added=len(found.new),
        changed=len(found.changed),
        unchanged=len(wanted) - len(found.new) - len(found.changed),
        retired=len(gone),
        occurrences=0,
    )


def _row(
    record: StatementRecord, position: int, source_id: uuid.UUID, areas: Mapping[Names, uuid.UUID]
) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "reference": record.reference,
        "kind": record.kind,
        "text": record.text,
        "area_id": areas.get(record.area) if record.area else None,
        "occupation": record.occupation,
        "position": position,
        "retired_at": None,
    }


def _save_occurrences(
    records: Sequence[StatementRecord], ids: Mapping[tuple[Any, ...], uuid.UUID]
) -> set[uuid.UUID]:
    """Make occurrences as the file has them; return the statements whose occurrences changed."""
    wanted = {
        (ids[record.reference,], each.reference): {
            "statement_id": ids[record.reference,],
            "reference": each.reference,
            "occupation_code": each.code,
            "occupation": each.occupation,
        }
        for record in records
        for each in record.occurrences
    }
    rows: list[Any] = []
    every = list(ids.values())
    for start in range(0, len(every), AT_ONCE):
        some = every[start : start + AT_ONCE]
        rows.extend(_rows(LibraryOccurrence, LibraryOccurrence.statement_id.in_(some)))
    held = by_key(rows, "statement_id", "reference")
    found = difference(held, wanted)
    _delete(LibraryOccurrence, [held[key]["id"] for key in found.gone])
    _write(LibraryOccurrence, found)
    return {statement_id for statement_id, _ in (*found.new, *found.changed, *found.gone)}


def _rows(kind: type[Base], where: Any) -> Iterable[Any]:
    return db.session.execute(select(*kind.__table__.columns).where(where)).mappings()


def _write(kind: type[Base], rows: Difference[Any]) -> None:
    if rows.new:
        db.session.execute(insert(kind), list(rows.new.values()))
    if rows.changed:
        db.session.execute(update(kind), list(rows.changed.values()))


def _delete(kind: type[LibraryOccurrence | OccupationTitle], gone: Sequence[uuid.UUID]) -> None:
    for start in range(0, len(gone), AT_ONCE):
        db.session.execute(delete(kind).where(kind.id.in_(gone[start : start + AT_ONCE])))
