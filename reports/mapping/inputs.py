"""What a run would compare if it ran now, and whether that has changed since one. Reading only."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Row, select

from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.setup.models import Cycle
from cycles.setup.provision import ChosenFramework, frameworks_of
from cycles.standards.models import KsbKind, OccupationalStandard, StandardKsb
from cycles.standards.queries import duties_of
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.queries import kept_statements
from reports.mapping.ground import (
    ComparedCapability,
    ComparedDuty,
    ComparedFramework,
    ComparedStandard,
    Inputs,
)

DIGITS_OF_GROUP = 2

NO_FRAMEWORK = "No framework of standards is chosen. Choose one in the cycle's set-up."
NO_CAPABILITIES = "No capability statements are kept yet. Keep some under Capabilities."
NO_DUTIES = (
    "The chosen frameworks have no standard with duties, so there is nothing to compare with. "
    "Import standards with their duties, let skills stand in, or choose another framework in the "
    "set-up."
)


def blockers(cycle: Cycle) -> tuple[str, ...]:
    """Say, in sentences, what a run still needs, without reading all that it would compare."""
    missing = []
    if not _has_capabilities(cycle.id):
        missing.append(NO_CAPABILITIES)
    if not frameworks_of(cycle.id):
        missing.append(NO_FRAMEWORK)
    return tuple(missing)


def gather(cycle: Cycle) -> Inputs:
    """Return what a run compares, or raise ``Invalid`` with what is missing."""
    missing = blockers(cycle)
    if missing:
        raise Invalid(" ".join(missing))
    found = provision_of(cycle.id)
    if not found.duties:
        raise Invalid(NO_DUTIES)
    return Inputs(
        frameworks=found.frameworks,
        capabilities=tuple(
            ComparedCapability(each.id, each.code, each.text) for each in kept_statements(cycle.id)
        ),
        standards=found.standards,
        duties=found.duties,
        bare_standards=found.bare_standards,
    )


def provision_of(cycle_id: uuid.UUID) -> Inputs:
    """Return today's provision: all that a run compares but the capabilities.

    Frameworks stand in the cycle's order, their standards by reference, duties by position.
    """
    chosen = frameworks_of(cycle_id)
    standards: list[ComparedStandard] = []
    bare: list[ComparedStandard] = []
    duties: list[ComparedDuty] = []
    for number, each in enumerate(chosen):
        _add_framework(number, each, (standards, bare, duties))
    return Inputs(
        frameworks=tuple(_framework(each) for each in chosen),
        capabilities=(),
        standards=tuple(standards),
        duties=tuple(duties),
        bare_standards=tuple(bare),
    )


def _framework(chosen: ChosenFramework) -> ComparedFramework:
    row = chosen.framework
    return ComparedFramework(
        framework_id=row.id,
        name=row.name,
        version=row.version,
        snapshot_on=row.snapshot_on,
        licence=row.licence,
        attribution=row.attribution,
        is_illustrative=row.is_illustrative,
        uses_skills=chosen.uses_skills,
    )


def _add_framework(
    number: int,
    chosen: ChosenFramework,
    lists: tuple[list[ComparedStandard], list[ComparedStandard], list[ComparedDuty]],
) -> None:
    standards, bare, duties = lists
    own = _parts_of(chosen)
    for row in _live_standards(chosen.framework.id):
        parts = own.get(row.id, [])
        by_skills = bool(parts) and parts[0].is_skill
        compared = ComparedStandard(
            standard_id=row.id,
            framework=number,
            reference=row.reference,
            version=row.version,
            title=row.title,
            level=row.level,
            place=place_of(row),
            by_skills=by_skills,
        )
        if not parts:
            bare.append(compared)
            continue
        duties += [_at(part, len(standards)) for part in parts]
        standards.append(compared)


def _at(part: ComparedDuty, standard: int) -> ComparedDuty:
    return ComparedDuty(
        part.duty_id, standard, part.position, part.text, part.is_core, part.is_skill
    )


def place_of(standard: OccupationalStandard) -> str:
    """Return the route of a standard, or the group of its occupation code, or nothing.

    UK occupation codes, such as 2134/02, say the sub-major group in their first two digits.
    """
    if standard.route:
        return standard.route
    code = standard.reference.partition("/")[0]
    is_code = "/" in standard.reference and code.isdecimal()
    return code[:DIGITS_OF_GROUP] if is_code else ""


def _parts_of(chosen: ChosenFramework) -> dict[uuid.UUID, list[ComparedDuty]]:
    """Return the duties of each standard; skills for those without, where they may stand in."""
    found: dict[uuid.UUID, list[ComparedDuty]] = {}
    for duty in duties_of(chosen.framework.id):
        found.setdefault(duty.standard_id, []).append(
            ComparedDuty(duty.duty_id, 0, duty.position, duty.text, duty.is_core, is_skill=False)
        )
    if not chosen.uses_skills:
        return found
    with_duties = set(found)
    for skill_id, standard_id, position, text in _skills(chosen.framework.id):
        if standard_id not in with_duties:
            found.setdefault(standard_id, []).append(
                ComparedDuty(skill_id, 0, position, text, is_core=True, is_skill=True)
            )
    return found


def _skills(framework_id: uuid.UUID) -> Sequence[Row[uuid.UUID, uuid.UUID, int, str]]:
    return db.session.execute(
        select(StandardKsb.id, StandardKsb.standard_id, StandardKsb.position, StandardKsb.text)
        .join(OccupationalStandard, OccupationalStandard.id == StandardKsb.standard_id)
        .where(
            OccupationalStandard.framework_id == framework_id,
            OccupationalStandard.retired_at.is_(None),
            StandardKsb.kind == KsbKind.SKILL,
        )
        .order_by(OccupationalStandard.reference, StandardKsb.position, StandardKsb.id)
    ).all()


def _has_capabilities(cycle_id: uuid.UUID) -> bool:
    kept = select(CapabilityStatement.id).where(
        CapabilityStatement.cycle_id == cycle_id,
        CapabilityStatement.status == StatementStatus.KEPT,
    )
    return bool(db.session.scalar(select(kept.exists())))


def _live_standards(framework_id: uuid.UUID) -> list[OccupationalStandard]:
    return list(
        db.session.scalars(
            select(OccupationalStandard)
            .where(
                OccupationalStandard.framework_id == framework_id,
                OccupationalStandard.retired_at.is_(None),
            )
            .order_by(OccupationalStandard.reference, OccupationalStandard.id)
        )
    )
