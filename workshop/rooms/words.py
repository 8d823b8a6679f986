"""How a verdict is said to people: short words for tables, whole sentences beside them."""

from consensus.scale import PROFICIENCY_WORDS
from consensus.stopping import Closing
from consensus.verdict import Outcome
from workshop.rooms.models import Mode, WorkshopKind
from workshop.rooms.queries import Cell

KIND_WORDS = {
    WorkshopKind.PRIORITISATION: "Prioritisation",
    WorkshopKind.CAPTURE: "Capture",
    WorkshopKind.VALIDATION: "Validation",
    WorkshopKind.PROFICIENCY: "Proficiency",
    WorkshopKind.RATIFICATION: "Ratification",
    WorkshopKind.KSB: "Knowledge, skills and behaviours",
}
MODE_WORDS = {
    Mode.ROUNDS: "In rounds",
    Mode.REAL_TIME: "In real time",
}
OUTCOME_WORDS = {
    Outcome.LEVEL: "Agreed on a level",
    Outcome.NOT_NEEDED: "Agreed: not needed",
    Outcome.ADJACENT: "Between two levels",
    Outcome.NO_LEVEL: "No level",
    Outcome.SPLIT: "Split on whether it is needed",
    Outcome.INSUFFICIENT: "Too few rated",
}
SCALE_OUTCOME_WORDS = {
    **{outcome.value: words for outcome, words in OUTCOME_WORDS.items()},
    "high priority": "High priority",
    "middling": "Middling",
    "low priority": "Low priority",
    "disagreement": "Disagreement",
    "keep": "Keep",
    "reword": "Reword",
    "drop": "Drop",
    "no agreement": "No agreement",
    "too few rated": "Too few rated",
}
"""The outcomes of every scale in words."""
LEFT_OPEN = "Left open when the workshop closed"
CLOSING_WORDS = {
    Closing.OPEN: "Still open",
    Closing.AGREED: "Agreed",
    Closing.STABLE_DISSENT: "Stable dissent",
    Closing.CAPPED: "Stopped at the last round",
}


def closing_words(cell: Cell) -> str:
    """Return whether and why asking about a cell has stopped."""
    if cell.closing == Closing.OPEN and cell.is_finished:
        return LEFT_OPEN
    return CLOSING_WORDS[cell.closing]


def verdict_words(cell: Cell) -> str:
    """Return the verdict of a cell in a few words, what was decided before what was voted."""
    if cell.is_decided:
        return f"{PROFICIENCY_WORDS[cell.level or 0]}, decided by the convener"
    return voted_words(cell)


def voted_words(cell: Cell) -> str:
    """Return what the panel's own answers came to, in a few words."""
    if cell.outcome == Outcome.ADJACENT:
        low, high = _adjacent_pair(cell)
        return f"{PROFICIENCY_WORDS[low]} or {PROFICIENCY_WORDS[high]}"
    if cell.outcome == Outcome.NO_LEVEL and cell.voted_level is not None:
        return f"No level (lower median {PROFICIENCY_WORDS[cell.voted_level]})"
    if cell.outcome == Outcome.LEVEL and cell.voted_level is not None:
        return PROFICIENCY_WORDS[cell.voted_level]
    return "Not needed" if cell.outcome == Outcome.NOT_NEEDED else OUTCOME_WORDS[cell.outcome]


def _adjacent_pair(cell: Cell) -> tuple[int, int]:
    """Return the two neighbouring levels that hold the most votes; the lower pair when tied."""
    _, awareness, practitioner, expert = cell.counts
    return (1, 2) if awareness + practitioner >= practitioner + expert else (2, 3)
