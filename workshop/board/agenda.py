"""The agenda that a workshop begins with: its steps by kind and mode. Nothing is stored here."""

from dataclasses import dataclass

from workshop.rooms.models import Mode, StepKind, WorkshopKind


@dataclass(frozen=True)
class Planned:
    """One step as suggested: what happens, what it is called, and for how many minutes."""

    kind: StepKind
    title: str
    minutes: int


WELCOME = Planned(StepKind.TALK, "Welcome", 10)
DISCUSS = Planned(StepKind.REVEAL, "See and discuss", 20)
CLOSE = Planned(StepKind.TALK, "Close", 5)

IN_ROUNDS = {
    WorkshopKind.PRIORITISATION: (10, 10),
    WorkshopKind.VALIDATION: (20, 10),
    WorkshopKind.PROFICIENCY: (25, 15),
}
"""The minutes of a first and a second round."""

TALKS = {
    WorkshopKind.CAPTURE: (
        WELCOME,
        Planned(StepKind.TALK, "Capture what organisations must be able to do", 40),
        Planned(StepKind.TALK, "Look for gaps in the coverage", 20),
        CLOSE,
    ),
    WorkshopKind.RATIFICATION: (
        WELCOME,
        Planned(StepKind.TALK, "Go through the profiles", 60),
        CLOSE,
    ),
    WorkshopKind.KSB: (WELCOME, Planned(StepKind.TALK, "Review the statements", 60), CLOSE),
}


def suggested(kind: WorkshopKind, mode: Mode) -> tuple[Planned, ...]:
    """Return the steps that a workshop of this kind and mode usually has, in order."""
    if kind in TALKS:
        return TALKS[kind]
    first, second = IN_ROUNDS[kind]
    if mode == Mode.REAL_TIME:
        rating = Planned(StepKind.RATE, "Rate, and see the group as you go", first + second)
        return (WELCOME, rating, DISCUSS, CLOSE)
    return (
        WELCOME,
        Planned(StepKind.RATE, "Rate on your own", first),
        DISCUSS,
        Planned(StepKind.RATE, "Rate again", second),
        CLOSE,
    )
