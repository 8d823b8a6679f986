"""What a cycle is about and who took part. Records only."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Solution:
    """A candidate solution, with the reason where it was prioritised."""

    name: str
    description: str
    is_prioritised: bool
    reason: str


@dataclass(frozen=True)
class Partner:
    """A supply-chain partner."""

    name: str
    description: str


@dataclass(frozen=True)
class RoleLevel:
    """A role level; ``academic_level`` is None where none was set."""

    name: str
    description: str
    academic_level: int | None


@dataclass(frozen=True)
class Milestone:
    """A dated line of the timeline."""

    on: date
    title: str


@dataclass(frozen=True)
class Subject:
    """The cycle itself, in the words of its set-up."""

    cycle_id: str
    title: str
    challenge: str
    challenge_when: str
    impact_domain: str
    case_for_foresighting: str
    scenario: str
    sponsor: str
    convener: str
    stage: str
    is_demonstration: bool
    started_on: date
    solutions: tuple[Solution, ...]
    partners: tuple[Partner, ...]
    role_levels: tuple[RoleLevel, ...]
    milestones: tuple[Milestone, ...]

    @property
    def prioritised(self) -> tuple[Solution, ...]:
        """Return the solutions that were prioritised."""
        return tuple(each for each in self.solutions if each.is_prioritised)


@dataclass(frozen=True)
class GroupLine:
    """A group: its people, and the organisations that at least one of them comes from."""

    group: str
    people: int
    organisations: int


@dataclass(frozen=True)
class OrganisationLine:
    """An organisation, once, with its people in each group, in the order of ``People.groups``."""

    name: str
    kind: str
    people: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class People:
    """Who takes part. ``organisation_count`` counts each organisation once.

    ``invitations`` were made, revoked ones aside; None where an older snapshot has not counted.
    """

    people: int
    groups: tuple[GroupLine, ...]
    organisations: tuple[OrganisationLine, ...]
    organisation_count: int
    without_organisation: int
    panel_members: int
    invitations: int | None = None
