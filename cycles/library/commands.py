"""Importing library records: in place by source, all or nothing, retired and never deleted."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select

from cycles.classification.queries import areas
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.importing.cleaning import natural_key
from cycles.importing.reports import Problem, Progress, RefusedFile, quiet
from cycles.library.importing.preparing import Prepared, prepared_statements, prepared_titles
from cycles.library.importing.records import Names, area_key
from cycles.library.importing.rows import RawFile, read_rows
from cycles.library.importing.saving import Counts, save_statements, save_titles
from cycles.library.importing.shapes import Shape
from cycles.library.models import LibrarySource, LibraryStatement, OccupationTitle

LIBRARY_IMPORTED = EventType(
    "library.imported", "source", "records", "added", "changed", "retired", "left_out"
)
LONGEST_NAME = 200
KEPT = "Statements that this import does not name were left as they are; none was retired."


@dataclass(frozen=True)
class SourceFacts:
    """What a source says of itself. None takes what is held, or what the file's shape tells."""

    name: str | None = None
    version: str | None = None
    licence: str | None = None
    attribution: str | None = None


@dataclass(frozen=True)
class LibraryReport:
    """What an import did: counts, what was left out and why, and remarks."""

    source_id: uuid.UUID
    source: str
    shape: str
    counts: Counts
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def import_library(
    stream: BinaryIO | Path,
    filename: str = "",
    *,
    source: SourceFacts | None = None,
    occupations_like: Sequence[str] = (),
    actor: Actor,
    moment: datetime,
    report: Progress = quiet,
    good_rows_only: bool = False,
    is_part: bool = False,
) -> LibraryReport:
    """Import one file of statements or of occupation titles into its source.

    ``occupations_like`` takes only occupations whose code begins with, or title holds, one of
    these; then, and with ``is_part``, statements that the file does not name stay as they are.
    Raises ``RefusedFile`` with every problem, and changes nothing, unless ``good_rows_only``. The
    file is read, and progress reported, before the first query of the transaction.
    """
    raw = _read(stream, filename, report)
    report(1, 1, f"Saving {len(raw.rows):,} rows")
    facts = source or SourceFacts()
    name = _name(facts, raw)
    prepared = _prepare(raw, name, occupations_like)
    found = (*raw.problems, *prepared.problems)
    problems = tuple(sorted(found, key=lambda each: natural_key(each.where.replace(",", ""))))
    if problems and not (good_rows_only and prepared.count):
        raise RefusedFile(problems)
    held = _source(name, facts, raw.shape, moment)
    keeps_others = is_part or bool(occupations_like) or bool(problems)
    counts = _save(prepared, raw.shape, held.id, keeps_others, moment)
    _record(held, counts, len(problems), actor, moment)
    notes = (*prepared.notes, *([KEPT] if keeps_others else []))
    return LibraryReport(held.id, held.name, raw.shape.name, counts, problems, notes)


def _read(source: BinaryIO | Path, filename: str, report: Progress) -> RawFile:
    if not isinstance(source, Path):
        return read_rows(source, filename, report)
    with source.open("rb") as stream:
        return read_rows(stream, filename or source.name, report)


def _name(facts: SourceFacts, raw: RawFile) -> str:
    told = facts.name or raw.shape.source
    if not told:
        named = sorted({row.source for row in raw.rows if row.source})
        told = named[0] if len(named) == 1 else ""
    name = " ".join(told.split())
    if not name or len(name) > LONGEST_NAME:
        sentence = "Name the source of these records, in 200 characters or fewer."
        raise Invalid(sentence, source=sentence)
    return name


def _prepare(raw: RawFile, source: str, like: Sequence[str]) -> Prepared:
    if raw.shape.is_of_titles:
        return prepared_titles(raw.rows)
    held = db.session.execute(
        select(LibraryStatement.reference, LibraryStatement.text)
        .join(LibrarySource, LibrarySource.id == LibraryStatement.source_id)
        .where(LibrarySource.name == source)
    )
    titles = db.session.execute(select(OccupationTitle.reference, OccupationTitle.title))
    return prepared_statements(
        raw.rows,
        like=like,
        titles={reference: title for reference, title in titles},  # noqa: C416 - typed rows
        held={reference: text for reference, text in held},  # noqa: C416 - typed rows
        areas=_area_ids(),
    )


def _area_ids() -> dict[Names, uuid.UUID]:
    return {area_key((area.function, area.domain, area.name)): area.id for area in areas()}


def _source(name: str, facts: SourceFacts, shape: Shape, moment: datetime) -> LibrarySource:
    held = db.session.scalar(select(LibrarySource).where(LibrarySource.name == name))
    if held is None:
        held = LibrarySource(
            name=name,
            version=shape.version,
            licence=shape.licence,
            attribution="",
            imported_at=moment,
        )
        db.session.add(held)
    for column in ("version", "licence", "attribution"):
        told = getattr(facts, column)
        if told is not None:
            setattr(held, column, told)
    if facts.attribution is None and shape.attribution:
        held.attribution = shape.attribution.format(version=held.version)
    held.imported_at = moment
    db.session.flush()
    return held


def _save(
    prepared: Prepared, shape: Shape, source_id: uuid.UUID, keeps_others: bool, moment: datetime
) -> Counts:
    if shape.is_of_titles:
        return save_titles(prepared.titles, source_id=source_id, keeps_others=keeps_others)
    return save_statements(
        prepared.statements,
        source_id=source_id,
        areas=_area_ids(),
        keeps_others=keeps_others,
        moment=moment,
    )


def _record(
    source: LibrarySource, counts: Counts, left_out: int, actor: Actor, moment: datetime
) -> None:
    LIBRARY_IMPORTED.record(
        actor=actor,
        moment=moment,
        subject_id=source.id,
        source=source.name,
        records=counts.records,
        added=counts.added,
        changed=counts.changed,
        retired=counts.retired,
        left_out=left_out,
    )
