"""The sections that carry a convener's prose: their keys, titles, places and length hints.

Keys are stored and never change. What a section says by default lives in ``drafting``.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class SectionKind:
    """A section of prose: where it stands in the report, and what belongs in it."""

    key: str
    place: str
    title: str
    hint: str
    words: int


SECTIONS: tuple[SectionKind, ...] = (
    SectionKind(
        "executive_summary",
        "1.1",
        "The cycle in brief",
        "Why the cycle was run, what it looked at and the one thing a busy reader should remember.",
        250,
    ),
    SectionKind(
        "organisational_change",
        "1.2",
        "Organisational change",
        "How the work of organisations shifts between the five functions, and why.",
        150,
    ),
    SectionKind(
        "fop_highlights",
        "1.3",
        "Highlights of the profiles",
        "Which profiles stand out, and what employers and educators can do with them.",
        200,
    ),
    SectionKind(
        "areas_of_concern",
        "1.4",
        "Areas of concern",
        "Where today's provision falls short, and what follows if nothing is done.",
        200,
    ),
    SectionKind(
        "next_steps",
        "1.5",
        "Next steps in brief",
        "Who takes the findings forward, and what happens first.",
        150,
    ),
    SectionKind(
        "explorer",
        "1.6",
        "Exploring the findings",
        "Where readers can look at the findings themselves, and who gives them access.",
        100,
    ),
    SectionKind(
        "challenge",
        "2.1",
        "The challenge",
        "The need or change to respond to, by when, and why it matters now.",
        250,
    ),
    SectionKind(
        "solutions",
        "2.2",
        "Candidate solutions",
        "The technologies and ways of working that were considered.",
        150,
    ),
    SectionKind(
        "prioritised",
        "2.3",
        "The prioritised solutions",
        "Which solutions the foresighting was run for, and why these.",
        150,
    ),
    SectionKind(
        "scale",
        "2.4",
        "Scale of adoption",
        "How widely the solutions are used today and how fast that is expected to change.",
        150,
    ),
    SectionKind(
        "stakeholders",
        "2.5",
        "Stakeholders",
        "Who sponsored, convened and took part, and who else has a stake.",
        120,
    ),
    SectionKind(
        "methodology",
        "3.1",
        "How the findings were made",
        "How the workshops were run, where models of language helped, and what to keep in mind.",
        250,
    ),
    SectionKind(
        "occupational_change",
        "3.3",
        "Occupational change",
        "What the proficiencies and profiles say about how jobs will change.",
        200,
    ),
    SectionKind(
        "provision",
        "3.4",
        "Profiles compared with provision",
        "What the comparison with today's standards shows, and how far it can be trusted.",
        200,
    ),
    SectionKind(
        "summary",
        "3.5",
        "Summary of the findings",
        "The findings in order of importance, and how they can be used.",
        200,
    ),
    SectionKind(
        "lessons_learnt",
        "3.5",
        "Lessons learnt",
        "What should be done differently in the next cycle.",
        150,
    ),
    SectionKind(
        "foresighting",
        "4.1",
        "What workforce foresighting is",
        "For a reader who has never met the method.",
        150,
    ),
)
BY_KEY: dict[str, SectionKind] = {each.key: each for each in SECTIONS}
