"""How the panel's answers are said: what is still needed, and under which rule. Pure."""

from consensus.ratifying import PanelRule, is_ratified
from cycles.profiles.models import ProfileStatus

RULES = {
    PanelRule.MAJORITY: "more than half of those who answer must approve",
    PanelRule.TWO_THIRDS: "two thirds of those who answer must approve",
    PanelRule.UNANIMOUS: "all who answer must approve",
}

ENOUGH = (
    "which is enough since the panel became smaller: the next approval ratifies it, also one "
    "given again"
)


def rule_words(quorum: int, rule: PanelRule) -> str:
    """Return when a profile is ratified: ``3 answers are needed; two thirds … must approve``."""
    needed = "1 answer is needed" if quorum == 1 else f"{quorum} answers are needed"
    return f"{needed}; {RULES[rule]}"


def answered_words(approvals: int, objections: int) -> str:
    """Return who said what, in counts: ``2 approve, 1 objects``; empty where nobody answered."""
    said = []
    if approvals:
        said.append(f"{approvals} approve{'s' if approvals == 1 else ''}")
    if objections:
        said.append(f"{objections} object{'s' if objections == 1 else ''}")
    return ", ".join(said)


def progress_words(approvals: int, objections: int, quorum: int) -> str:
    """Return how many answered and what, where the rule stands beside: ``2 of 3 needed``."""
    answered = approvals + objections
    if not answered:
        return "Nobody has answered yet"
    return f"{_many(answered, quorum)}: {answered_words(approvals, objections)}"


def needed_words(approvals: int, objections: int, *, quorum: int, rule: PanelRule) -> str:
    """Return how far a proposed profile is from being ratified, as a sentence without its stop."""
    answered = approvals + objections
    said = answered_words(approvals, objections)
    if not answered:
        return f"Nobody has answered yet: {rule_words(quorum, rule)}"
    if answered < quorum:
        return f"{_many(answered, quorum)} ({said}); {RULES[rule]}"
    if is_ratified(approvals, objections, quorum=quorum, rule=rule):
        return f"{_many(answered, quorum)} ({said}), {ENOUGH}"
    return f"{_many(answered, quorum)} ({said}), which is too few approvals: {RULES[rule]}"


def _many(answered: int, quorum: int) -> str:
    """Return how many answered; the quorum is of answers, and the panel may be larger."""
    if answered < quorum:
        return f"{answered} of {quorum} answers needed"
    return f"{answered} {'has' if answered == 1 else 'have'} answered"


def outcome_words(status: ProfileStatus, approvals: int, objections: int) -> str:
    """Return what came of a profile that is not proposed any more."""
    if status == ProfileStatus.WITHDRAWN:
        return "Not compared with standards, and not in the report"
    said = [f"{approvals} approved"] if approvals else []
    said += [f"{objections} objected"] if objections else []
    return ", ".join(said) or "By a panel that has changed since"
