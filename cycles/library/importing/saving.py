"""Writing library records in bulk, within the caller's one transaction; a check writes nothing."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cycles.importing.changes import Action, Change, ChangeLog
from cycles.importing.differences import Difference, by_key, difference
from cycles.importing.writing import Writer, rows, rows_of
from cycles.library.importing.records import Names, StatementRecord
from cycles.library.importing.rows import RawRow
from cycles.library.models import LibraryOccurrence, LibraryStatement, OccupationTitle

STATEMENT = {
    "text": "text",
    "kind": "kind",
    "occupation": "occupation",
    "area_id": "area",
    "retired_at": "retired on",
}
TITLE = {"title": "title"}


@dataclass(frozen=True)
class Counts:
    """What saving did, in numbers: of statements or of occupation titles, and of links."""

    records: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0
    occurrences: int = 0
    links: int = 0
    links_added: int = 0
    links_changed: int = 0
    links_removed: int = 0


@dataclass(frozen=True)
class Target:
    """Where records go. ``areas`` is None where the file says nothing of areas."""

    source_id: uuid.UUID
    keeps_others: bool
    writer: Writer
    log: ChangeLog
    areas: Mapping[Names, uuid.UUID] | None = None


def save_statements(
    records: Sequence[StatementRecord], target: Target
) -> tuple[Counts, dict[str, uuid.UUID]]:
    """Bring the source to these statements; return the counts, and each statement's id."""
    held = _held(target.source_id)
    wanted = {
        (record.reference,): _row(record, position, target)
        for position, record in enumerate(records, 1)
    }
    found = difference(held, wanted)
    gone = _to_retire(found, target)
    target.writer.write(LibraryStatement, found)
    target.writer.retire(LibraryStatement, [held[key]["id"] for key in gone])
    places = {key: " / ".join(names) for names, key in (target.areas or {}).items()}
    target.log.note("Statement", found, STATEMENT, gone, places)
    touched = _save_occurrences(records, found, target)
    touched |= {found.ids[key] for key in found.changed}
    counts = Counts(
        records=len(records),
        added=len(found.new),
        changed=len(touched),
        unchanged=len(records) - len(found.new) - len(touched),
        retired=len(gone),
        occurrences=sum(len(record.occurrences) for record in records),
    )
    return counts, {reference: identifier for (reference,), identifier in found.ids.items()}


def add_statements(
    records: Sequence[StatementRecord], target: Target
) -> tuple[int, dict[str, uuid.UUID]]:
    """Add those of these statements that the source lacks; return how many, and every id."""
    held = _held(target.source_id)
    new = {
        (record.reference,): _row(record, position, target)
        for position, record in enumerate(records, len(held) + 1)
        if (record.reference,) not in held
    }
    found = difference({}, new)
    target.writer.write(LibraryStatement, found)
    target.log.note("Statement", found, STATEMENT)
    ids = {reference: row["id"] for (reference,), row in held.items()}
    return len(new), ids | {reference: key for (reference,), key in found.ids.items()}


def save_titles(titles: Sequence[RawRow], target: Target) -> Counts:
    """Bring the source to these occupation titles; nothing points to a title, so one may go."""
    held = by_key(rows(OccupationTitle, OccupationTitle.source_id == target.source_id), "reference")
    wanted = {
        (row.reference,): {
            "source_id": target.source_id,
            "reference": row.reference,
            "title": row.text,
        }
        for row in titles
    }
    found = difference(held, wanted)
    gone = () if target.keeps_others else found.gone
    target.writer.write(OccupationTitle, found)
    target.writer.delete(OccupationTitle, [held[key]["id"] for key in gone])
    target.log.note("Occupation title", found, TITLE, gone)
    return Counts(
        records=len(wanted),
        added=len(found.new),
        changed=len(found.changed),
        unchanged=len(wanted) - len(found.new) - len(found.changed),
        retired=len(gone),
    )


def _held(source_id: uuid.UUID) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    return by_key(rows(LibraryStatement, LibraryStatement.source_id == source_id), "reference")


def _to_retire(found: Difference[Any], target: Target) -> list[Any]:
    if target.keeps_others:
        return []
    return [key for key in found.gone if found.before[key]["retired_at"] is None]


def _row(record: StatementRecord, position: int, target: Target) -> dict[str, Any]:
    row = {
        "source_id": target.source_id,
        "reference": record.reference,
        "kind": record.kind,
        "text": record.text,
        "occupation": record.occupation,
        "position": position,
        "retired_at": None,
    }
    if target.areas is not None:
        row["area_id"] = target.areas.get(record.area) if record.area else None
    return row


def _save_occurrences(
    records: Sequence[StatementRecord], statements: Difference[Any], target: Target
) -> set[uuid.UUID]:
    """Make occurrences as the file has them; return the held statements whose ones changed."""
    wanted = {
        (statements.ids[record.reference,], each.reference): {
            "statement_id": statements.ids[record.reference,],
            "reference": each.reference,
            "occupation_code": each.code,
            "occupation": each.occupation,
        }
        for record in records
        for each in record.occurrences
    }
    known = [key for name, key in statements.ids.items() if name not in statements.new]
    held = by_key(
        rows_of(LibraryOccurrence, LibraryOccurrence.statement_id, known),
        "statement_id",
        "reference",
    )
    found = difference(held, wanted)
    target.writer.delete(LibraryOccurrence, [held[key]["id"] for key in found.gone])
    target.writer.write(LibraryOccurrence, found)
    touched = {key for key, _ in (*found.new, *found.changed, *found.gone)} & set(known)
    if touched:
        now = {statements.ids[record.reference,]: record for record in records}
        _note_occurrences({key: now[key] for key in touched}, held, target.log)
    return touched


def _note_occurrences(
    touched: Mapping[uuid.UUID, StatementRecord],
    held: Mapping[tuple[Any, ...], Mapping[str, Any]],
    log: ChangeLog,
) -> None:
    before: dict[uuid.UUID, list[str]] = {key: [] for key in touched}
    for (statement_id, _), row in held.items():
        if statement_id in before:
            before[statement_id].append(_named(row["occupation_code"], row["occupation"]))
    for key, record in touched.items():
        now = sorted(_named(each.code, each.occupation) for each in record.occurrences)
        told = ("; ".join(sorted(before[key])), "; ".join(now))
        log.add(Change(Action.CHANGED, "Statement", record.reference, "occupations", *told))


def _named(code: str, occupation: str) -> str:
    return " ".join(filter(None, (code, occupation)))
