"""Reading frameworks, standards, duties and KSBs, in fixed orders."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select, true
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

AT_ONCE = 500
LIVE = OccupationalStandard.retired_at.is_(None)
HAS_DUTIES = (
    exists(Duty.id)
    .where(Duty.standard_id == OccupationalStandard.id, Duty.retired_at.is_(None))
    .correlate(OccupationalStandard)
)
HAS_SKILLS = (
    exists(StandardKsb.id)
    .where(StandardKsb.standard_id == OccupationalStandard.id, StandardKsb.kind == KsbKind.SKILL)
    .correlate(OccupationalStandard)
)


@dataclass(frozen=True)
class SkillRow:
    """A skill of a standard without duties, with the standard it stands in."""

    code: str
    text: str
    standard_title: str
    reference: str


@dataclass(frozen=True)
class FrameworkRow:
    """A framework with what it holds today; retired standards are counted apart."""

    framework: Framework
    standards: int
    with_duties: int
    skills_only: int
    duties: int
    ksbs: int
    retired: int

    @property
    def without_duties(self) -> int:
        """Return how many standards no capability can be matched with."""
        return self.standards - self.with_duties


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


def frameworks() -> list[Framework]:
    """Return every framework by name."""
    return list(db.session.scalars(select(Framework).order_by(Framework.name)))


def framework_rows(framework_id: uuid.UUID | None = None) -> list[FrameworkRow]:
    """Return every framework by name with its counts, or this one alone."""
    only = true() if framework_id is None else Framework.id == framework_id
    found = db.session.scalars(select(Framework).where(only).order_by(Framework.name))
    counts = [_counts(statement, framework_id) for statement in _what_is_counted()]
    return [FrameworkRow(each, *(count.get(each.id, 0) for count in counts)) for each in found]


def _what_is_counted() -> tuple[Select[uuid.UUID, int], ...]:
    """Return the statements behind a ``FrameworkRow``, in the order of its fields."""
    framework_id = OccupationalStandard.framework_id
    number = func.count()
    return (
        select(framework_id, number).where(LIVE),
        select(framework_id, number).where(LIVE, HAS_DUTIES),
        select(framework_id, number).where(LIVE, ~HAS_DUTIES, HAS_SKILLS),
        select(framework_id, number)
        .join(Duty, Duty.standard_id == OccupationalStandard.id)
        .where(LIVE, Duty.retired_at.is_(None)),
        select(framework_id, number)
        .join(StandardKsb, StandardKsb.standard_id == OccupationalStandard.id)
        .where(LIVE),
        select(framework_id, number).where(~LIVE),
    )


def _counts(
    statement: Select[uuid.UUID, int], framework_id: uuid.UUID | None
) -> dict[uuid.UUID, int]:
    if framework_id is not None:
        statement = statement.where(OccupationalStandard.framework_id == framework_id)
    grouped = statement.group_by(OccupationalStandard.framework_id)
    return {held_in: count for held_in, count in db.session.execute(grouped)}  # noqa: C416 - rows unpack, dict() does not see their types


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


def skills_without_duties(framework_id: uuid.UUID) -> tuple[SkillRow, ...]:
    """Return the skills of live standards that have no duties, by reference and position."""
    rows = db.session.execute(
        select(
            StandardKsb.code,
            StandardKsb.text,
            OccupationalStandard.title,
            OccupationalStandard.reference,
        )
        .join(OccupationalStandard, OccupationalStandard.id == StandardKsb.standard_id)
        .where(OccupationalStandard.framework_id == framework_id, LIVE, ~HAS_DUTIES)
        .where(StandardKsb.kind == KsbKind.SKILL)
        .order_by(OccupationalStandard.reference, StandardKsb.position, StandardKsb.id)
    )
    return tuple(SkillRow(*row) for row in rows)


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
