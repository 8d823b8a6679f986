"""Importing a classification: a version is updated in place, a new one becomes the current one."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, union, update

from cycles.classification.models import Area, Classification
from cycles.classification.reading import OURS, AreaRecord, Edition, read_areas, read_edition
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.library.models import LibraryStatement
from cycles.statements.models import CapabilityStatement

CLASSIFICATION_IMPORTED = EventType(
    "classification.imported", "version", "areas", "added", "changed", "removed"
)


@dataclass(frozen=True)
class ClassificationReport:
    """What an import did: how many areas there are now, and how they came to be."""

    version: str
    areas: int
    added: int
    changed: int
    removed: int


def import_classification(
    *, path: Path = OURS, edition: Edition | None = None, actor: Actor, moment: datetime
) -> ClassificationReport:
    """Import the file and make its version the current one; a second time changes nothing.

    Within a version an area that the file no longer has is removed, unless statements stand in
    it: then the import is refused, because a statement would lose its place.
    """
    told = edition or read_edition(path)
    records = read_areas(path)
    version = _version(told, moment)
    held = {(area.function, area.domain, area.name): area for area in _areas(version.id)}
    gone = [area for key, area in held.items() if key not in {each.key for each in records}]
    _refuse_if_used(gone)
    added = changed = 0
    for position, record in enumerate(records, 1):
        area = held.get(record.key)
        if area is None:
            area = _new(version.id, record)
            added += 1
        changed += _describe(area, record, position) and record.key in held
    for area in gone:
        db.session.delete(area)
    report = ClassificationReport(told.version, len(records), added, changed, len(gone))
    _finish(version, report, actor, moment)
    return report


def _version(told: Edition, moment: datetime) -> Classification:
    version = db.session.scalar(
        select(Classification).where(Classification.version == told.version)
    )
    if version is None:
        version = Classification(version=told.version, imported_at=moment)
    version.name = told.name
    version.licence = told.licence
    version.imported_at = moment
    db.session.add(version)
    db.session.flush()
    return version


def _areas(classification_id: uuid.UUID) -> list[Area]:
    return list(
        db.session.scalars(
            select(Area).where(Area.classification_id == classification_id).order_by(Area.position)
        )
    )


def _refuse_if_used(gone: list[Area]) -> None:
    used = union(
        select(CapabilityStatement.area_id).where(CapabilityStatement.area_id.is_not(None)),
        select(LibraryStatement.area_id).where(LibraryStatement.area_id.is_not(None)),
    )
    standing = set(db.session.scalars(used)) if gone else set()
    names = [area.name for area in gone if area.id in standing]
    if names:
        raise Invalid(
            f"Statements stand in areas that this file leaves out: {', '.join(names[:10])}. "
            "Give the file a new version, or keep these areas."
        )


def _new(classification_id: uuid.UUID, record: AreaRecord) -> Area:
    area = Area(
        classification_id=classification_id,
        position=0,
        function=record.function,
        domain=record.domain,
        name=record.name,
        definition="",
        domain_definition="",
        function_definition="",
    )
    db.session.add(area)
    return area


def _describe(area: Area, record: AreaRecord, position: int) -> bool:
    """Bring an area to what the file says; tell whether anything a reader sees was different."""
    before = (area.definition, area.domain_definition, area.function_definition)
    after = (record.definition, record.domain_definition, record.function_definition)
    area.definition, area.domain_definition, area.function_definition = after
    area.position = position
    return before != after


def _finish(
    version: Classification, report: ClassificationReport, actor: Actor, moment: datetime
) -> None:
    db.session.execute(update(Classification).values(is_current=Classification.id == version.id))
    db.session.flush()
    db.session.refresh(version)
    CLASSIFICATION_IMPORTED.record(
        actor=actor,
        moment=moment,
        subject_id=version.id,
        version=report.version,
        areas=report.areas,
        added=report.added,
        changed=report.changed,
        removed=report.removed,
    )
