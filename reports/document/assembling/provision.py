"""Map and gap as a report tells it: the findings at the cycle's threshold, one worked example."""

import uuid
from collections import Counter
from typing import Any

from reports.document.assembling.standings import standing_facts
from reports.document.assembling.subject import day_of, maybe_day_of
from reports.document.assembling.worked import worked_example
from reports.document.facts import (
    CurvePoint,
    ProfileProvision,
    Provision,
    ResponseCount,
    Unsupported,
)
from reports.mapping.findings import (
    CapabilityFinding,
    Findings,
    ProfileFinding,
    RunFacts,
    Totals,
)
from reports.mapping.words import RESPONSE_RULE, RESPONSES, and_words


def provision_facts(cycle_id: uuid.UUID, found: Findings | None, *, kept: int) -> Provision | None:
    """Return what the newest run found, or None before the first."""
    if found is None:
        return None
    responses = Counter(each.best.response for each in found.profiles if each.best)
    return Provision(
        **_run(found.run),
        **_totals(found.totals),
        threshold_percent=found.threshold_percent,
        uncompared=max(kept - len(found.capabilities), 0),
        profiles=tuple(_profile(each) for each in found.profiles),
        responses=tuple(
            ResponseCount(words, responses[response]) for response, words in RESPONSES.items()
        ),
        response_rule=RESPONSE_RULE,
        unsupported_lines=tuple(_unsupported(each) for each in found.unsupported),
        curve=tuple(
            CurvePoint(each.threshold_percent, each.unsupported_count, each.unsupported_percent)
            for each in found.curve
        ),
        worked=worked_example(cycle_id, found),
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
        "model": run.model_name,
        "model_digest": run.model_digest,
    }


def _totals(totals: Totals) -> dict[str, Any]:
    return {
        "capabilities": totals.capabilities,
        "supported": totals.supported,
        "unsupported": totals.unsupported,
        "unsupported_percent": totals.unsupported_percent,
        "unsupported_by_score": totals.suggested_unsupported,
        "standards": totals.standards,
        "standards_compared": totals.standards_compared,
        "standards_without_duties": totals.standards_without_duties,
        "duties": totals.duties,
        "accepted_matches": totals.accepted_matches,
        "rejected_matches": totals.rejected_matches,
    }


def _profile(found: ProfileFinding) -> ProfileProvision:
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
        standings=tuple(standing_facts(each) for each in found.standings),
    )


def _unsupported(found: CapabilityFinding) -> Unsupported:
    best = found.best
    return Unsupported(
        code=found.code,
        text=found.text,
        function=found.function,
        area=found.area,
        nearest_percent=best.score_percent if best else None,
        nearest_standard=f"{best.standard_title} ({best.standard_reference})" if best else "",
        profile_codes=found.profile_codes,
    )
