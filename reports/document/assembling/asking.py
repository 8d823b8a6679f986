"""What a document answers about what was asked: items, rounds, the rule card, the feedback.

What it answers about people and results lives in ``answers``; the same rules hold for both.
"""

from cycles.setup.commands.rules import FEEDBACK
from reports.document.facts import Document, RoundLine
from reports.document.wording import counted, day_words
from workshop.rooms.models import WorkshopKind

CAPTURE = WorkshopKind.CAPTURE.value
STRUCTURES = {
    WorkshopKind.PRIORITISATION.value: "Solutions are rated from 1 to 9.",
    WorkshopKind.VALIDATION.value: "Statements are to be kept, reworded or dropped.",
    WorkshopKind.PROFICIENCY.value: (
        "Proficiency stands on pages of a few items by functional area; each has the scale Not "
        "needed, Awareness, Practitioner, Expert, besides “can't judge” and “not my field”, and "
        "room for a reason."
    ),
}
"""How the items of a workshop are built, by its kind."""


def rounds(document: Document) -> str:
    """Say what each round asked."""
    return "; ".join(
        f"{round_name(each)}: {counted(each.asked, 'item')}" for each in document.agreement.rounds
    )


def round_count(document: Document) -> str:
    """Say how many rounds there were, and how many there could have been."""
    found = document.agreement
    if not found.rounds:
        return ""
    return (
        f"{counted(len(found.rounds), 'round')} in {counted(_rated(document), 'workshop')}; at "
        f"most {found.rule.round_cap} in any one, fixed beforehand."
    )


def items(document: Document) -> str:
    """Say what was asked, word for word."""
    found = document.agreement
    if not found.judged:
        return ""
    if found.judged < found.total:
        return f"{found.judged:,} of {found.total:,}: capabilities of section 4.8 at role levels."
    return "Every capability in section 4.8, at every role level, in the wording printed there."


def derived(document: Document) -> str:
    """Say what the questions were made from."""
    if not any(each.kind == CAPTURE for each in document.agreement.workshops):
        return ""
    return "From the statements that technologists gave in the capture workshops."


def structure(document: Document) -> str:
    """Say what the items looked like, of the kinds of workshop that had rounds."""
    asked = {each.workshop for each in document.agreement.rounds}
    kinds = {each.kind for each in document.agreement.workshops if each.title in asked}
    return " ".join(words for kind, words in STRUCTURES.items() if kind in kinds)


def consensus(document: Document) -> str:
    """Say what counted as agreement."""
    rule = document.agreement.rule
    return (
        f"At least {rule.threshold_percent} % of those who rated, with no fewer than "
        f"{rule.minimum_n} raters; an answer of “can't judge” or “not my field” counts for nothing."
    )


def rationale(document: Document) -> str:
    """Say why agreement was defined so."""
    return document.agreement.rule.rationale


def fixed(document: Document) -> str:
    """Say when the rules were fixed."""
    rule = document.agreement.rule
    if rule.fixed_on is None:
        return ""
    return f"Fixed on {day_words(rule.fixed_on)}, before round 1 opened; SHA-256 {rule.digest}."


def stopping(document: Document) -> str:
    """Say when asking about an item stopped."""
    rule = document.agreement.rule
    if rule.round_cap == 1:
        return "Every item is asked once."
    # Round 1 has nothing to be stable against: the card lets it close what is agreed and firm.
    return (
        "In round 1 an item closes when it is agreed and no single rater could turn it; from round "
        f"2 on when it is stable (a change of at most {rule.stability_percent} %), agreed or not; "
        f"after {counted(rule.round_cap, 'round')} in any case."
    )


def decided(document: Document) -> str:
    """Say how many items the convener decided, which is no vote but settles them."""
    found = document.agreement.decided
    if not found:
        return ""
    return f"The convener decided {counted(found, 'item')} with a reason, after the rounds."


def feedback(document: Document) -> str:
    """Say what raters were shown between rounds."""
    if not document.agreement.rounds:
        return ""
    return FEEDBACK.get(document.agreement.rule.feedback, "") + (
        ", on each item still open. Nobody is named."
    )


def feedback_measures(document: Document) -> str:
    """Say in what form the group's answers were shown."""
    if not document.agreement.rounds:
        return ""
    return "How many gave each answer, as numbers and bars, and one's own last answer beside them."


def grouped(document: Document) -> str:
    """Say whether feedback was pooled."""
    if not document.agreement.rounds:
        return ""
    if document.agreement.rule.feedback == "group":
        return "Pooled over the whole panel."
    return "Pooled over the whole panel, and beside it for each group with three or more raters."


def invited(document: Document) -> str:
    """Say who was asked to each round."""
    if not document.agreement.rounds:
        return ""
    return "Everybody of the groups that the workshop asks; none is left out for an earlier round."


def _rated(document: Document) -> int:
    return len({each.workshop for each in document.agreement.rounds})


def round_name(found: RoundLine) -> str:
    """Name a round by its workshop."""
    return f"{found.workshop}, round {found.number}"
