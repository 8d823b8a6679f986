"""Importing standards into a framework: in place, all or nothing, retired and never deleted."""

import uuid
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.reading import begin_reading
from cycles.importing.changes import ChangeLog
from cycles.importing.reports import Problem, Progress, RefusedFile, quiet
from cycles.importing.writing import Writer
from cycles.standards.importing.files import SourceFile, read_standards
from cycles.standards.importing.records import Reading
from cycles.standards.importing.saving import Counts, save
from cycles.standards.models import Framework

STANDARDS_IMPORTED = EventType(
    "standards.imported", "framework", "standards", "added", "changed", "retired", "left_out"
)
OGL = "Open Government Licence v3.0"
OGL_ATTRIBUTION = (
    "Contains public sector information licensed under the Open Government Licence v3.0."
)
LONGEST_NAME = 200


@dataclass(frozen=True)
class FrameworkFacts:
    """What a framework says of itself. None keeps what is held, or says the Open Government
    Licence for a framework made now. Without a snapshot's day, it is the day of the import."""

    name: str
    version: str | None = None
    licence: str | None = None
    attribution: str | None = None
    is_illustrative: bool | None = None
    snapshot_on: date | None = None


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would do: counts, changes, what was left out and why, and remarks."""

    framework_id: uuid.UUID
    framework: str
    counts: Counts
    changes: ChangeLog
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def import_standards(
    source: Path | SourceFile | Sequence[Path | SourceFile],
    *,
    framework: FrameworkFacts,
    actor: Actor,
    moment: datetime,
    report: Progress = quiet,
    good_rows_only: bool = False,
    with_unapproved: bool = False,
    is_part: bool = False,
    is_check: bool = False,
) -> ImportReport:
    """Import one file, or several as one, into the framework of this name.

    Raises ``RefusedFile`` with every problem, and changes nothing, unless ``good_rows_only``.
    ``is_part`` leaves alone the standards that the file does not name; otherwise they are
    retired. Files are read, and progress reported, before the first query of the transaction.
    ``is_check`` finds out what an import would do, and writes nothing.
    """
    sources = [source] if isinstance(source, Path | SourceFile) else list(source)
    name = _name(framework)
    reading = _read(sources, with_unapproved, report)
    if reading.problems and not (good_rows_only and reading.standards):
        raise RefusedFile(reading.problems)
    doing = "Comparing" if is_check else "Saving"
    report(1, 1, f"{doing} {len(reading.standards):,} standards")
    if is_check:
        begin_reading()
    framework_id = _held_id(name) if is_check else _framework(name, framework, moment)
    writer, log = Writer(moment, is_check=is_check), ChangeLog()
    counts = save(reading, framework_id=framework_id, is_part=is_part, writer=writer, log=log)
    found = ImportReport(framework_id, name, counts, log, reading.problems, reading.notes)
    if not is_check:
        _record(found, actor, moment)
    return found


def _record(found: ImportReport, actor: Actor, moment: datetime) -> None:
    STANDARDS_IMPORTED.record(
        actor=actor,
        moment=moment,
        subject_id=found.framework_id,
        framework=found.framework,
        standards=found.counts.standards,
        added=found.counts.added,
        changed=found.counts.changed,
        retired=found.counts.retired,
        left_out=len(found.problems),
    )


def _read(sources: Sequence[Path | SourceFile], with_unapproved: bool, report: Progress) -> Reading:
    with ExitStack() as streams:
        files = [
            SourceFile(each.name, streams.enter_context(each.open("rb")))
            if isinstance(each, Path)
            else each
            for each in sources
        ]
        return read_standards(files, with_unapproved=with_unapproved, report=report)


def _name(facts: FrameworkFacts) -> str:
    name = " ".join(facts.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid("Name the framework, in 200 characters or fewer.", framework="Name it.")
    return name


def _held_id(name: str) -> uuid.UUID:
    return db.session.scalar(select(Framework.id).where(Framework.name == name)) or uuid.uuid4()


def _framework(name: str, facts: FrameworkFacts, moment: datetime) -> uuid.UUID:
    held = db.session.scalar(select(Framework).where(Framework.name == name))
    if held is None:
        attribution = "" if facts.is_illustrative else OGL_ATTRIBUTION
        held = Framework(name=name, licence=OGL, attribution=attribution)
        held.is_illustrative = False
        if facts.is_illustrative:
            held.licence = "Illustrative, made for this service"
        db.session.add(held)
    for column in ("version", "licence", "attribution", "is_illustrative"):
        told = getattr(facts, column)
        if told is not None:
            setattr(held, column, told)
    held.snapshot_on = facts.snapshot_on or moment.date()
    held.imported_at = moment
    db.session.flush()
    return held.id
