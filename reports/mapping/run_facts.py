"""Which run a finding rests on: its frameworks, model and adapter, in words for pages and print."""

from collections import Counter

import numpy as np

from cycles.accounts.models import Account
from cycles.core.extensions import db
from reports.mapping.findings import AdapterFacts, FrameworkFacts, RunFacts
from reports.mapping.generic import tagged_frameworks
from reports.mapping.ground import ComparedFramework, Inputs
from reports.mapping.models import MappingRun, UsedAdapter


def run_facts(run: MappingRun, inputs: Inputs) -> RunFacts:
    """Return which run this is, in words that pages and the report print."""
    reviewer = db.session.get(Account, run.reviewed_by_id) if run.reviewed_by_id else None
    return RunFacts(
        run_id=run.id,
        number=run.number,
        created_at=run.created_at,
        frameworks=framework_facts(inputs),
        model_name=run.model_name,
        model_digest=run.model_digest,
        adapter=adapter_facts(run.adapter_digest),
        threshold_percent=run.threshold_percent,
        digest=run.digest,
        compared_anew=run.counts.get("compared_anew"),
        reviewed_at=run.reviewed_at,
        reviewed_by=reviewer.name if reviewer else "",
    )


def framework_facts(inputs: Inputs) -> tuple[FrameworkFacts, ...]:
    """Return the frameworks of a run with what each brought to it, in the run's order."""
    compared = Counter(each.framework for each in inputs.standards)
    bare = Counter(each.framework for each in inputs.bare_standards)
    skills = Counter(each.framework for each in inputs.standards if each.by_skills)
    owners = np.array([each.framework for each in inputs.standards], dtype=np.int64)
    duties = np.bincount(owners[inputs.standard_of_duty], minlength=len(inputs.frameworks))
    is_tagged = tagged_frameworks(inputs)
    return tuple(
        _facts(
            each,
            is_tagged=is_tagged[at],
            compared=compared[at],
            bare=bare[at],
            by_skills=skills[at],
            duties=int(duties[at]),
        )
        for at, each in enumerate(inputs.frameworks)
    )


def _facts(
    framework: ComparedFramework,
    *,
    is_tagged: bool,
    compared: int,
    bare: int,
    by_skills: int,
    duties: int,
) -> FrameworkFacts:
    return FrameworkFacts(
        framework_id=framework.framework_id,
        name=framework.name,
        version=framework.version,
        snapshot_on=framework.snapshot_on,
        licence=framework.licence,
        attribution=framework.attribution,
        is_illustrative=framework.is_illustrative,
        is_tagged=is_tagged,
        standards=compared + bare,
        compared=compared,
        by_skills=by_skills,
        without_duties=bare,
        duties=duties,
    )


def adapter_facts(digest: str) -> AdapterFacts | None:
    """Return the adapter of that digest as it was kept with the run, or None without one."""
    held = db.session.get(UsedAdapter, digest) if digest else None
    if held is None:
        return None
    return AdapterFacts(
        digest=digest,
        source=str(held.facts.get("source", "")),
        licence=str(held.facts.get("licence", "")),
        attribution=str(held.facts.get("attribution", "")),
    )
