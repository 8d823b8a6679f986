"""What the set-up asks of frameworks and their standards. Nothing here writes."""

import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from cycles.core.extensions import db
from cycles.setup.models import Cycle, CycleFramework
from cycles.standards.models import Framework, OccupationalStandard, StandardInUse

MOST_FOUND = 50


@dataclass(frozen=True)
class Found:
    """The standards that a search found: how many, and the first of them."""

    total: int
    standards: tuple[OccupationalStandard, ...]


@dataclass(frozen=True)
class ChosenFramework:
    """A framework that a cycle is compared with. ``uses_skills`` lets the skills of its standards
    stand in where a standard has no duties."""

    framework: Framework
    uses_skills: bool


def frameworks_of(cycle_id: uuid.UUID) -> tuple[ChosenFramework, ...]:
    """Return the frameworks that the cycle is compared with, in the order it put them."""
    rows = db.session.execute(
        select(Framework, CycleFramework.uses_skills)
        .join(CycleFramework, CycleFramework.framework_id == Framework.id)
        .where(CycleFramework.cycle_id == cycle_id)
        .order_by(CycleFramework.position, CycleFramework.id)
    )
    return tuple(ChosenFramework(row[0], row[1]) for row in rows)


def find_standards(cycle: Cycle, asked: str) -> Found:
    """Return the live standards of the cycle's frameworks, not in use yet, that ``asked`` finds:
    those with all of it in their title first."""
    words = asked.split()
    used = select(StandardInUse.standard_id).where(StandardInUse.cycle_id == cycle.id)
    wanted = (
        _is_compared_with(cycle.id),
        OccupationalStandard.retired_at.is_(None),
        OccupationalStandard.id.not_in(used),
        *(or_(_in_title(word), *_beside_title(word)) for word in words),
    )
    total = db.session.scalar(select(func.count(OccupationalStandard.id)).where(*wanted))
    rows = db.session.scalars(
        select(OccupationalStandard)
        .where(*wanted)
        .order_by(
            case((and_(true(), *(_in_title(word) for word in words)), 0), else_=1),
            OccupationalStandard.title,
            OccupationalStandard.reference,
        )
        .limit(MOST_FOUND)
    )
    return Found(total or 0, tuple(rows))


def _in_title(word: str) -> ColumnElement[bool]:
    return OccupationalStandard.title.icontains(word, autoescape=True)


def _beside_title(word: str) -> tuple[ColumnElement[bool], ...]:
    return (
        OccupationalStandard.reference.icontains(word, autoescape=True),
        OccupationalStandard.route.icontains(word, autoescape=True),
    )


def standards_in_use_of(cycle_id: uuid.UUID) -> list[OccupationalStandard]:
    """Return the standards that the cycle's organisations train to today, by title.

    Those of a framework that was taken out are set aside: they count again once it is back.
    """
    return list(
        db.session.scalars(
            select(OccupationalStandard)
            .where(*_in_use(cycle_id))
            .order_by(OccupationalStandard.title, OccupationalStandard.reference)
        )
    )


def in_use_by_framework(cycle_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """Return how many standards are in use of each framework that the cycle is compared with."""
    rows = db.session.execute(
        select(OccupationalStandard.framework_id, func.count().label("number"))
        .where(*_in_use(cycle_id))
        .group_by(OccupationalStandard.framework_id)
        .order_by(OccupationalStandard.framework_id)
    )
    return {row.framework_id: row.number for row in rows}


def _in_use(cycle_id: uuid.UUID) -> tuple[ColumnElement[bool], ...]:
    used = select(StandardInUse.standard_id).where(StandardInUse.cycle_id == cycle_id)
    return OccupationalStandard.id.in_(used), _is_compared_with(cycle_id)


def _is_compared_with(cycle_id: uuid.UUID) -> ColumnElement[bool]:
    chosen = select(CycleFramework.framework_id).where(CycleFramework.cycle_id == cycle_id)
    return OccupationalStandard.framework_id.in_(chosen)
