"""Importing standards into a framework: in place, all or nothing, retired and never deleted."""

import uuid
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.importing.reports import Problem, Progress, RefusedFile, quiet
from cycles.standards.importing.files import read_standards
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
class SourceFile:
    """A file to read standards from, open and named."""

    filename: str
    stream: BinaryIO


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
    """What an import did: counts, what was left out and why, and remarks."""

    framework_id: uuid.UUID
    framework: str
    counts: Counts
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
) -> ImportReport:
    """Import one file, or several as one, into the framework of this name.

    Raises ``RefusedFile`` with every problem, and changes nothing, unless ``good_rows_only``.
    ``is_part`` leaves alone the standards that the file does not name; otherwise they are
    retired. Files are read, and progress reported, before the first query of the transaction.
    """
    sources = [source] if isinstance(source, Path | SourceFile) else list(source)
    reading = _together([_read(each, with_unapproved, report) for each in sources])
    if reading.problems and not (good_rows_only and reading.standards):
        raise RefusedFile(reading.problems)
    report(1, 1, f"Saving {len(reading.standards):,} standards")
    held = _framework(framework, moment)
    counts = save(reading, framework_id=held.id, is_part=is_part, moment=moment)
    STANDARDS_IMPORTED.record(
        actor=actor,
        moment=moment,
        subject_id=held.id,
        framework=held.name,
        standards=counts.standards,
        added=counts.added,
        changed=counts.changed,
        retired=counts.retired,
        left_out=len(reading.problems),
    )
    return ImportReport(held.id, held.name, counts, reading.problems, reading.notes)


def _read(source: Path | SourceFile, with_unapproved: bool, report: Progress) -> Reading:
    with ExitStack() as open_files:
        if isinstance(source, Path):
            source = SourceFile(source.name, open_files.enter_context(source.open("rb")))
        return read_standards(
            source.stream, source.filename, with_unapproved=with_unapproved, report=report
        )


def _together(readings: Sequence[Reading]) -> Reading:
    if not readings:
        raise Invalid("No file was given.")
    whole = readings[0]
    for each in readings[1:]:
        known = {record.reference for record in whole.standards}
        twice = [record.reference for record in each.standards if record.reference in known]
        if twice:
            raise Invalid(f"{twice[0]} stands in two of these files.")
        whole = replace(
            whole,
            standards=whole.standards + each.standards,
            problems=whole.problems + each.problems,
            refused=whole.refused | each.refused,
            notes=whole.notes + each.notes,
            has_duties=whole.has_duties or each.has_duties,
            has_ksbs=whole.has_ksbs or each.has_ksbs,
        )
    return whole


def _framework(facts: FrameworkFacts, moment: datetime) -> Framework:
    name = " ".join(facts.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid("Name the framework, in 200 characters or fewer.", framework_name="Name it.")
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
    return held
