"""Tells the pages of profiles which standards are nearest, from the newest run."""

import uuid
from collections.abc import Mapping, Sequence

from cycles.core.extensions import db
from cycles.profiles.nearest import MOST, NearestStandard, NearestStandards, tells_nearest
from cycles.setup.models import Cycle
from cycles.standards.wording import level_words
from reports.mapping.assembling import assemble_profiles
from reports.mapping.findings import ProfileFinding, RunFacts, Standing
from reports.mapping.queries import ground_of, latest_run, live_profiles
from reports.mapping.run_facts import run_facts
from reports.mapping.verdicts import verdicts_of
from reports.mapping.words import RESPONSES, of, percent


@tells_nearest
def nearest_standards(
    cycle_id: uuid.UUID, profile_ids: Sequence[uuid.UUID]
) -> Mapping[uuid.UUID, NearestStandards]:
    """Return the best standards of these profiles at the cycle's threshold, under the verdicts."""
    run = latest_run(cycle_id)
    if run is None:
        return {}
    wanted = set(profile_ids)
    threshold, found = assemble_profiles(
        ground=ground_of(run),
        profiles=[each for each in live_profiles(cycle_id) if each.profile_id in wanted],
        verdicts=verdicts_of(cycle_id),
        threshold_percent=db.session.get_one(Cycle, cycle_id).threshold_percent,
    )
    facts = run_facts(run, ground_of(run).inputs)
    return {each.profile_id: _nearest(facts, threshold, each) for each in found}


def _nearest(run: RunFacts, threshold: int, profile: ProfileFinding) -> NearestStandards:
    return NearestStandards(
        run_number=run.number,
        made_at=run.created_at,
        frameworks=run.framework_words,
        threshold_percent=threshold,
        standards=tuple(
            _standard(standing, names_framework=len(run.frameworks) > 1)
            for standing in profile.standings[:MOST]
        ),
        members=profile.member_count,
        uncompared=profile.uncompared_count,
        unsupported=profile.unsupported_count,
    )


def _standard(standing: Standing, *, names_framework: bool) -> NearestStandard:
    return NearestStandard(
        standard_id=standing.standard_id,
        title=standing.title,
        reference=standing.reference,
        level=level_words(standing.level),
        framework=standing.framework_name if names_framework else "",
        by_skills=standing.by_skills,
        fit=percent(standing.fit_percent),
        fit_percent=standing.fit_percent,
        fit_words=f"{of(standing.fit_count, standing.member_count)} capabilities",
        surplus=percent(standing.surplus_percent),
        surplus_percent=standing.surplus_percent,
        surplus_words=f"{of(standing.surplus_count, standing.duty_count)} duties",
        response=RESPONSES[standing.response],
    )
