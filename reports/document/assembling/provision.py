"""Map and gap as a report tells it: the findings at the cycle's threshold, one worked example."""

from collections import Counter
from typing import Any

from reports.document.assembling.compared import Compared
from reports.document.assembling.horizons import RULE, horizon_lines, horizon_of
from reports.document.assembling.standings import standing_facts
from reports.document.assembling.subject import day_of, maybe_day_of
from reports.document.assembling.worked import worked_example
from reports.document.facts import (
    CurvePoint,
    FrameworkLine,
    OnlyGeneric,
    ProfileProvision,
    Provision,
    ResponseCount,
    Unsupported,
)
from reports.mapping.findings import (
    CapabilityFinding,
    Findings,
    FrameworkFacts,
    ProfileFinding,
    RunFacts,
    Totals,
)
from reports.mapping.words import RESPONSE_RULE, RESPONSES, and_words


def provision_facts(held: Compared | None) -> Provision | None:
    """Return what the newest run found, or None before the first."""
    if held is None:
        return None
    found = held.findings
    responses = Counter(each.best.response for each in found.profiles if each.best)
    has_several = len(found.run.frameworks) > 1
    unsupported = tuple(_unsupported(each, found.threshold_percent) for each in found.unsupported)
    return Provision(
        **_run(found.run),
        **_totals(found.totals),
        threshold_percent=found.threshold_percent,
        uncompared=len(held.kept.difference(each.code for each in found.capabilities)),
        profiles=tuple(_profile(each, has_several=has_several) for each in found.profiles),
        responses=tuple(
            ResponseCount(words, responses[response]) for response, words in RESPONSES.items()
        ),
        response_rule=RESPONSE_RULE,
        unsupported_lines=unsupported,
        curve=_curve(found),
        worked=worked_example(held),
        only_generic_lines=_only_generic(found),
        horizons=horizon_lines([each.horizon for each in unsupported]),
        horizon_rule=RULE,
    )


def _curve(found: Findings) -> tuple[CurvePoint, ...]:
    return tuple(
        CurvePoint(each.threshold_percent, each.unsupported_count, each.unsupported_percent)
        for each in found.curve
    )


def _only_generic(found: Findings) -> tuple[OnlyGeneric, ...]:
    return tuple(
        OnlyGeneric(
            code=each.code,
            text=each.text,
            duty=each.best.duty_text,
            standard=f"{each.best.standard_title} ({each.best.standard_reference})",
            score_percent=each.best.score_percent,
        )
        for each in found.capabilities
        if each.is_only_generic and each.best
    )


def _run(run: RunFacts) -> dict[str, Any]:
    return {
        "run_number": run.number,
        "run_on": day_of(run.created_at),
        "reviewed_on": maybe_day_of(run.reviewed_at),
        "digest": run.digest,
        "framework": and_words(tuple(each.name for each in run.frameworks)),
        "framework_version": run.frameworks[0].version if len(run.frameworks) == 1 else "",
        "is_illustrative": any(each.is_illustrative for each in run.frameworks),
        "frameworks": tuple(_framework(each) for each in run.frameworks),
        "are_generic_told": any(each.is_tagged for each in run.frameworks),
        "adapter": run.adapter.source if run.adapter else "",
        "adapter_digest": run.adapter.digest if run.adapter else "",
        "model": run.model_name,
        "model_digest": run.model_digest,
    }


def _framework(found: FrameworkFacts) -> FrameworkLine:
    return FrameworkLine(
        name=found.name,
        version=found.version,
        snapshot_on=found.snapshot_on,
        is_illustrative=found.is_illustrative,
        standards=found.standards,
        compared=found.compared,
        by_skills=found.by_skills,
        lacking_duties=found.without_duties + found.by_skills,
        duties=found.duties,
    )


def _totals(totals: Totals) -> dict[str, Any]:
    return {
        "capabilities": totals.capabilities,
        "supported": totals.supported,
        "unsupported": totals.unsupported,
        "unsupported_percent": totals.unsupported_percent,
        "unsupported_by_score": totals.suggested_unsupported,
        "matches": totals.matches,
        "open_matches": totals.matches - totals.accepted_matches,
        "expected_false": totals.expected_false,
        "generic_matches": totals.generic_matches,
        "generic_duties": totals.generic_duties,
        "only_generic": totals.only_generic,
        "only_skills": totals.only_skills,
        "standards_by_skills": totals.standards_by_skills,
        "standards_with_duties": totals.standards_compared - totals.standards_by_skills,
        "standards_without_level": totals.standards_without_level,
        "standards": totals.standards,
        "standards_compared": totals.standards_compared,
        "standards_without_duties": totals.standards_without_duties,
        "duties": totals.duties,
        "accepted_matches": totals.accepted_matches,
        "rejected_matches": totals.rejected_matches,
    }


def _profile(found: ProfileFinding, *, has_several: bool) -> ProfileProvision:
    return ProfileProvision(
        code=found.code,
        name=found.name,
        role_level=found.role_level,
        partner=found.partner,
        is_ratified=found.is_ratified,
        member_count=found.member_count,
        unsupported_count=found.unsupported_count,
        unsupported_codes=found.unsupported_codes,
        compared_standards=found.compared_standards,
        best_fit_percent=found.best_fit_percent,
        priority_rank=found.priority_rank,
        standings=tuple(standing_facts(each, has_several=has_several) for each in found.standings),
    )


def _unsupported(found: CapabilityFinding, threshold_percent: int) -> Unsupported:
    best = found.best
    nearest = best.score_percent if best else None
    return Unsupported(
        code=found.code,
        text=found.text,
        function=found.function,
        area=found.area,
        nearest_percent=nearest,
        nearest_standard=f"{best.standard_title} ({best.standard_reference})" if best else "",
        profile_codes=found.profile_codes,
        horizon=horizon_of(nearest, threshold_percent),
    )
