"""Which fields of some results anybody with a link may read. What is not named here is closed.

Closed are: conveners, sponsors, owners and who is to act, organisations but for their number; the
words that people wrote about answers (reasons, comments, objections, decisions); what the cycle's
own people wrote for each other (milestones, narrative, checklist, notes, trails of statements);
and parts of the panel apart, which are for those who were there.
"""

from typing import Any

from reports.document import facts
from reports.document.facts.capabilities import Presence
from reports.results import records

OPEN: dict[Any, tuple[str, ...]] = {
    facts.Document: (
        *("format", "number", "taken_at", "subject", "people", "capabilities", "agreement"),
        *("occupations", "ksbs", "provision", "actions", "sources", "terms", "references"),
    ),
    facts.Subject: (
        *("cycle_id", "title", "challenge", "challenge_when", "impact_domain"),
        *("case_for_foresighting", "scenario", "stage", "is_demonstration", "started_on"),
        *("solutions", "partners", "role_levels"),
    ),
    facts.Solution: ("name", "description", "is_prioritised"),
    facts.Partner: ("name", "description"),
    facts.RoleLevel: ("name", "description", "academic_level"),
    facts.People: (
        *("people", "groups", "organisation_count", "without_organisation", "panel_members"),
    ),
    facts.GroupLine: ("group", "people", "organisations"),
    facts.Capabilities: (
        *("kept", "submitted", "waiting", "merged", "rejected", "classified", "without_partner"),
        *("domain_count", "area_count", "functions", "domains", "partners", "current", "lines"),
    ),
    facts.FunctionLine: (
        *("name", "definition", "future_count", "future_percent", "current_count"),
        *("current_percent", "present"),
    ),
    facts.DomainLine: ("function", "domain", "count"),
    facts.PartnerLine: ("name", "counts", "total", "present"),
    facts.CurrentState: (
        *("basis", "sentence", "standards", "duty_count", "cells", "capabilities"),
    ),
    Presence: ("strong", "some", "none", "missing", "captured", "held", "held_percent"),
    facts.Capability: ("code", "text", "function", "domain", "area", "partners"),
    facts.Agreement: (
        *("rule", "smallest_shown", "workshops", "rounds", "total", "judged", "settled"),
        *("unsettled", "agreed", "provisional", "decided", "fragile", "two_camps"),
        *("stable_dissent", "without_agreement", "expected_by_luck", "outcomes", "closings"),
        *("role_levels", "sensitivity", "dissent"),
    ),
    facts.RuleFacts: (
        *("threshold_percent", "minimum_n", "stability_percent", "round_cap", "panel_quorum"),
        *("feedback", "engine", "rationale", "set_on", "fixed_on", "digest", "panel_rule"),
    ),
    facts.WorkshopLine: ("kind", "title", "state", "opened_on", "closed_on"),
    facts.RoundLine: (
        *("workshop", "number", "opened_on", "closed_on", "asked", "invited", "answered"),
        *("response_percent", "agreed", "still_open", "compared", "stable"),
        *("median_change_percent", "alpha", "w"),
    ),
    facts.Tally: ("name", "count", "percent"),
    facts.LevelOutcomes: ("role_level", "counts", "total"),
    facts.Sensitivity: ("threshold_percent", "agreed", "changed"),
    facts.Dissent: (
        *("code", "text", "role_level", "verdict", "closing", "holds", "counts"),
        *("is_two_camps", "minority"),
    ),
    facts.Occupations: (
        *("spread", "by_role_level", "profiles", "profile_count", "ratified_count"),
        *("prototype_count", "withdrawn_count"),
    ),
    facts.LevelSpread: (
        *("role_level", "academic_level", "not_needed", "awareness", "practitioner", "expert"),
        *("needed", "awareness_percent", "practitioner_percent", "expert_percent"),
    ),
    facts.LevelProfiles: ("role_level", "count"),
    facts.Profile: (
        *("code", "name", "is_name_suggested", "role_level", "academic_level", "partner"),
        *("status", "ratified_on", "member_count", "awareness", "practitioner", "expert"),
        *("changed_by_panel", "unsupported_count", "ksb_count", "members", "removed"),
        *("ratification", "reopened_version"),
    ),
    facts.Member: (
        *("code", "text", "area", "level", "voted", "marks", "is_changed", "is_added"),
        *("is_second", "is_supported", "minority", "difference"),
    ),
    facts.RemovedMember: ("code", "text", "voted"),
    facts.Ratification: ("number", "on", "approvals", "answers", "quorum", "rule", "digest"),
    facts.Ksbs: (
        *("accepted", "knowledge", "skills", "behaviours", "waiting", "rejected"),
        *("capabilities_with", "lines", "reviewers", "differing", "decided", "wordings", "sets"),
    ),
    facts.KsbLine: ("code", "kind", "text", "source"),
    facts.CompetencyCounts: (
        *("role_level", "knowledge", "skills", "behaviours", "total", "capabilities"),
        *("without", "profiles", "ratified"),
    ),
    facts.Provision: (
        *("run_number", "run_on", "reviewed_on", "digest", "framework", "framework_version"),
        *("is_illustrative", "model", "model_digest", "threshold_percent", "capabilities"),
        *("uncompared", "supported", "unsupported", "unsupported_percent"),
        *("unsupported_by_score", "standards", "standards_compared"),
        *("standards_without_duties", "duties", "accepted_matches", "rejected_matches"),
        *("profiles", "responses", "response_rule", "unsupported_lines", "curve", "worked"),
        *("frameworks", "adapter", "adapter_digest", "matches", "open_matches"),
        *("expected_false", "generic_matches", "generic_duties", "only_generic", "only_skills"),
        *("standards_by_skills", "standards_with_duties", "standards_without_level"),
        *("are_generic_told", "only_generic_lines", "horizons", "horizon_rule"),
    ),
    facts.FrameworkLine: (
        *("name", "version", "snapshot_on", "is_illustrative", "standards", "compared"),
        *("by_skills", "lacking_duties", "duties"),
    ),
    facts.Standing: (
        *("reference", "title", "version", "level", "fit_count", "fit_percent"),
        *("surplus_count", "duty_count", "surplus_percent", "response", "framework", "by_skills"),
    ),
    facts.ProfileProvision: (
        *("code", "name", "role_level", "partner", "is_ratified", "member_count"),
        *("unsupported_count", "unsupported_codes", "compared_standards", "best_fit_percent"),
        *("priority_rank", "standings"),
    ),
    facts.Unsupported: (
        *("code", "text", "function", "area", "nearest_percent", "nearest_standard"),
        *("profile_codes", "horizon"),
    ),
    facts.HorizonLine: ("horizon", "meaning", "count", "percent"),
    facts.OnlyGeneric: ("code", "text", "duty", "standard", "score_percent"),
    facts.CurvePoint: ("threshold_percent", "unsupported_count", "unsupported_percent"),
    facts.ResponseCount: ("response", "count"),
    facts.Worked: (
        *("code", "name", "standing", "member_count", "unmatched_count", "matched_duty_count"),
        *("pairs", "surplus_duties"),
    ),
    facts.PairedMatch: ("code", "text", "duty", "score_percent", "is_match", "judged"),
    facts.ActionLine: ("horizon", "topic", "actions", "when", "result"),
    facts.Source: (
        *("name", "version", "licence", "attribution", "used_for", "is_illustrative"),
        "snapshot_on",
    ),
    facts.Term: ("word", "meaning"),
    facts.Reference: ("text",),
    records.Detail: (
        *("run_id", "cells", "capabilities", "present", "profiles", "reviews", "actions"),
        "former",
    ),
    records.CellLine: (
        *("code", "role_level", "outcome", "voted", "holds", "closing", "n", "counts"),
        *("abstained", "is_settled", "is_agreed", "is_provisional", "is_decided", "is_fragile"),
        *("is_two_camps", "is_stable", "agreement", "consensus", "luck", "lower_median"),
        *("upper_median", "minority", "history", "is_finished"),
    ),
    records.RoundCounts: ("number", "n", "counts", "outcome"),
    records.CapabilityFacts: ("code", "statement_id", "source"),
    records.PresentLine: ("code", "partner", "strength"),
    records.MemberWhy: ("code", "sentences"),
    records.TrailLine: ("on", "sentence"),
    records.ProfileFacts: ("code", "profile_id", "statement_ids", "why", "trail"),
    records.ReviewedMatch: (
        *("statement_id", "duty_id", "verdict", "accepted", "rejected", "unsure", "group", "on"),
        *("score_percent", "was_suggested"),
    ),
    records.FormerCapability: ("statement_id", "function", "domain", "area"),
    records.TrackedAction: ("status", "due_on", "source"),
}
"""The open fields of each record, in its own order."""
