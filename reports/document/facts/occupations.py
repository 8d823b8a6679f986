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
    says who stood apart where asking stopped in stable dissent.
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


@dataclass(frozen=True)
class RemovedMember:
    """A capability that the panel took out of a profile."""

    code: str
    text: str
    reason: str


@dataclass(frozen=True)
class Profile:
    """A profile that was not withdrawn. ``status`` is "ratified" or "proposed"."""

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

    @property
    def is_ratified(self) -> bool:
        """Say whether the panel has ratified it."""
        return self.status == "ratified"


@dataclass(frozen=True)
class LevelProfiles:
    """How many profiles a role level has."""

    role_level: str
    count: int


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


@dataclass(frozen=True)
class KsbLine:
    """An accepted KSB of one capability."""

    code: str
    kind: str
    text: str
    source: str


@dataclass(frozen=True)
class Ksbs:
    """The KSBs of the cycle's capabilities. Only accepted ones are listed."""

    accepted: int
    knowledge: int
    skills: int
    behaviours: int
    waiting: int
    rejected: int
    capabilities_with: int
    lines: tuple[KsbLine, ...]
