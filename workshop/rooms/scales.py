"""The scales that rounds ask on, their words, and who rates on each kind of workshop.

What answers come to is judged in ``freezing``; which keys and buttons stand for them is the
ballot's.
"""

from dataclasses import dataclass

from consensus.scale import PROFICIENCY_LETTERS, PROFICIENCY_WORDS
from cycles.people.models import Group
from workshop.rooms.models import ScaleName, WorkshopKind


@dataclass(frozen=True)
class Scale:
    """The answers with a code, lowest first: the code is the place in ``letters`` and ``words``."""

    name: ScaleName
    letters: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def size(self) -> int:
        """Return how many codes the scale has: they run from 0 to one below."""
        return len(self.letters)


PROFICIENCY = Scale(ScaleName.PROFICIENCY, tuple(PROFICIENCY_LETTERS), tuple(PROFICIENCY_WORDS))
PRIORITY = Scale(
    ScaleName.PRIORITY,
    tuple("123456789"),
    ("1, lowest", "2", "3", "4", "5, middling", "6", "7", "8", "9, highest"),
)
RELEVANCE = Scale(ScaleName.RELEVANCE, ("D", "R", "K"), ("Drop", "Reword", "Keep"))
SCALES = {one.name: one for one in (PROFICIENCY, PRIORITY, RELEVANCE)}

KIND_SCALES = {
    WorkshopKind.PRIORITISATION: PRIORITY,
    WorkshopKind.VALIDATION: RELEVANCE,
    WorkshopKind.PROFICIENCY: PROFICIENCY,
}
"""The scale of each kind of workshop that has rounds. The other kinds ask on no scale."""

RATERS = {
    WorkshopKind.PRIORITISATION: (Group.TECHNOLOGIST, Group.EMPLOYER, Group.EDUCATOR),
    WorkshopKind.VALIDATION: (Group.TECHNOLOGIST,),
    WorkshopKind.PROFICIENCY: (Group.EMPLOYER,),
}
"""The groups that rate in each kind of workshop that has rounds."""


def has_rounds(kind: WorkshopKind) -> bool:
    """Say whether workshops of this kind ask in rounds on a scale."""
    return kind in KIND_SCALES


def rates_in(group: Group, kind: WorkshopKind) -> bool:
    """Say whether this group rates in workshops of this kind."""
    return group in RATERS.get(kind, ())
