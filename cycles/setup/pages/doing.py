"""What a person of each group can do at each stage, and in which part of the cycle."""

from dataclasses import dataclass

from cycles.core.access import Place
from cycles.people.models import Group
from cycles.stages.words import Stage


@dataclass(frozen=True)
class Doing:
    """One thing to do. ``where`` names the part of the navigation it is done in, if any."""

    sentence: str
    where: str = ""


WAIT = Doing("The convener is setting the cycle up. You will hear when your part begins.")
READ = Doing("Read the challenge and the working scenario below: the workshops set out from them.")
WRITTEN = Doing("The findings are being written up. The report comes next.")
FOLLOW = Doing("Follow what is done about the findings.", "Actions")

PRIORITISE = Doing(
    "While a prioritisation round is open, rate how much each candidate solution matters.",
    "My ballot",
)
PRESENT = Doing("Say of each capability how far organisations can do it today.", "Current state")
EARLY = {
    Stage.CONSIDERING: (WAIT,),
    Stage.IDENTIFYING: (WAIT, PRIORITISE),
    Stage.PREPARING: (READ, PRIORITISE),
}
# Technologists and employers know organisations; educators know courses.
KNOWING = {**EARLY, Stage.PREPARING: (READ, PRESENT, PRIORITISE)}
LATE = {Stage.COMMUNICATING: (WRITTEN,), Stage.CAUSING_ACTION: (FOLLOW,)}
CAPTURE = Doing(
    "While a capture workshop is open, say what organisations will have to be able to do.",
    "Capture",
)
VALIDATE = Doing(
    "While a validation round is open, say of each statement: keep, reword or drop.", "My ballot"
)
RATE = Doing("While a round is open, rate the proficiency each role level needs.", "My ballot")
RATIFY = Doing(
    "Refine the profiles that wait for the employer panel; approve each, or object.", "Ratify"
)
MATCHES = Doing("Check which duties of today's standards match the capabilities.", "Map and gap")
KSBS = Doing("Accept, edit or reject the suggested knowledge, skills and behaviours.", "KSBs")
PROGRESS = Doing("Follow the cycle's progress here. The report will be yours to sign off.")
SIGN_OFF = Doing("Read the published report and sign it off.", "Report")
READ_REPORT = Doing("Read the published report, or send it on.", "Report")

BY_GROUP: dict[str, dict[Stage, tuple[Doing, ...]]] = {
    Group.TECHNOLOGIST: {**KNOWING, Stage.CARRYING_OUT: (CAPTURE, VALIDATE, PRESENT), **LATE},
    Group.EMPLOYER: {**KNOWING, Stage.CARRYING_OUT: (RATE, PRESENT, MATCHES), **LATE},
    Group.EDUCATOR: {**EARLY, Stage.CARRYING_OUT: (KSBS, MATCHES), **LATE},
    Group.SPONSOR: {
        **dict.fromkeys(Stage, (PROGRESS,)),
        Stage.COMMUNICATING: (SIGN_OFF,),
        Stage.CAUSING_ACTION: (SIGN_OFF, FOLLOW),
    },
}


def doing_of(
    place: Place, stage: Stage, *, published: int = 1, signed_off: int = 0
) -> tuple[Doing, ...]:
    """Return what the person who holds ``place`` can do at ``stage``; a convener has the gate.

    ``published`` and ``signed_off`` count the cycle's reports: a sponsor signs one off, once.
    """
    doing = BY_GROUP.get(place.group, {}).get(stage, ())
    if SIGN_OFF in doing and (signed_off or not published):
        instead = READ_REPORT if published else WRITTEN
        doing = tuple(instead if each == SIGN_OFF else each for each in doing)
    if place.is_on_panel and stage == Stage.CARRYING_OUT:
        return (*doing, RATIFY)
    return doing
