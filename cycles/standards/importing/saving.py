"""Writing a reading into a framework, in bulk, within the caller's one transaction.

Standards and duties that the source no longer has are retired; its KSBs, which nothing else
points to, are removed. What returns is no longer retired.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from cycles.core.base import Base
from cycles.core.extensions import db
from cycles.importing.differences import Difference, by_key, difference
from cycles.standards.importing.records import Reading, StandardRecord
from cycles.standards.models import Duty, OccupationalStandard, StandardKsb, duty_ksb

AT_ONCE = 500
Ids = dict[str, uuid.UUID]


@dataclass(frozen=True)
class Counts:
    """What saving did, in numbers."""

    standards: int
    duties: int
    ksbs: int
    without_duties: int
    added: int
    changed: int
    unchanged: int
    retired: int
    duties_added: int
    duties_changed: int
    duties_retired: int
    ksbs_added: int
    ksbs_changed: int
    ksbs_removed: int


def save(reading: Reading, *, framework_id: uuid.UUID, is_part: bool, moment: datetime) -> Counts:
    """Bring the framework to what the reading says; ``is_part`` leaves other standards alone."""
    standards = _standard_difference(reading, framework_id)
    keep = reading.refused if not is_part else frozenset(key for (key,) in standards.gone)
    retired = _retire_standards(framework_id, standards, keep, moment)
    _write(OccupationalStandard, standards)
    ids = {reference: identifier for (reference,), identifier in standards.ids.items()}
    ksbs = _save_ksbs(reading, ids)
    duties, retired_duties = _save_duties(reading, ids, moment)
    touched = _save_links(reading, ids, duties.ids, ksbs.ids)
    for part in (ksbs, duties):
        touched |= {standard_id for standard_id, _ in (*part.new, *part.changed)}
    touched |= {standard_id for standard_id, _ in (*ksbs.gone, *retired_duties)}
    touched |= {standards.ids[key] for key in standards.changed}
    touched -= {standards.ids[key] for key in standards.new}
    db.session.expire_all()
    return Counts(
        **_standard_counts(reading, standards, changed=len(touched), retired=retired),
        **_part_counts(reading, duties, ksbs, duties_retired=len(retired_duties)),
    )


def _standard_counts(
    reading: Reading, standards: Difference[tuple[Any, ...]], *, changed: int, retired: int
) -> dict[str, int]:
    bare = sum(not record.duties for record in reading.standards)
    return {
        "standards": len(reading.standards),
        "without_duties": bare if reading.has_duties else 0,
        "added": len(standards.new),
        "changed": changed,
        "unchanged": len(standards.ids) - len(standards.new) - changed,
        "retired": retired,
    }


def _part_counts(
    reading: Reading,
    duties: Difference[tuple[Any, ...]],
    ksbs: Difference[tuple[Any, ...]],
    *,
    duties_retired: int,
) -> dict[str, int]:
    return {
        "duties": len(duties.ids) if reading.has_duties else 0,
        "duties_added": len(duties.new),
        "duties_changed": len(duties.changed),
        "duties_retired": duties_retired,
        "ksbs": len(ksbs.ids) if reading.has_ksbs else 0,
        "ksbs_added": len(ksbs.new),
        "ksbs_changed": len(ksbs.changed),
        "ksbs_removed": len(ksbs.gone),
    }


def _write(kind: type[Base], rows: Difference[Any]) -> None:
    if rows.new:
        db.session.execute(insert(kind), list(rows.new.values()))
    if rows.changed:
        db.session.execute(update(kind), list(rows.changed.values()))


def _rows(kind: type[Base], *where: Any) -> Iterable[Any]:
    return db.session.execute(select(*kind.__table__.columns).where(*where)).mappings()


def _children(kind: type[Base], column: InstrumentedAttribute[uuid.UUID], ids: Ids) -> list[Any]:
    wanted = list(ids.values())
    slices = (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
    return [row for some in slices for row in _rows(kind, column.in_(some))]


def _standard_difference(reading: Reading, framework_id: uuid.UUID) -> Difference[tuple[Any, ...]]:
    held = by_key(
        _rows(OccupationalStandard, OccupationalStandard.framework_id == framework_id),
        "reference",
    )
    wanted = {
        (record.reference,): _standard_row(record, framework_id) for record in reading.standards
    }
    return difference(held, wanted)


def _standard_row(record: StandardRecord, framework_id: uuid.UUID) -> dict[str, Any]:
    return {
        "framework_id": framework_id,
        "reference": record.reference,
        "version": record.version,
        "title": record.title,
        "level": record.level,
        "route": record.route,
        "status": record.status,
        "overview": record.overview,
        "job_titles": list(record.job_titles),
        "retired_at": None,
    }


def _retire_standards(
    framework_id: uuid.UUID,
    standards: Difference[tuple[Any, ...]],
    keep: frozenset[str],
    moment: datetime,
) -> int:
    gone = [key for (key,) in standards.gone if key not in keep]
    retired = 0
    for start in range(0, len(gone), AT_ONCE):
        found = db.session.scalars(
            update(OccupationalStandard)
            .where(
                OccupationalStandard.framework_id == framework_id,
                OccupationalStandard.reference.in_(gone[start : start + AT_ONCE]),
                OccupationalStandard.retired_at.is_(None),
            )
            .values(retired_at=moment)
            .returning(OccupationalStandard.id)
        )
        retired += len(found.all())
    return retired


def _save_ksbs(reading: Reading, ids: Ids) -> Difference[tuple[Any, ...]]:
    held = by_key(_children(StandardKsb, StandardKsb.standard_id, ids), "standard_id", "reference")
    if not reading.has_ksbs:
        return _as_held(held)
    wanted = {
        (ids[record.reference], ksb.reference): {
            "standard_id": ids[record.reference],
            "reference": ksb.reference,
            "code": ksb.code,
            "kind": ksb.kind,
            "position": position,
            "text": ksb.text,
        }
        for record in reading.standards
        for position, ksb in enumerate(record.ksbs, 1)
    }
    found = difference(held, wanted)
    gone = [held[key]["id"] for key in found.gone]
    for start in range(0, len(gone), AT_ONCE):
        db.session.execute(
            delete(StandardKsb).where(StandardKsb.id.in_(gone[start : start + AT_ONCE]))
        )
    _write(StandardKsb, found)
    return found


def _save_duties(
    reading: Reading, ids: Ids, moment: datetime
) -> tuple[Difference[tuple[Any, ...]], list[tuple[Any, ...]]]:
    held = by_key(_children(Duty, Duty.standard_id, ids), "standard_id", "reference")
    if not reading.has_duties:
        return _as_held(held), []
    wanted = {
        (ids[record.reference], duty.reference): {
            "standard_id": ids[record.reference],
            "reference": duty.reference,
            "position": position,
            "text": duty.text,
            "is_core": duty.is_core,
            "retired_at": None,
        }
        for record in reading.standards
        for position, duty in enumerate(record.duties, 1)
    }
    found = difference(held, wanted)
    retired = [key for key in found.gone if held[key]["retired_at"] is None]
    if retired:
        rows = [{"id": held[key]["id"], "retired_at": moment} for key in retired]
        db.session.execute(update(Duty), rows)
    _write(Duty, found)
    return found, retired


def _as_held(held: dict[tuple[Any, ...], Any]) -> Difference[tuple[Any, ...]]:
    return Difference(new={}, changed={}, gone=(), ids={key: held[key]["id"] for key in held})


def _save_links(
    reading: Reading,
    ids: Ids,
    duty_ids: dict[tuple[Any, ...], uuid.UUID],
    ksb_ids: dict[tuple[Any, ...], uuid.UUID],
) -> set[uuid.UUID]:
    """Make the links as the file has them; return the standards whose links changed."""
    if not (reading.has_duties and reading.has_ksbs):
        return set()
    standard_of = {
        duty_ids[ids[record.reference], duty.reference]: ids[record.reference]
        for record in reading.standards
        for duty in record.duties
    }
    wanted = {
        (duty_ids[standard, duty.reference], ksb_ids[standard, link])
        for record in reading.standards
        for standard in [ids[record.reference]]
        for duty in record.duties
        for link in duty.ksbs
    }
    held = _held_links(list(standard_of))
    new, gone = wanted - held, held - wanted
    if new:
        rows = [{"duty_id": duty, "ksb_id": ksb} for duty, ksb in sorted(new)]
        db.session.execute(insert(duty_ksb), rows)
    if gone:
        _unlink(gone)
    return {standard_of[duty] for duty, _ in new | gone}


def _held_links(duty_ids: list[uuid.UUID]) -> set[tuple[uuid.UUID, uuid.UUID]]:
    held: set[tuple[uuid.UUID, uuid.UUID]] = set()
    for start in range(0, len(duty_ids), AT_ONCE):
        some = duty_ids[start : start + AT_ONCE]
        found = db.session.execute(
            select(duty_ksb.c.duty_id, duty_ksb.c.ksb_id).where(duty_ksb.c.duty_id.in_(some))
        )
        held.update((duty, ksb) for duty, ksb in found)
    return held


def _unlink(gone: set[tuple[uuid.UUID, uuid.UUID]]) -> None:
    statement = delete(duty_ksb).where(
        duty_ksb.c.duty_id == bindparam("this_duty"), duty_ksb.c.ksb_id == bindparam("this_ksb")
    )
    rows = [{"this_duty": duty, "this_ksb": ksb} for duty, ksb in sorted(gone)]
    db.session.connection().execute(statement, rows)
