"""Reading the library: its sources, and the records a reader looks for."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased, joinedload

from cycles.classification.models import Area
from cycles.core.extensions import db
from cycles.library.models import (
    LibraryKind,
    LibraryLink,
    LibraryOccurrence,
    LibrarySource,
    LibraryStatement,
    OccupationTitle,
)
from cycles.library.searching.words import holding

PER_PAGE = 25
LIVE = LibraryStatement.retired_at.is_(None)
IN_SOURCE = (LibraryStatement.source_id, LibraryStatement.position, LibraryStatement.id)


class By(StrEnum):
    """How a reader wants records to be found."""

    MEANING = "meaning"
    WORDS = "words"


class Order(StrEnum):
    """The order that a reader wants; without words there is no nearest."""

    NEAREST = "nearest"
    SOURCE = "source"
    TEXT = "text"


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
    area_id: uuid.UUID | None = None
    by: By = By.MEANING
    order: Order = Order.NEAREST


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


def find_statements(
    wanted: LibraryFilter, *, every: bool = True, most: int = PER_PAGE
) -> tuple[list[LibraryLine], int]:
    """Return one page of the records that hold ``every`` word, or any; and how many there are."""
    statement, nearest = _holding(_filtered(wanted), wanted.words, every)
    order = nearest if wanted.order == Order.NEAREST else ()
    found = statement.order_by(*order, *_order(wanted.order)).limit(most)
    ids = db.session.scalars(found.offset((wanted.page - 1) * PER_PAGE)).all()
    total = db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    return lines_of(ids), total


def _holding(
    statement: Select[uuid.UUID], words: str, every: bool
) -> tuple[Select[uuid.UUID], tuple[ColumnElement[float], ...]]:
    match = holding(words, every=every)
    if match is not None:
        return match.narrow(statement), (match.order,)
    if words:
        # Signs alone: nothing is indexed under them, so every text is looked through.
        return statement.where(LibraryStatement.text.icontains(words, autoescape=True)), ()
    return statement, ()


def _filtered(wanted: LibraryFilter) -> Select[uuid.UUID]:
    return (
        select(LibraryStatement.id)
        .outerjoin(Area, Area.id == LibraryStatement.area_id)
        .where(*_conditions(wanted))
    )


def _order(order: Order) -> tuple[Any, ...]:
    return (LibraryStatement.text, LibraryStatement.id) if order == Order.TEXT else IN_SOURCE


def those_that_fit(ids: Sequence[uuid.UUID], wanted: LibraryFilter) -> list[uuid.UUID]:
    """Return those of ``ids`` that are live and fit the filters, in the order that is wanted."""
    fit = db.session.scalars(
        _filtered(wanted).where(LibraryStatement.id.in_(ids)).order_by(*_order(wanted.order))
    ).all()
    if wanted.order != Order.NEAREST:
        return list(fit)
    known = set(fit)
    return [identifier for identifier in ids if identifier in known]


def lines_of(ids: Sequence[uuid.UUID]) -> list[LibraryLine]:
    """Return the records of these ids, in their order, with sources, areas and occupations."""
    occurrences = (
        select(func.count(LibraryOccurrence.id))
        .where(LibraryOccurrence.statement_id == LibraryStatement.id)
        .correlate(LibraryStatement)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(LibraryStatement, occurrences)
        .where(LibraryStatement.id.in_(ids))
        .options(joinedload(LibraryStatement.source), joinedload(LibraryStatement.area))
    )
    found = {record.id: LibraryLine(record, count) for record, count in rows}
    return [found[identifier] for identifier in ids if identifier in found]


def _conditions(wanted: LibraryFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [LIVE]
    if wanted.source_id is not None:
        found.append(LibraryStatement.source_id == wanted.source_id)
    if wanted.kind is not None:
        found.append(LibraryStatement.kind == wanted.kind)
    if wanted.function:
        found.append(Area.function == wanted.function)
    if wanted.domain:
        found.append(Area.domain == wanted.domain)
    if wanted.area_id is not None:
        found.append(LibraryStatement.area_id == wanted.area_id)
    return found


def get_record(record_id: uuid.UUID) -> LibraryStatement | None:
    """Return a record with its source and area, live or retired, or None."""
    return db.session.scalar(
        select(LibraryStatement)
        .where(LibraryStatement.id == record_id)
        .options(joinedload(LibraryStatement.source), joinedload(LibraryStatement.area))
    )


def occurrences_of(statement_id: uuid.UUID) -> list[LibraryOccurrence]:
    """Return the occupations a statement stands in, by code."""
    return list(
        db.session.scalars(
            select(LibraryOccurrence)
            .where(LibraryOccurrence.statement_id == statement_id)
            .order_by(LibraryOccurrence.occupation_code, LibraryOccurrence.reference)
        )
    )


def wider_of(record_id: uuid.UUID) -> list[LibraryStatement]:
    """Return the live statements that this one was placed under, by text."""
    wider = aliased(LibraryStatement)
    return list(
        db.session.scalars(
            select(wider)
            .join(LibraryLink, LibraryLink.wider_id == wider.id)
            .where(LibraryLink.statement_id == record_id, wider.retired_at.is_(None))
            .order_by(wider.text, wider.id)
        )
    )


def narrower_of(record_id: uuid.UUID, *, most: int) -> tuple[list[LibraryStatement], int]:
    """Return the first ``most`` live statements under this one, by text, and how many in all."""
    statement = (
        select(LibraryStatement)
        .join(LibraryLink, LibraryLink.statement_id == LibraryStatement.id)
        .where(LibraryLink.wider_id == record_id, LIVE)
    )
    total = db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    first = statement.order_by(LibraryStatement.text, LibraryStatement.id).limit(most)
    return list(db.session.scalars(first)), total


def occupation_titles() -> list[str]:
    """Return every occupation title of the library, each once, in order."""
    return list(
        db.session.scalars(select(OccupationTitle.title).distinct().order_by(OccupationTitle.title))
    )
