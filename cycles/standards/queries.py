"""Reading frameworks, standards, duties and KSBs, in fixed orders."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func, or_, select, true
from sqlalchemy.orm import selectinload

from cycles.core.extensions import db
from cycles.standards.models import (
    Duty,
    Framework,
    KsbKind,
    OccupationalStandard,
    StandardKsb,
    duty_ksb,
)

PER_PAGE = 25
AT_ONCE = 500
LIVE = OccupationalStandard.retired_at.is_(None)


@dataclass(frozen=True)
class FrameworkRow:
    """A framework with what it holds today; retired standards are counted apart."""

    framework: Framework
    standards: int
    with_duties: int
    duties: int
    ksbs: int
    retired: int


@dataclass(frozen=True)
class DutyRow:
    """A duty with the standard it stands in."""

    duty_id: uuid.UUID
    standard_id: uuid.UUID
    text: str
    position: int
    is_core: bool
    standard_title: str
    reference: str
    level: int


@dataclass(frozen=True)
class KsbRow:
    """A KSB that a duty needs."""

    duty_id: uuid.UUID
    ksb_id: uuid.UUID
    code: str
    kind: KsbKind
    text: str


@dataclass(frozen=True)
class StandardRow:
    """A standard with its number of live duties and of KSBs."""

    standard: OccupationalStandard
    duties: int
    ksbs: int


@dataclass(frozen=True)
class StandardsFilter:
    """What a reader looks for among the standards of a framework."""

    words: str = ""
    level: int | None = None
    route: str = ""
    with_retired: bool = False
    sort: str = "title"
    page: int = 1


def frameworks() -> list[Framework]:
    """Return every framework by name."""
    return list(db.session.scalars(select(Framework).order_by(Framework.name)))


def framework_rows() -> list[FrameworkRow]:
    """Return every framework by name with its counts."""
    framework_id = OccupationalStandard.framework_id
    standards = _counts(select(framework_id, func.count()).where(LIVE))
    retired = _counts(select(framework_id, func.count()).where(~LIVE))
    of_duties = (
        select(framework_id, func.count(distinct(Duty.standard_id)))
        .join(Duty, Duty.standard_id == OccupationalStandard.id)
        .where(LIVE, Duty.retired_at.is_(None))
    )
    with_duties = _counts(of_duties)
    duties = _counts(of_duties.with_only_columns(framework_id, func.count()))
    of_ksbs = select(framework_id, func.count()).where(LIVE)
    ksbs = _counts(of_ksbs.join(StandardKsb, StandardKsb.standard_id == OccupationalStandard.id))
    return [
        FrameworkRow(
            framework=each,
            standards=standards.get(each.id, 0),
            with_duties=with_duties.get(each.id, 0),
            duties=duties.get(each.id, 0),
            ksbs=ksbs.get(each.id, 0),
            retired=retired.get(each.id, 0),
        )
        for each in frameworks()
    ]


def _counts(statement: Select[uuid.UUID, int]) -> dict[uuid.UUID, int]:
    grouped = statement.group_by(OccupationalStandard.framework_id)
    return {framework_id: count for framework_id, count in db.session.execute(grouped)}  # noqa: C416 - rows unpack, dict() does not see their types


def standards_of(framework_id: uuid.UUID, *, retired: bool = False) -> list[OccupationalStandard]:
    """Return the standards of a framework by reference; with ``retired``, the retired ones."""
    return list(
        db.session.scalars(
            select(OccupationalStandard)
            .where(OccupationalStandard.framework_id == framework_id, ~LIVE if retired else LIVE)
            .order_by(OccupationalStandard.reference)
        )
    )


def standard_with_parts(
    framework_id: uuid.UUID, standard_id: uuid.UUID
) -> OccupationalStandard | None:
    """Return a standard of this framework with its duties, their KSBs and its own."""
    return db.session.scalar(
        select(OccupationalStandard)
        .where(
            OccupationalStandard.id == standard_id,
            OccupationalStandard.framework_id == framework_id,
        )
        .options(
            selectinload(OccupationalStandard.duties).selectinload(Duty.ksbs),
            selectinload(OccupationalStandard.ksbs),
        )
    )


def duties_of(framework_id: uuid.UUID, *, with_ksbs: bool = False) -> tuple[DutyRow, ...]:
    """Return the live duties of a framework's live standards, by reference and position.

    ``with_ksbs`` leaves out the duties that no knowledge, skill or behaviour is linked to.
    """
    is_linked = Duty.id.in_(select(duty_ksb.c.duty_id)) if with_ksbs else true()
    rows = db.session.execute(
        select(
            Duty.id,
            Duty.standard_id,
            Duty.text,
            Duty.position,
            Duty.is_core,
            OccupationalStandard.title,
            OccupationalStandard.reference,
            OccupationalStandard.level,
        )
        .join(OccupationalStandard, OccupationalStandard.id == Duty.standard_id)
        .where(OccupationalStandard.framework_id == framework_id, LIVE)
        .where(Duty.retired_at.is_(None), is_linked)
        .order_by(OccupationalStandard.reference, Duty.position, Duty.id)
    )
    return tuple(DutyRow(*row) for row in rows)


def ksbs_of_duties(duty_ids: Iterable[uuid.UUID]) -> tuple[KsbRow, ...]:
    """Return the KSBs linked to these duties, duty by duty as given, each in its position."""
    wanted = list(dict.fromkeys(duty_ids))
    found: dict[uuid.UUID, list[KsbRow]] = {duty_id: [] for duty_id in wanted}
    for start in range(0, len(wanted), AT_ONCE):
        rows = db.session.execute(
            select(
                duty_ksb.c.duty_id,
                StandardKsb.id,
                StandardKsb.code,
                StandardKsb.kind,
                StandardKsb.text,
            )
            .join(StandardKsb, StandardKsb.id == duty_ksb.c.ksb_id)
            .where(duty_ksb.c.duty_id.in_(wanted[start : start + AT_ONCE]))
            .order_by(StandardKsb.position, StandardKsb.id)
        )
        for row in rows:
            found[row[0]].append(KsbRow(*row))
    return tuple(row for duty_id in wanted for row in found[duty_id])


def find_standards(
    framework_id: uuid.UUID, wanted: StandardsFilter
) -> tuple[list[StandardRow], int]:
    """Return one page of the standards a reader looks for, and how many there are in all."""
    statement = select(OccupationalStandard).where(
        OccupationalStandard.framework_id == framework_id, *_conditions(wanted)
    )
    total = db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    duties = (
        select(func.count(Duty.id))
        .where(Duty.standard_id == OccupationalStandard.id, Duty.retired_at.is_(None))
        .correlate(OccupationalStandard)
        .scalar_subquery()
    )
    ksbs = (
        select(func.count(StandardKsb.id))
        .where(StandardKsb.standard_id == OccupationalStandard.id)
        .correlate(OccupationalStandard)
        .scalar_subquery()
    )
    rows = db.session.execute(
        statement.add_columns(duties, ksbs)
        .order_by(*_order(wanted.sort, duties))
        .limit(PER_PAGE)
        .offset((wanted.page - 1) * PER_PAGE)
    )
    return [StandardRow(standard, of_duty, of_ksb) for standard, of_duty, of_ksb in rows], total


def _conditions(wanted: StandardsFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [] if wanted.with_retired else [LIVE]
    for word in wanted.words.split():
        found.append(
            or_(
                OccupationalStandard.title.icontains(word, autoescape=True),
                OccupationalStandard.reference.icontains(word, autoescape=True),
            )
        )
    if wanted.level is not None:
        found.append(OccupationalStandard.level == wanted.level)
    if wanted.route:
        found.append(OccupationalStandard.route == wanted.route)
    return found


def _order(sort: str, duties: Any) -> list[Any]:
    column: Any = {
        "reference": OccupationalStandard.reference,
        "level": OccupationalStandard.level,
        "route": func.lower(OccupationalStandard.route),
        "duties": duties,
    }.get(sort.lstrip("-"), func.lower(OccupationalStandard.title))
    first = column.desc() if sort.startswith("-") else column
    return [first, func.lower(OccupationalStandard.title), OccupationalStandard.reference]


def levels_and_routes(framework_id: uuid.UUID) -> tuple[list[int], list[str]]:
    """Return the levels and routes that stand in a framework, in order."""
    rows = db.session.execute(
        select(OccupationalStandard.level, OccupationalStandard.route)
        .where(OccupationalStandard.framework_id == framework_id)
        .distinct()
    ).all()
    levels = sorted({level for level, _ in rows})
    return levels, sorted({route for _, route in rows if route})
