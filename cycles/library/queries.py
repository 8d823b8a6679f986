"""Reading the library: its sources, and the records a reader looks for."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from cycles.classification.models import Area
from cycles.core.extensions import db
from cycles.library.models import (
    LibraryKind,
    LibraryOccurrence,
    LibrarySource,
    LibraryStatement,
    OccupationTitle,
)

PER_PAGE = 25
LIVE = LibraryStatement.retired_at.is_(None)


@dataclass(frozen=True)
class SourceRow:
    """A source with what it holds today."""

    source: LibrarySource
    statements: int
    retired: int
    titles: int


@dataclass(frozen=True)
class LibraryFilter:
    """What a reader looks for in the library."""

    words: str = ""
    source_id: uuid.UUID | None = None
    kind: LibraryKind | None = None
    function: str = ""
    domain: str = ""
    page: int = 1


@dataclass(frozen=True)
class LibraryLine:
    """A record with the number of occupations it stands in."""

    statement: LibraryStatement
    occurrences: int


def sources() -> list[LibrarySource]:
    """Return every source by name."""
    return list(db.session.scalars(select(LibrarySource).order_by(LibrarySource.name)))


def source_rows() -> list[SourceRow]:
    """Return every source by name with its counts."""
    live = _counts(LibraryStatement.source_id, LIVE)
    retired = _counts(LibraryStatement.source_id, ~LIVE)
    titles = _counts(OccupationTitle.source_id)
    return [
        SourceRow(each, live.get(each.id, 0), retired.get(each.id, 0), titles.get(each.id, 0))
        for each in sources()
    ]


def _counts(column: Any, *where: ColumnElement[bool]) -> dict[uuid.UUID, int]:
    rows = db.session.execute(select(column, func.count()).where(*where).group_by(column))
    return {source_id: count for source_id, count in rows}  # noqa: C416 - typed rows


def find_statements(wanted: LibraryFilter) -> tuple[list[LibraryLine], int]:
    """Return one page of the records a reader looks for, and how many there are in all."""
    statement = (
        select(LibraryStatement)
        .outerjoin(Area, Area.id == LibraryStatement.area_id)
        .where(*_conditions(wanted))
    )
    total = db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    occurrences = (
        select(func.count(LibraryOccurrence.id))
        .where(LibraryOccurrence.statement_id == LibraryStatement.id)
        .correlate(LibraryStatement)
        .scalar_subquery()
    )
    rows = db.session.execute(
        statement.add_columns(occurrences)
        .options(joinedload(LibraryStatement.source), joinedload(LibraryStatement.area))
        .order_by(LibraryStatement.source_id, LibraryStatement.position, LibraryStatement.id)
        .limit(PER_PAGE)
        .offset((wanted.page - 1) * PER_PAGE)
    )
    return [LibraryLine(record, count) for record, count in rows], total


def _conditions(wanted: LibraryFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [LIVE]
    for word in wanted.words.split():
        found.append(
            or_(
                LibraryStatement.text.icontains(word, autoescape=True),
                LibraryStatement.occupation.icontains(word, autoescape=True),
            )
        )
    if wanted.source_id is not None:
        found.append(LibraryStatement.source_id == wanted.source_id)
    if wanted.kind is not None:
        found.append(LibraryStatement.kind == wanted.kind)
    if wanted.function:
        found.append(Area.function == wanted.function)
    if wanted.domain:
        found.append(Area.domain == wanted.domain)
    return found


def occurrences_of(statement_id: uuid.UUID) -> list[LibraryOccurrence]:
    """Return the occupations a statement stands in, by code."""
    return list(
        db.session.scalars(
            select(LibraryOccurrence)
            .where(LibraryOccurrence.statement_id == statement_id)
            .order_by(LibraryOccurrence.occupation_code, LibraryOccurrence.reference)
        )
    )


def occupation_titles() -> list[str]:
    """Return every occupation title of the library, each once, in order."""
    return list(
        db.session.scalars(select(OccupationTitle.title).distinct().order_by(OccupationTitle.title))
    )
