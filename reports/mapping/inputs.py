"""What a run would compare if it ran now, and whether that has changed since one. Reading only."""

import uuid

from sqlalchemy import select

from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.setup.models import Cycle
from cycles.standards.models import OccupationalStandard
from cycles.standards.queries import DutyRow, duties_of
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.queries import kept_statements
from reports.mapping.ground import (
    ComparedCapability,
    ComparedDuty,
    ComparedStandard,
    Inputs,
    digest_of_texts,
)
from reports.mapping.models import MappingRun

CAPABILITIES_DIGEST = "capabilities_digest"
DUTIES_DIGEST = "duties_digest"


NO_FRAMEWORK = "No framework of standards is chosen. Choose one in the cycle's set-up."
NO_CAPABILITIES = "No capability statements are kept yet. Keep some under Capabilities."
NO_DUTIES = (
    "The chosen framework has no standard with duties, so there is nothing to compare with. "
    "Import its standards with their duties, or choose another framework in the set-up."
)


def blockers(cycle: Cycle) -> tuple[str, ...]:
    """Say, in sentences, what a run still needs, without reading all that it would compare."""
    missing = []
    if not _has_capabilities(cycle.id):
        missing.append(NO_CAPABILITIES)
    if cycle.framework_id is None:
        missing.append(NO_FRAMEWORK)
    return tuple(missing)


def gather(cycle: Cycle) -> Inputs:
    """Return what a run compares, or raise ``Invalid`` with what is missing."""
    missing = blockers(cycle)
    if missing or cycle.framework_id is None:
        raise Invalid(" ".join(missing))
    duties = duties_of(cycle.framework_id)
    if not duties:
        raise Invalid(NO_DUTIES)
    return arrange(kept_statements(cycle.id), _live_standards(cycle.framework_id), duties)


def arrange(
    capabilities: list[CapabilityStatement],
    standards: tuple[ComparedStandard, ...],
    duties: tuple[DutyRow, ...],
) -> Inputs:
    """Put both sides in the order of their rows; standards without duties stand apart."""
    owners = {duty.standard_id for duty in duties}
    compared = tuple(each for each in standards if each.standard_id in owners)
    place = {each.standard_id: number for number, each in enumerate(compared)}
    return Inputs(
        capabilities=tuple(
            ComparedCapability(each.id, each.code, each.text) for each in capabilities
        ),
        standards=compared,
        duties=tuple(
            ComparedDuty(
                each.duty_id, place[each.standard_id], each.position, each.text, each.is_core
            )
            for each in duties
        ),
        bare_standards=tuple(each for each in standards if each.standard_id not in owners),
    )


def digests(inputs: Inputs) -> dict[str, str]:
    """Return the digest of each side, which a run keeps to tell later whether it changed."""
    return {
        CAPABILITIES_DIGEST: digest_of_texts(
            (each.statement_id, each.text) for each in inputs.capabilities
        ),
        DUTIES_DIGEST: digest_of_texts((each.duty_id, each.text) for each in inputs.duties),
    }


def changes_since(run: MappingRun, cycle: Cycle) -> tuple[str, ...]:
    """Return, in words, what a run compared that is no longer so; empty when it still stands."""
    changes = []
    if capabilities_changed(run):
        changes.append("capability statements")
    if cycle.framework_id != run.framework_id:
        changes.append("the chosen framework")
    elif _duties_changed(run):
        changes.append("the duties of the framework")
    return tuple(changes)


def capabilities_changed(run: MappingRun) -> bool:
    """Say whether the kept statements or their wordings differ from those compared."""
    now = digest_of_texts((each.id, each.text) for each in kept_statements(run.cycle_id))
    return bool(run.counts[CAPABILITIES_DIGEST] != now)


def _duties_changed(run: MappingRun) -> bool:
    now = digest_of_texts((each.duty_id, each.text) for each in duties_of(run.framework_id))
    return bool(run.counts[DUTIES_DIGEST] != now)


def _has_capabilities(cycle_id: uuid.UUID) -> bool:
    kept = select(CapabilityStatement.id).where(
        CapabilityStatement.cycle_id == cycle_id,
        CapabilityStatement.status == StatementStatus.KEPT,
    )
    return bool(db.session.scalar(select(kept.exists())))


def _live_standards(framework_id: uuid.UUID) -> tuple[ComparedStandard, ...]:
    rows = db.session.execute(
        select(
            OccupationalStandard.id,
            OccupationalStandard.reference,
            OccupationalStandard.version,
            OccupationalStandard.title,
            OccupationalStandard.level,
        )
        .where(
            OccupationalStandard.framework_id == framework_id,
            OccupationalStandard.retired_at.is_(None),
        )
        .order_by(OccupationalStandard.reference, OccupationalStandard.id)
    )
    return tuple(ComparedStandard(*row) for row in rows)
