"""Map and gap as the parts of a document use it: what a run found, and what that rests on."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from cycles.profiles.models import Profile, ProfileStatus
from reports.document.assembling.rows import Rows
from reports.mapping.assembling import Place, ProfileFacts, assemble
from reports.mapping.findings import Findings
from reports.mapping.ground import Ground
from reports.mapping.queries import ground_of, latest_run
from reports.mapping.reading import Verdicts
from reports.mapping.run_facts import run_facts
from reports.mapping.verdicts import judgements, said_of


@dataclass(frozen=True, eq=False)
class Compared:
    """What a run found at the cycle's threshold, and what it was worked out from.

    ``kept`` are the codes of the capabilities that are kept, ``members`` the statements that each
    profile holds, by the profile's code.
    """

    findings: Findings
    ground: Ground
    verdicts: Verdicts
    kept: frozenset[str]
    members: Mapping[str, tuple[uuid.UUID, ...]]


def compared(rows: Rows) -> Compared | None:
    """Return what the newest run found, or None before the first.

    The same as ``reports.mapping.queries.findings``, without reading anything twice.
    """
    cycle = rows.cycle
    run = latest_run(cycle.id)
    if run is None:
        return None
    ground = ground_of(run)
    verdicts = judgements(said_of(cycle.id), rows.card.threshold_percent)
    profiles = tuple(_facts(rows, each) for each in rows.live)
    found = assemble(
        run=run_facts(run, ground.inputs),
        ground=ground,
        profiles=profiles,
        places=_places(rows),
        verdicts=verdicts,
        threshold_percent=cycle.threshold_percent,
    )
    return Compared(
        findings=found,
        ground=ground,
        verdicts=verdicts,
        kept=frozenset(each.code for each in rows.kept),
        members={each.code: each.member_ids for each in profiles},
    )


def _facts(rows: Rows, profile: Profile) -> ProfileFacts:
    return ProfileFacts(
        profile_id=profile.id,
        code=profile.code,
        name=profile.name,
        role_level=profile.role_level.name,
        academic_level=profile.role_level.academic_level,
        partner=profile.partner.name if profile.partner else "",
        is_ratified=profile.status == ProfileStatus.RATIFIED,
        member_ids=tuple(each.statement_id for each in rows.held_by(profile)),
    )


def _places(rows: Rows) -> dict[uuid.UUID, Place]:
    return {
        each.id: Place(each.area.function, each.area.domain, each.area.name)
        for each in rows.statements
        if each.area is not None
    }
