"""Importing library records: in place by source, all or nothing, retired and never deleted."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select

from cycles.classification.queries import areas
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.reading import begin_reading
from cycles.importing.changes import ChangeLog
from cycles.importing.cleaning import natural_key
from cycles.importing.reports import Problem, Progress, RefusedFile, quiet
from cycles.importing.writing import Writer
from cycles.library.importing.linking import Ends, Linked, check_narrow, save_links
from cycles.library.importing.preparing import Known, Prepared, prepare
from cycles.library.importing.records import Names, area_key
from cycles.library.importing.rows import RawFile, read_rows
from cycles.library.importing.saving import (
    Counts,
    Target,
    add_statements,
    save_statements,
    save_titles,
)
from cycles.library.importing.shapes import Shape, Wider
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
    """What an import did, or would do: counts, changes, what was left out and why, and remarks."""

    source_id: uuid.UUID
    source: str
    shape: str
    counts: Counts
    changes: ChangeLog
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Import:
    """One import under way: what was read, into which source, and how it is written."""

    name: str
    shape: Shape
    facts: SourceFacts
    keeps_others: bool
    moment: datetime
    writer: Writer
    log: ChangeLog


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
    is_check: bool = False,
) -> LibraryReport:
    """Import one file of statements, of occupation titles or of links into its source.

    ``occupations_like`` takes only occupations whose code begins with, or title holds, one of
    these; then, and with ``is_part``, statements that the file does not name stay as they are.
    Raises ``RefusedFile`` with every problem, and changes nothing, unless ``good_rows_only``. The
    file is read, and progress reported, before the first query of the transaction. ``is_check``
    finds out what an import would do, and writes nothing.
    """
    raw = _read(stream, filename, report)
    report(1, 1, f"{'Comparing' if is_check else 'Saving'} {len(raw.rows):,} rows")
    if is_check:
        begin_reading()
    facts = source or SourceFacts()
    name = _name(facts, raw)
    prepared = prepare(raw, occupations_like, _known(name))
    found = (*raw.problems, *prepared.problems)
    problems = tuple(sorted(found, key=lambda each: natural_key(each.where.replace(",", ""))))
    if problems and not (good_rows_only and prepared.count):
        raise RefusedFile(problems)
    keeps_others = is_part or bool(occupations_like) or bool(problems)
    writer, log = Writer(moment, is_check=is_check), ChangeLog()
    under_way = _Import(name, raw.shape, facts, keeps_others, moment, writer, log)
    source_id, counts, notes = _save(prepared, under_way)
    if not is_check:
        _record(under_way, source_id, counts, left_out=len(problems), actor=actor)
    notes = (*prepared.notes, *notes)
    return LibraryReport(source_id, name, raw.shape.name, counts, log, problems, notes)


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


def _known(source: str) -> Known:
    held = db.session.execute(
        select(LibraryStatement.reference, LibraryStatement.text)
        .join(LibrarySource, LibrarySource.id == LibraryStatement.source_id)
        .where(LibrarySource.name == source)
    )
    titles = db.session.execute(select(OccupationTitle.reference, OccupationTitle.title))
    return Known(
        titles={reference: title for reference, title in titles},  # noqa: C416 - typed rows
        held={reference: text for reference, text in held},  # noqa: C416 - typed rows
        areas=_area_ids(),
    )


def _area_ids() -> dict[Names, uuid.UUID]:
    return {area_key((area.function, area.domain, area.name)): area.id for area in areas()}


def _source(name: str, under_way: _Import) -> uuid.UUID:
    """Return the source's id, made or told of anew; a check makes none and tells nothing."""
    facts, shape = under_way.facts, under_way.shape
    held = db.session.scalar(select(LibrarySource).where(LibrarySource.name == name))
    if under_way.writer.is_check:
        return held.id if held else uuid.uuid4()
    if held is None:
        held = LibrarySource(name=name, version=shape.version, licence=shape.licence)
        held.attribution = ""
        db.session.add(held)
    for column in ("version", "licence", "attribution"):
        told = getattr(facts, column)
        if told is not None:
            setattr(held, column, told)
    if facts.attribution is None and shape.attribution:
        held.attribution = shape.attribution.format(version=held.version)
    held.imported_at = under_way.moment
    db.session.flush()
    return held.id


def _save(prepared: Prepared, under_way: _Import) -> tuple[uuid.UUID, Counts, tuple[str, ...]]:
    shape = under_way.shape
    if shape.narrow:
        check_narrow(prepared.links, shape)
    keeps_others = under_way.keeps_others or shape.is_part
    source_id = _source(under_way.name, under_way)
    areas_of_file = _area_ids() if "area" in shape.columns else None
    target = Target(source_id, keeps_others, under_way.writer, under_way.log, areas_of_file)
    counts, linked = Counts(), Linked()
    made: dict[str, uuid.UUID] = {}
    if shape.is_of_titles:
        counts = save_titles(prepared.titles, target)
    elif not shape.narrow:
        counts, made = save_statements(prepared.statements, target)
    if shape.wider is not None:
        counts, linked = _save_wider(prepared, under_way, shape.wider, counts, made)
    db.session.expire_all()
    kept = (KEPT,) if keeps_others and not shape.narrow else ()
    return source_id, counts, (*linked.notes, *kept)


def _save_wider(
    prepared: Prepared,
    under_way: _Import,
    wider: Wider,
    counts: Counts,
    made: dict[str, uuid.UUID],
) -> tuple[Counts, Linked]:
    """Make the wider statements that are lacking, and the links to them."""
    shape, name = under_way.shape, under_way.name
    sources = tuple(name if each == shape.source else each for each in wider.sources)
    made_wider, added = made if sources[0] == name else {}, 0
    if prepared.wider:
        target = Target(_source(sources[0], under_way), True, under_way.writer, under_way.log)
        added, made_wider = add_statements(prepared.wider, target)
    linked = save_links(
        prepared.links,
        shape,
        Ends(shape.narrow or (name,), sources, made, made_wider),
        keeps_others=under_way.keeps_others or (shape.is_part and not shape.narrow),
        writer=under_way.writer,
        log=under_way.log,
    )
    total = replace(
        counts,
        records=counts.records + len(prepared.wider),
        added=counts.added + added,
        unchanged=counts.unchanged + len(prepared.wider) - added,
        links=linked.links,
        links_added=linked.added,
        links_removed=linked.removed,
    )
    return total, linked


def _record(
    under_way: _Import, source_id: uuid.UUID, counts: Counts, *, left_out: int, actor: Actor
) -> None:
    LIBRARY_IMPORTED.record(
        actor=actor,
        moment=under_way.moment,
        subject_id=source_id,
        source=under_way.name,
        records=counts.records,
        added=counts.added,
        changed=counts.changed,
        retired=counts.retired,
        left_out=left_out,
    )
