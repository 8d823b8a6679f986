"""What a ballot says around its questions: one set of words a scale. Nobody's answers."""

from dataclasses import dataclass

from workshop.rooms.models import ScaleName, Side

ANONYMITY = (
    "Others see counts, never your name. The facilitator can see that you have answered, not what."
)
SIDE_WORDS = {Side.HIGHER: "Higher", Side.LOWER: "Lower"}


@dataclass(frozen=True)
class Wording:
    """How a ballot on one scale puts its question.

    ``things`` are what its rows are called; ``ends`` label the two ends of a scale whose buttons
    have no words; ``prompt`` is asked in the comment box when ``prompt_on`` is the answer.
    """

    question: str
    how: str
    things: str
    meanings: tuple[tuple[str, str], ...]
    keys: str
    ends: tuple[str, str] | None = None
    prompt_on: str = ""
    prompt: str = ""


ASIDE_MEANING = (
    "Can’t judge, Not my field",
    "Proper answers too. They leave the count, so nobody is guessing.",
)
WORDINGS = {
    ScaleName.PROFICIENCY: Wording(
        question="Which proficiency does each role need?",
        how=(
            "For each capability, say how well people in each role will need to do it. Take the "
            "areas in any order and stop whenever you like: every answer is kept."
        ),
        things="capabilities",
        meanings=(
            ("Awareness", "Foundational knowledge; knows where to seek more."),
            ("Practitioner", "Applies it independently; understands what it means for the role."),
            ("Expert", "Detailed knowledge; supports others, finds and makes improvements."),
            ("Not needed", "People in this role will not need the capability."),
            ASIDE_MEANING,
        ),
        keys="N A P E or 1 to 4",
    ),
    ScaleName.PRIORITY: Wording(
        question="How important is each solution?",
        how=(
            "Give each solution a number from 1, lowest, to 9, highest. Two solutions may have "
            "the same number. Stop whenever you like: every answer is kept."
        ),
        things="solutions",
        meanings=(
            ("7 to 9", "This cycle should take it up."),
            ("4 to 6", "Worth having, not urgent, or not yet clear."),
            ("1 to 3", "Leave it for now."),
            ASIDE_MEANING,
        ),
        keys="1 to 9",
        ends=("1 lowest", "9 highest"),
    ),
    ScaleName.RELEVANCE: Wording(
        question="Should each capability stay as it is worded?",
        how=(
            "Say of each statement whether to keep it, reword it or drop it. Where you would "
            "reword it, write how it should read. Every answer is kept as you give it."
        ),
        things="capabilities",
        meanings=(
            ("Keep", "Organisations will need it, and the statement says it well."),
            ("Reword", "Organisations will need it, but the statement should say it otherwise."),
            ("Drop", "Organisations will not need it, or another statement says the same."),
            ASIDE_MEANING,
        ),
        keys="K R D",
        prompt_on="R",
        prompt="How should it read instead?",
    ),
}
