"""The role levels, the profiles and their KSBs. Records only."""

from dataclasses import dataclass
from datetime import date

from reports.document.facts.agreement import DissentReason


@dataclass(frozen=True)
class LevelSpread:
    """How the settled capabilities of a role level spread over the levels of proficiency.

    The percentages are of ``needed``; they are None where nothing is needed or settled.
    """

    role_level: str
    academic_level: int | None
    not_needed: int
    awareness: int
    practitioner: int
    expert: int
    needed: int
    awareness_percent: float | None
    practitioner_percent: float | None
    expert_percent: float | None


@dataclass(frozen=True)
class Member:
    """A capability of a profile: what was voted, what holds, and why they differ.

    ``is_supported`` is None where no run of map and gap has compared the capability. ``minority``
    says who stood apart where asking stopped in stable dissent. ``difference`` says what the panel
    made of the vote: ``Voted Practitioner, ratified Expert``; empty where it left it as it was.
    """

    code: str
    text: str
    area: str
    level: str
    voted: str
    marks: tuple[str, ...]
    is_changed: bool
    is_added: bool
    is_second: bool
    reason: str
    is_supported: bool | None
    minority: str = ""
    minority_reasons: tuple[DissentReason, ...] = ()
    difference: str = ""


@dataclass(frozen=True)
class RemovedMember:
    """A capability that the panel took out of a profile."""

    code: str
    text: str
    reason: str
    voted: str = ""


@dataclass(frozen=True)
class Ratification:
    """How a profile was ratified. ``objections`` are the reasons of those who objected.

    ``digest`` is the SHA-256 of the ratified version, ``rule`` the share that had to approve.
    """

    number: int
    on: date
    approvals: int
    answers: int
    objections: tuple[str, ...]
    quorum: int
    rule: str
    digest: str

    @property
    def objected(self) -> int:
        """Return how many of those who answered objected."""
        return self.answers - self.approvals


@dataclass(frozen=True)
class Profile:
    """A profile that was not withdrawn. ``status`` is "ratified" or "proposed".

    What is said of a ratified one is read from the version that the panel ratified;
    ``ratification`` is None in snapshots from before versions were kept. ``reopened_version`` is
    the version that the panel goes on from, where it took one up again.
    """

    code: str
    name: str
    is_name_suggested: bool
    role_level: str
    academic_level: int | None
    partner: str
    status: str
    ratified_on: date | None
    member_count: int
    awareness: int
    practitioner: int
    expert: int
    changed_by_panel: int
    unsupported_count: int | None
    ksb_count: int
    members: tuple[Member, ...]
    removed: tuple[RemovedMember, ...]
    ratification: Ratification | None = None
    reopened_version: int | None = None

    @property
    def changes(self) -> tuple[Member, ...]:
        """Return the capabilities on which the panel departs from the vote."""
        return tuple(each for each in self.members if each.difference)

    @property
    def is_ratified(self) -> bool:
        """Say whether the panel has ratified it."""
        return self.status == "ratified"


@dataclass(frozen=True)
class LevelProfiles:
    """How many profiles a role level has, and how many capabilities its smallest and largest hold.

    ``ratified`` and the sizes are None in older snapshots, the sizes also where it has no profile.
    """

    role_level: str
    count: int
    ratified: int | None = None
    smallest: int | None = None
    largest: int | None = None


@dataclass(frozen=True)
class Occupations:
    """The role levels' proficiencies and the profiles, by code. ``profile_count`` is their sum."""

    spread: tuple[LevelSpread, ...]
    by_role_level: tuple[LevelProfiles, ...]
    profiles: tuple[Profile, ...]
    profile_count: int
    ratified_count: int
    prototype_count: int
    withdrawn_count: int

    @property
    def with_objections(self) -> tuple[Profile, ...]:
        """Return the profiles that were ratified though somebody of the panel objected."""
        return tuple(
            each for each in self.profiles if each.ratification and each.ratification.objected
        )


@dataclass(frozen=True)
class KsbLine:
    """An accepted KSB of one capability."""

    code: str
    kind: str
    text: str
    source: str


@dataclass(frozen=True)
class CompetencyCounts:
    """The Future Competency Set of a role level in figures. Each wording counts once.

    ``without`` are the capabilities of its profiles for which no KSB is accepted.
    """

    role_level: str
    knowledge: int
    skills: int
    behaviours: int
    total: int
    capabilities: int
    without: int
    profiles: int
    ratified: int


@dataclass(frozen=True)
class Ksbs:
    """The KSBs of the cycle's capabilities. Only accepted ones are listed.

    ``waiting`` are not settled; on ``differing`` of them two or more educators differ. ``decided``
    were settled by the convener with a reason. ``sets`` are by role level; ``wordings`` counts the
    accepted wordings that profiles call for, each once. None where an older snapshot has none.
    """

    accepted: int
    knowledge: int
    skills: int
    behaviours: int
    waiting: int
    rejected: int
    capabilities_with: int
    lines: tuple[KsbLine, ...]
    reviewers: int | None = None
    differing: int | None = None
    decided: int | None = None
    wordings: int | None = None
    sets: tuple[CompetencyCounts, ...] = ()
