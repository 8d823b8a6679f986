"""The rule card: set by the convener, fixed when round 1 opens, unchangeable after."""

import uuid
from datetime import datetime
from typing import Any

from consensus.ratifying import PanelRule
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.setup.checks import fault_in, put, refuse_faults
from cycles.setup.commands.challenge import SHORT_TEXT
from cycles.setup.models import Cycle, RuleCard
from cycles.setup.queries import open_cycle, rule_card_of

SET = EventType(
    "rule_card.set",
    "threshold_percent",
    "minimum_n",
    "stability_percent",
    "round_cap",
    "panel_quorum",
    "panel_rule",
    "feedback",
)
FIXED = EventType("rule_card.fixed", "digest")

# The arithmetic would take wider ranges; outside these a card says nothing useful to a panel. And
# a verdict of fewer than five would say what each of them answered, their counts withheld or not.
RANGES: dict[str, tuple[str, int, int]] = {
    "threshold_percent": ("The threshold", 51, 100),
    "minimum_n": ("The fewest answers", 5, 100),
    "stability_percent": ("The stability bound", 0, 50),
    "round_cap": ("The most rounds", 1, 5),
    "panel_quorum": ("The quorum", 1, 20),
}


GROUP, BY_GROUP = "group", "group and partners"
FEEDBACK: dict[str, str] = {
    GROUP: "The whole group’s counts and anonymous reasons",
    BY_GROUP: (
        "The whole group’s counts, anonymous reasons, and the counts of each group with three or "
        "more raters"
    ),
}
"""What raters may be shown between rounds, with the words for it. Cards start with the second."""

PANEL_RULES: dict[str, str] = {
    PanelRule.MAJORITY: "More than half of those who answer",
    PanelRule.TWO_THIRDS: "At least two thirds of those who answer",
    PanelRule.UNANIMOUS: "All who answer",
}
"""How many of those of the employer panel who answer must approve, with the words for it."""


def set_rule_card(
    *,
    cycle: Cycle,
    threshold_percent: int,
    minimum_n: int,
    stability_percent: int,
    round_cap: int,
    panel_quorum: int,
    rationale: str,
    actor: Actor,
    moment: datetime,
    feedback: str | None = None,
    panel_rule: str | None = None,
) -> RuleCard:
    """Set the rules of agreement; raise ``Closed`` once the first round has fixed them.

    Without ``feedback`` what raters are shown stays as it is on the card, and without
    ``panel_rule`` the share of the panel that must approve.
    """
    card = rule_card_of(open_cycle(cycle.id).id)
    if card.fixed_at is not None:
        raise Closed("The rules were fixed when round 1 opened. They cannot be changed.")
    values: dict[str, Any] = {
        "threshold_percent": threshold_percent,
        "minimum_n": minimum_n,
        "stability_percent": stability_percent,
        "round_cap": round_cap,
        "panel_quorum": panel_quorum,
        "panel_rule": card.panel_rule if panel_rule is None else panel_rule,
        "feedback": card.feedback if feedback is None else feedback,
    }
    _refuse_faults(values, rationale)
    values["panel_rule"] = PanelRule(values["panel_rule"])
    if put(card, rationale=rationale, **values) or card.set_at is None:
        card.set_at = moment
        db.session.flush()
        SET.record(actor=actor, moment=moment, cycle_id=cycle.id, **values)
    return card


def _refuse_faults(values: dict[str, Any], rationale: str) -> None:
    is_rule, is_feedback = values["panel_rule"] in PANEL_RULES, values["feedback"] in FEEDBACK
    blank = "Say why this threshold was chosen."
    refuse_faults(
        **{name: _fault_in_number(values[name], *RANGES[name]) for name in RANGES},
        panel_rule=None if is_rule else "Choose how many of the panel must approve.",
        feedback=None if is_feedback else "Choose what raters see between rounds.",
        rationale=fault_in(rationale, most=SHORT_TEXT, blank=blank),
    )


def fix_rule_card(*, cycle_id: uuid.UUID, moment: datetime, actor: Actor) -> RuleCard:
    """Fix the card with its digest. Asking again changes nothing."""
    card = rule_card_of(open_cycle(cycle_id).id)
    if card.fixed_at is not None:
        return card
    if card.set_at is None:
        raise Closed("Set the rule card before round 1 opens: it is fixed from then on.")
    card.fixed_at, card.digest = moment, card.rule().digest()
    db.session.flush()
    FIXED.record(actor=actor, moment=moment, cycle_id=cycle_id, digest=card.digest)
    return card


def _fault_in_number(value: int, name: str, low: int, high: int) -> str | None:
    return None if low <= value <= high else f"{name} must be a whole number from {low} to {high}."
