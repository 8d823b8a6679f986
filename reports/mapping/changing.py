"""Whether what a run compared is still so. Reading only, and cheap: every page asks it.

The texts of a country's provision are not read for it: each import sets the moment of its
framework, so a framework whose moment and counts are as they were has not changed.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from cycles.core.extensions import db
from cycles.setup.provision import ChosenFramework, frameworks_of
from cycles.standards.models import Duty, OccupationalStandard, StandardKsb
from cycles.statements.queries import kept_statements
from reports.mapping.ground import Inputs
from reports.mapping.inputs import provision_of
from reports.mapping.models import MappingRun
from reports.mapping.packing import digest_of_texts

CAPABILITIES_DIGEST = "capabilities_digest"
DUTIES_DIGEST = "duties_digest"
CHOSEN = "chosen"
MARKS = "marks"


def digests(inputs: Inputs) -> dict[str, str]:
    """Return the digest of each side, which a run keeps to tell later whether it changed."""
    return {
        CAPABILITIES_DIGEST: digest_of_texts(
            (each.statement_id, each.text) for each in inputs.capabilities
        ),
        DUTIES_DIGEST: duties_digest(inputs),
    }


def duties_digest(inputs: Inputs) -> str:
    """Return the digest of the standards with their levels, and of all duties."""
    standards = [
        (each.standard_id, f"{each.level} {each.title}")
        for each in (*inputs.standards, *inputs.bare_standards)
    ]
    return digest_of_texts([*standards, *((each.duty_id, each.text) for each in inputs.duties)])


def choice_of(chosen: Sequence[ChosenFramework]) -> list[list[Any]]:
    """Return which frameworks are chosen, in order, and whether skills stand in."""
    return [[str(each.framework.id), each.uses_skills] for each in chosen]


def marks_of(chosen: Sequence[ChosenFramework]) -> list[list[Any]]:
    """Return of each chosen framework what changes whenever its standards do."""
    duties = _sizes([each.framework.id for each in chosen], Duty)
    skills = _sizes([each.framework.id for each in chosen if each.uses_skills], StandardKsb)
    return [
        [
            each.framework.imported_at.isoformat(),
            *duties.get(each.framework.id, (0, 0)),
            *skills.get(each.framework.id, (0, 0)),
        ]
        for each in chosen
    ]


def _sizes(
    framework_ids: Sequence[uuid.UUID], part: type[Duty] | type[StandardKsb]
) -> dict[uuid.UUID, tuple[int, int]]:
    """Return how many parts the live standards of each framework have, and how many letters."""
    if not framework_ids:
        return {}
    found = (
        select(OccupationalStandard.framework_id, func.count(), func.sum(func.length(part.text)))
        .join(part, part.standard_id == OccupationalStandard.id)
        .where(
            OccupationalStandard.framework_id.in_(framework_ids),
            OccupationalStandard.retired_at.is_(None),
        )
        .group_by(OccupationalStandard.framework_id)
    )
    if part is Duty:
        found = found.where(Duty.retired_at.is_(None))
    return {
        framework_id: (count, letters) for framework_id, count, letters in db.session.execute(found)
    }


def changes_since(run: MappingRun) -> tuple[str, ...]:
    """Return, in words, what a run compared that is no longer so; empty when it still stands."""
    chosen = frameworks_of(run.cycle_id)
    changes = []
    if capabilities_changed(run):
        changes.append("capability statements")
    if run.counts[CHOSEN] != choice_of(chosen):
        changes.append("the chosen frameworks")
    elif _duties_changed(run, chosen):
        changes.append("the standards of the frameworks")
    return tuple(changes)


def capabilities_changed(run: MappingRun) -> bool:
    """Say whether the kept statements or their wordings differ from those compared."""
    now = digest_of_texts((each.id, each.text) for each in kept_statements(run.cycle_id))
    return bool(run.counts[CAPABILITIES_DIGEST] != now)


def frameworks_changed(run: MappingRun) -> bool:
    """Say whether other frameworks are chosen now, or chosen otherwise."""
    return bool(run.counts[CHOSEN] != choice_of(frameworks_of(run.cycle_id)))


def _duties_changed(run: MappingRun, chosen: Sequence[ChosenFramework]) -> bool:
    if run.counts.get(MARKS) == marks_of(chosen):
        return False
    return bool(run.counts[DUTIES_DIGEST] != duties_digest(provision_of(run.cycle_id)))
