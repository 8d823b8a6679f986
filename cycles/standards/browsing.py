"""Looking through the standards of one framework: filter, order, page, and all of it as rows."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, func, or_, select

from cycles.core.extensions import db
from cycles.standards.models import (
    UNKNOWN_LEVEL,
    Duty,
    KsbKind,
    OccupationalStandard,
    StandardKsb,
    duty_ksb,
)
from cycles.standards.queries import HAS_DUTIES, HAS_SKILLS, LIVE
from cycles.standards.wording import is_stated, level_cell

PER_PAGE = 25
WITH_DUTIES, WITHOUT_DUTIES, SKILLS_ONLY = "with", "without", "skills"


@dataclass(frozen=True)
class StandardRow:
    """A standard with its number of live duties, of skills and of all KSBs."""

    standard: OccupationalStandard
    duties: int
    skills: int
    ksbs: int

    @property
    def level(self) -> str:
        """Return its level as a cell says it."""
        return level_cell(self.standard.level)


@dataclass(frozen=True)
class StandardsFilter:
    """What a reader looks for among the standards of a framework.

    ``level`` is UNKNOWN_LEVEL for those whose source states none.
    """

    words: str = ""
    level: int | None = None
    route: str = ""
    duties: str = ""
    with_retired: bool = False
    sort: str = "title"
    page: int = 1


@dataclass(frozen=True)
class ListedDuty:
    """A duty within its standard, numbered from 1; ``number`` is 0 where there is no duty."""

    standard: OccupationalStandard
    number: int
    text: str
    kind: str
    ksbs: str


def find_standards(
    framework_id: uuid.UUID, wanted: StandardsFilter
) -> tuple[list[StandardRow], int]:
    """Return one page of the standards a reader looks for, and how many there are in all."""
    conditions = _conditions(framework_id, wanted)
    total = db.session.scalar(select(func.count(OccupationalStandard.id)).where(*conditions))
    duties = _number_of(Duty, Duty.retired_at.is_(None))
    skills = _number_of(StandardKsb, StandardKsb.kind == KsbKind.SKILL)
    rows = db.session.execute(
        select(OccupationalStandard, duties, skills, _number_of(StandardKsb))
        .where(*conditions)
        .order_by(*_order(wanted.sort, duties))
        .limit(PER_PAGE)
        .offset((wanted.page - 1) * PER_PAGE)
    )
    return [StandardRow(*row) for row in rows], total or 0


def _number_of(
    kind: type[Duty] | type[StandardKsb], *conditions: ColumnElement[bool]
) -> ScalarSelect[int]:
    return (
        select(func.count(kind.id))
        .where(kind.standard_id == OccupationalStandard.id, *conditions)
        .correlate(OccupationalStandard)
        .scalar_subquery()
    )


def _conditions(framework_id: uuid.UUID, wanted: StandardsFilter) -> list[ColumnElement[bool]]:
    found = [OccupationalStandard.framework_id == framework_id]
    found += [] if wanted.with_retired else [LIVE]
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
    by_duties: dict[str, ColumnElement[bool]] = {
        WITH_DUTIES: HAS_DUTIES,
        WITHOUT_DUTIES: ~HAS_DUTIES,
        SKILLS_ONLY: and_(~HAS_DUTIES, HAS_SKILLS),
    }
    if wanted.duties in by_duties:
        found.append(by_duties[wanted.duties])
    return found


def _order(sort: str, duties: Any) -> list[Any]:
    column: Any = {
        "reference": OccupationalStandard.reference,
        "level": OccupationalStandard.level,
        "route": func.lower(OccupationalStandard.route),
        "duties": duties,
    }.get(sort.lstrip("-"), func.lower(OccupationalStandard.title))
    first = column.desc() if sort.startswith("-") else column
    # Whichever way levels run, those that are not stated stand last: they are not the lowest.
    unstated = case((OccupationalStandard.level == UNKNOWN_LEVEL, 1), else_=0)
    apart = [unstated] if sort.lstrip("-") == "level" else []
    return [*apart, first, func.lower(OccupationalStandard.title), OccupationalStandard.reference]


def levels_and_routes(framework_id: uuid.UUID) -> tuple[list[int], list[str]]:
    """Return the levels and routes that stand in a framework, in order; an unknown level last."""
    rows = db.session.execute(
        select(OccupationalStandard.level, OccupationalStandard.route)
        .where(OccupationalStandard.framework_id == framework_id)
        .distinct()
    ).all()
    levels = sorted({level for level, _ in rows}, key=lambda level: (not is_stated(level), level))
    return levels, sorted({route for _, route in rows if route})


def duty_lines(framework_id: uuid.UUID, wanted: StandardsFilter) -> Iterator[ListedDuty]:
    """Yield every duty of the standards a reader looks for, by reference and position.

    A standard without duties is one line: ``kind`` says whether it has skills to stand in.
    """
    conditions = _conditions(framework_id, wanted)
    standards = db.session.scalars(
        select(OccupationalStandard)
        .where(*conditions)
        .order_by(OccupationalStandard.reference, OccupationalStandard.id)
    )
    with_skills = set(
        db.session.scalars(select(OccupationalStandard.id).where(*conditions, HAS_SKILLS))
    )
    duties, codes = _duties(conditions), _codes(conditions)
    for standard in standards:
        held = duties.get(standard.id, [])
        if not held:
            kind = "Skills only" if standard.id in with_skills else "No duties"
            yield ListedDuty(standard, 0, "", kind, "")
        for number, (duty_id, text, is_core) in enumerate(held, 1):
            kind = "Core" if is_core else "Optional"
            yield ListedDuty(standard, number, text, kind, ", ".join(codes.get(duty_id, ())))


def _duties(
    conditions: list[ColumnElement[bool]],
) -> dict[uuid.UUID, list[tuple[uuid.UUID, str, bool]]]:
    rows = db.session.execute(
        select(Duty.standard_id, Duty.id, Duty.text, Duty.is_core)
        .join(OccupationalStandard, OccupationalStandard.id == Duty.standard_id)
        .where(*conditions, Duty.retired_at.is_(None))
        .order_by(Duty.standard_id, Duty.position, Duty.id)
    )
    return {
        standard_id: [(duty_id, text, is_core) for _, duty_id, text, is_core in held]
        for standard_id, held in groupby(rows, key=lambda row: row[0])
    }


def _codes(conditions: list[ColumnElement[bool]]) -> dict[uuid.UUID, list[str]]:
    """Return the codes of the KSBs that each duty needs, in their order."""
    rows = db.session.execute(
        select(duty_ksb.c.duty_id, StandardKsb.code)
        .join(StandardKsb, StandardKsb.id == duty_ksb.c.ksb_id)
        .join(OccupationalStandard, OccupationalStandard.id == StandardKsb.standard_id)
        .where(*conditions)
        .order_by(duty_ksb.c.duty_id, StandardKsb.position, StandardKsb.id)
    )
    return {
        duty_id: [code for _, code in held]
        for duty_id, held in groupby(rows, key=lambda row: row[0])
    }
