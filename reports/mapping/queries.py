"""Reading runs, what they compared, the verdicts on matches, and the findings of a cycle."""

import uuid
from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from cycles.classification.models import Area
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.setup.models import Cycle
from cycles.statements.models import CapabilityStatement
from reports.mapping.assembling import Place, ProfileFacts, assemble
from reports.mapping.findings import Findings
from reports.mapping.ground import Ground
from reports.mapping.models import MappingRun, UsedAdapter
from reports.mapping.packing import unpack_inputs, unpack_kept
from reports.mapping.reading import Verdicts
from reports.mapping.run_facts import run_facts
from reports.mapping.sourcing import chance_of, source_of
from reports.mapping.verdicts import verdicts_of

JOB_KIND = "mapping.run"


def runs_of(cycle_id: uuid.UUID) -> list[MappingRun]:
    """Return the cycle's runs, newest first, without what they compared."""
    return list(
        db.session.scalars(
            select(MappingRun)
            .where(MappingRun.cycle_id == cycle_id)
            .order_by(MappingRun.number.desc())
        )
    )


def latest_run(cycle_id: uuid.UUID) -> MappingRun | None:
    """Return the newest run, without what it compared, or None before the first."""
    return db.session.scalar(
        select(MappingRun)
        .where(MappingRun.cycle_id == cycle_id)
        .order_by(MappingRun.number.desc())
        .limit(1)
    )


def latest_job(cycle_id: uuid.UUID) -> Job | None:
    """Return the newest request for a run, whatever became of it."""
    return db.session.scalar(
        select(Job)
        .where(Job.cycle_id == cycle_id, Job.kind == JOB_KIND)
        .order_by(Job.asked_at.desc(), Job.id.desc())
        .limit(1)
    )


def ground_of(run: MappingRun) -> Ground:
    """Return what a run compared, with what it keeps of the scores."""
    return _unpacked(run.id)


@lru_cache(maxsize=3)
def _unpacked(run_id: uuid.UUID) -> Ground:
    # A run never changes once written, so what was unpacked of it stays true.
    run = db.session.get_one(
        MappingRun,
        run_id,
        options=[undefer(MappingRun.inputs), undefer(MappingRun.scores)],
        populate_existing=True,
    )
    inputs = unpack_inputs(run.inputs)
    return Ground(
        inputs=inputs,
        kept=unpack_kept(run.scores, inputs),
        source=source_of(run, inputs),
        chance=chance_of(db.session.get(UsedAdapter, run.adapter_digest)),
    )


def live_profiles(cycle_id: uuid.UUID) -> tuple[ProfileFacts, ...]:
    """Return the profiles that were not withdrawn, with the members they have now, by code."""
    profiles = db.session.scalars(
        select(Profile)
        .where(Profile.cycle_id == cycle_id, Profile.status != ProfileStatus.WITHDRAWN)
        .options(joinedload(Profile.role_level), joinedload(Profile.partner))
        .order_by(Profile.code)
    ).all()
    members: dict[uuid.UUID, list[uuid.UUID]] = {profile.id: [] for profile in profiles}
    for profile_id, statement_id in db.session.execute(
        select(ProfileCapability.profile_id, ProfileCapability.statement_id)
        .join(CapabilityStatement, CapabilityStatement.id == ProfileCapability.statement_id)
        .where(ProfileCapability.cycle_id == cycle_id, ProfileCapability.is_removed.is_(False))
        .order_by(CapabilityStatement.code)
    ):
        if profile_id in members:
            members[profile_id].append(statement_id)
    return tuple(_facts(profile, members[profile.id]) for profile in profiles)


def _facts(profile: Profile, members: Sequence[uuid.UUID]) -> ProfileFacts:
    return ProfileFacts(
        profile_id=profile.id,
        code=profile.code,
        name=profile.name,
        role_level=profile.role_level.name,
        academic_level=profile.role_level.academic_level,
        partner=profile.partner.name if profile.partner else "",
        is_ratified=profile.status == ProfileStatus.RATIFIED,
        member_ids=tuple(members),
    )


def places_of(cycle_id: uuid.UUID) -> dict[uuid.UUID, Place]:
    """Return where each classified capability stands in the classification."""
    rows = db.session.execute(
        select(CapabilityStatement.id, Area.function, Area.domain, Area.name)
        .join(Area, Area.id == CapabilityStatement.area_id)
        .where(CapabilityStatement.cycle_id == cycle_id)
        .order_by(CapabilityStatement.code)
    )
    return {statement_id: Place(*words) for statement_id, *words in rows}


def findings(
    cycle_id: uuid.UUID,
    threshold: int | None = None,
    run: MappingRun | None = None,
    verdicts: Verdicts | None = None,
) -> Findings | None:
    """Return what the newest run (or ``run``) found, or None before the first.

    The threshold is the cycle's unless another is given. Scores and wordings are the run's;
    profiles, classification and human verdicts are those of now, unless other verdicts are given.
    """
    chosen = run or latest_run(cycle_id)
    if chosen is None:
        return None
    if threshold is None:
        threshold = db.session.get_one(Cycle, cycle_id).threshold_percent
    return assemble(
        run=run_facts(chosen, ground_of(chosen).inputs),
        ground=ground_of(chosen),
        profiles=live_profiles(cycle_id),
        places=places_of(cycle_id),
        verdicts=verdicts_of(cycle_id) if verdicts is None else verdicts,
        threshold_percent=threshold,
    )
