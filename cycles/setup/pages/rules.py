"""Context of the rule card's page: the card in words, and how much of agreement is luck."""

from dataclasses import dataclass

from consensus.luck import chance_of_settling, pass_count
from consensus.ratifying import PanelRule, is_ratified
from cycles.setup.commands.rules import FEEDBACK, PANEL_RULES
from cycles.setup.models import RuleCard
from cycles.setup.pages.words import moment_words

TWO_PERSON = (
    "The two-person rule: a question the group has agreed on is asked again in the next round "
    "when two raters argue, in the same round and each with a reason, that the answer should be "
    "higher, or that it should be lower. Everybody then sees their reasons, without names."
)
PANELS = (5, 6, 8, 10, 12, 15, 20)
EMPLOYER_PANELS = (1, 2, 3, 4, 5, 6, 7, 8)
SHORT_RULES: dict[PanelRule, str] = {
    PanelRule.MAJORITY: "More than half",
    PanelRule.TWO_THIRDS: "Two thirds",
    PanelRule.UNANIMOUS: "All",
}
"""Headings of the table of fewest approvals, in the order of the choices."""
PANEL_WORDS = (
    "A member of the employer panel answers each profile as it stands: approves it, or objects and "
    "says why. Any change of the profile sets the answers aside. The profile is ratified as soon "
    "as the quorum has answered and enough of those who answered approve. An objection that stood "
    "then does not hold it up: its reason is kept with the profile and printed in the report."
)


@dataclass(frozen=True)
class LuckLine:
    """A panel of one size: how many must stand together, and how often chance alone settles."""

    size: int
    together: int
    chance: str
    is_minimum: bool


@dataclass(frozen=True)
class PanelLine:
    """A number of answers, and the fewest approvals among them that each rule asks for."""

    answers: int
    fewest: tuple[int, ...]


@dataclass(frozen=True)
class RuleLine:
    """One rule of a fixed card."""

    label: str
    value: str


@dataclass(frozen=True)
class RuleCardPart:
    """What the page shows beside or instead of the form."""

    threshold_percent: int
    luck: tuple[LuckLine, ...]
    luck_in_words: str
    two_person: str
    panel_words: str
    panel_rules: tuple[str, ...]
    panel: tuple[PanelLine, ...]
    is_set: bool
    fixed_at: str
    digest: str
    rules: tuple[RuleLine, ...]


def rule_card_part(card: RuleCard) -> RuleCardPart:
    """Return what the page shows of ``card``."""
    sizes = sorted({*PANELS, card.minimum_n})
    return RuleCardPart(
        threshold_percent=card.threshold_percent,
        luck=tuple(_luck_line(size, card) for size in sizes),
        luck_in_words=_luck_in_words(card),
        two_person=TWO_PERSON,
        panel_words=PANEL_WORDS,
        panel_rules=tuple(SHORT_RULES.values()),
        panel=tuple(_panel_line(answers) for answers in EMPLOYER_PANELS),
        is_set=card.set_at is not None,
        fixed_at=moment_words(card.fixed_at) if card.fixed_at else "",
        digest=card.digest or "",
        rules=_rules(card),
    )


def _luck_line(size: int, card: RuleCard) -> LuckLine:
    return LuckLine(
        size=size,
        together=pass_count(size, card.threshold_percent),
        chance=f"{100 * _chance(size, card):.1f}",
        is_minimum=size == card.minimum_n,
    )


def _panel_line(answers: int) -> PanelLine:
    return PanelLine(answers, tuple(_fewest(answers, rule) for rule in SHORT_RULES))


def _fewest(answers: int, rule: PanelRule) -> int:
    counts = range(1, answers + 1)
    return next(one for one in counts if is_ratified(one, answers - one, quorum=1, rule=rule))


def _luck_in_words(card: RuleCard) -> str:
    together = pass_count(card.minimum_n, card.threshold_percent)
    lucky = round(1000 * _chance(card.minimum_n, card))
    return (
        f"With the fewest answers you allow, {card.minimum_n}, agreement takes {together} alike. "
        f"If everybody answered at random, about {lucky} of 1,000 items would settle all the same."
    )


def _chance(size: int, card: RuleCard) -> float:
    # Undefined only for a panel of nobody, which no card allows.
    return chance_of_settling(size, card.threshold_percent) or 0.0


def _rules(card: RuleCard) -> tuple[RuleLine, ...]:
    return (
        RuleLine("Threshold", f"{card.threshold_percent} %"),
        RuleLine("Fewest answers", str(card.minimum_n)),
        RuleLine("Stability bound", f"{card.stability_percent} %"),
        RuleLine("Most rounds", str(card.round_cap)),
        RuleLine("Quorum of the employer panel", str(card.panel_quorum)),
        RuleLine("Who of the panel must approve", PANEL_RULES[card.panel_rule]),
        RuleLine("What raters see between rounds", FEEDBACK.get(card.feedback, card.feedback)),
        RuleLine("Why this threshold", card.rationale),
    )
