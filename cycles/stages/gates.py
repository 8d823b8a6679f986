"""The gates between the stages: one table of checks, judged by pure functions of the evidence.

A check that does not hold is a sentence, and names where it is mended. Nothing is looked up here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cycles.stages.evidence import Evidence, provides
from cycles.stages.words import Stage

__all__ = ["Evidence", "Finding", "blockers", "findings", "provides", "warnings"]

ENOUGH = 5


@dataclass(frozen=True)
class Check:
    """One thing a gate asks. ``where`` is the part of the cycle in which it is mended."""

    where: str
    holds: Callable[[Evidence], bool]
    sentence: Callable[[Evidence], str]


@dataclass(frozen=True)
class Finding:
    """A check that does not hold: its sentence and where it is mended."""

    where: str
    sentence: str


def blockers(stage: Stage, evidence: Evidence) -> tuple[str, ...]:
    """Return, in sentences, what keeps a cycle from leaving ``stage``. None: the gate is open."""
    return tuple(each.sentence for each in findings(GATES[stage], evidence))


def warnings(stage: Stage, evidence: Evidence) -> tuple[str, ...]:
    """Return, in sentences, what is worth mending before leaving ``stage`` but does not stop it."""
    return tuple(each.sentence for each in findings(WARNINGS.get(stage, ()), evidence))


def findings(checks: tuple[Check, ...], evidence: Evidence) -> tuple[Finding, ...]:
    """Return the checks that do not hold, in the table's order."""
    return tuple(
        Finding(check.where, check.sentence(evidence))
        for check in checks
        if not check.holds(evidence)
    )


def count(number: int, one: str, many: str) -> str:
    """Return ``number`` with its noun and verb: ``1 profile is`` or ``3 profiles are``."""
    return f"{number:,} {one if number == 1 else many}"


def _few(group: str, number: int) -> str:
    have = count(number, f"{group} has", f"{group}s have")
    return f"Only {have} joined. A result needs at least {ENOUGH} answers."


def _unsettled_ksbs(waiting: int, differing: int) -> str:
    waits = count(waiting, "suggested KSB waits", "suggested KSBs wait")
    if not differing:
        return f"{waits} for an educator's review."
    if not waiting:
        return f"Educators differ on {count(differing, 'KSB', 'KSBs')}: a convener settles them."
    return f"{waits} for an educator's review, and educators differ on {differing:,} more."


CONSIDERING = (
    Check("challenge", lambda e: e.has_challenge, lambda _: "State the challenge: the what."),
    Check("challenge", lambda e: e.has_when, lambda _: "Say by when the challenge matters."),
    Check("solutions", lambda e: e.solutions > 0, lambda _: "Add at least one candidate solution."),
)
IDENTIFYING = (
    Check("solutions", lambda e: e.prioritised > 0, lambda _: "Prioritise at least one solution."),
    Check(
        "solutions",
        lambda e: e.prioritised_without_reason == 0,
        lambda e: count(
            e.prioritised_without_reason,
            "prioritised solution has no reason. Say why it was chosen.",
            "prioritised solutions have no reason. Say why they were chosen.",
        ),
    ),
    Check("sponsor", lambda e: e.has_sponsor, lambda _: "Name the sponsor."),
)
PREPARING = (
    Check("partners", lambda e: e.partners > 0, lambda _: "Add at least one supply-chain partner."),
    Check("role_levels", lambda e: e.role_levels > 0, lambda _: "Add at least one role level."),
    Check(
        "role_levels",
        lambda e: e.role_levels_without_academic_level == 0,
        lambda e: count(
            e.role_levels_without_academic_level,
            "role level has no academic level. Choose one.",
            "role levels have no academic level. Choose one for each.",
        ),
    ),
    Check("people", lambda e: e.technologists > 0, lambda _: "No technologist has joined yet."),
    Check("people", lambda e: e.employers > 0, lambda _: "No employer has joined yet."),
    Check("people", lambda e: e.educators > 0, lambda _: "No educator has joined yet."),
    Check("framework", lambda e: e.has_framework, lambda _: "Choose a framework of standards."),
    Check("rule_card", lambda e: e.are_rules_set, lambda _: "Set the rules of agreement."),
)
CARRYING_OUT = (
    Check(
        "workshops",
        lambda e: e.workshops_open == 0,
        lambda e: count(e.workshops_open, "workshop is", "workshops are") + " not closed yet.",
    ),
    Check(
        "workshops",
        lambda e: e.kept_statements > 0 and e.workshops_closed > 0,
        lambda _: "Hold a capture workshop and keep at least one capability statement.",
    ),
    Check(
        "workshops",
        lambda e: e.cells_total > 0 and e.workshops_closed > 0,
        lambda _: "Hold a proficiency workshop.",
    ),
    Check(
        "verdicts",
        lambda e: e.cells_unsettled == 0,
        lambda e: (
            count(e.cells_unsettled, "proficiency cell is", "proficiency cells are")
            + " neither settled nor decided with a reason."
        ),
    ),
    Check(
        "profiles",
        lambda e: e.profiles_unratified == 0,
        lambda e: (
            count(e.profiles_unratified, "profile is", "profiles are")
            + " neither ratified nor withdrawn."
        ),
    ),
    Check(
        "profiles",
        lambda e: e.profiles_ratified > 0,
        lambda _: "Ratify at least one occupational profile.",
    ),
    Check(
        "ksbs",
        lambda e: e.ksbs_unreviewed == 0,
        lambda e: _unsettled_ksbs(e.ksbs_unreviewed - e.ksbs_differing, e.ksbs_differing),
    ),
    Check(
        "ksbs",
        lambda e: e.ksbs_accepted > 0,
        lambda _: "Have educators accept the KSBs of the capabilities.",
    ),
    Check(
        "mapping",
        lambda e: e.mapping_reviewed > 0,
        lambda _: "Run the map and gap, and have a run reviewed.",
    ),
)
COMMUNICATING = (
    Check("report", lambda e: e.reports_published > 0, lambda _: "Publish the report."),
    Check(
        "report",
        lambda e: e.reports_signed_off > 0,
        lambda _: "The sponsor has not signed a report off yet.",
    ),
)
CAUSING_ACTION = (
    Check("actions", lambda e: e.actions_total > 0, lambda _: "Record at least one action."),
    Check(
        "actions",
        lambda e: e.actions_without_owner == 0,
        lambda e: (
            count(e.actions_without_owner, "action has", "actions have") + " no owner or no date."
        ),
    ),
)
GATES: dict[Stage, tuple[Check, ...]] = {
    Stage.CONSIDERING: CONSIDERING,
    Stage.IDENTIFYING: IDENTIFYING,
    Stage.PREPARING: PREPARING,
    Stage.CARRYING_OUT: CARRYING_OUT,
    Stage.COMMUNICATING: COMMUNICATING,
    Stage.CAUSING_ACTION: CAUSING_ACTION,
}
# A group of none is a blocker already, so a warning begins at one.
WARNINGS: dict[Stage, tuple[Check, ...]] = {
    Stage.PREPARING: (
        Check(
            "people",
            lambda e: not 0 < e.technologists < ENOUGH,
            lambda e: _few("technologist", e.technologists),
        ),
        Check(
            "people",
            lambda e: not 0 < e.employers < ENOUGH,
            lambda e: _few("employer", e.employers),
        ),
        Check(
            "people",
            lambda e: not 0 < e.educators < ENOUGH,
            lambda e: _few("educator", e.educators),
        ),
        Check(
            "people",
            lambda e: e.panel_members >= e.panel_quorum,
            lambda e: (
                f"The employer panel has {count(e.panel_members, 'member', 'members')}; "
                f"ratifying a profile takes {e.panel_quorum}."
            ),
        ),
        Check("scenario", lambda e: e.has_scenario, lambda _: "There is no working scenario yet."),
        Check(
            "current_state",
            lambda e: e.cells_captured > 0 or e.standards_in_use > 0,
            lambda _: (
                "The current state is not known: capture what organisations can do today, or at "
                "least name the standards in use."
            ),
        ),
    ),
}
