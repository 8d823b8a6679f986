"""Results: a document with the rows behind it, and map and gap read from them at a threshold."""

import uuid
from dataclasses import dataclass
from functools import cached_property

from reports.document.facts import Capability, Document, KsbLine, Profile
from reports.results.records import CapabilityFacts, CellLine, Detail, ProfileFacts


@dataclass(frozen=True, eq=False)
class Results:
    """What a cycle found at one moment. ``snapshot_id`` is None for the cycle as it stands now.

    ``key`` tells these results from any others: the same key means the same results.
    """

    cycle_id: uuid.UUID
    document: Document
    detail: Detail
    key: str
    digest: str = ""
    snapshot_id: uuid.UUID | None = None

    @property
    def is_working(self) -> bool:
        """Say whether this is the cycle as it stands now, not a snapshot."""
        return self.snapshot_id is None

    @property
    def number(self) -> int:
        """Return the snapshot's number; 0 for the cycle as it stands now."""
        return self.document.number

    @cached_property
    def capability(self) -> dict[str, Capability]:
        """Return the kept capabilities by code."""
        return {each.code: each for each in self.document.capabilities.lines}

    @cached_property
    def capability_facts(self) -> dict[str, CapabilityFacts]:
        """Return what is known of each capability beside its line, by code."""
        return {each.code: each for each in self.detail.capabilities}

    @cached_property
    def profile(self) -> dict[str, Profile]:
        """Return the profiles by code."""
        return {each.code: each for each in self.document.occupations.profiles}

    @cached_property
    def profile_facts(self) -> dict[str, ProfileFacts]:
        """Return what is known of each profile beside its line, by code."""
        return {each.code: each for each in self.detail.profiles}

    @cached_property
    def profiles_of(self) -> dict[str, tuple[Profile, ...]]:
        """Return the profiles that need each capability, by the capability's code."""
        found: dict[str, list[Profile]] = {code: [] for code in self.capability}
        for profile in self.document.occupations.profiles:
            for member in profile.members:
                found.setdefault(member.code, []).append(profile)
        return {code: tuple(each) for code, each in found.items()}

    @cached_property
    def cells_of(self) -> dict[str, tuple[CellLine, ...]]:
        """Return the judged cells of each capability, by code, in the order of role levels."""
        found: dict[str, list[CellLine]] = {code: [] for code in self.capability}
        for cell in self.detail.cells:
            found.setdefault(cell.code, []).append(cell)
        return {code: tuple(each) for code, each in found.items()}

    @cached_property
    def ksbs_of(self) -> dict[str, tuple[KsbLine, ...]]:
        """Return the accepted KSBs of each capability, by code."""
        found: dict[str, list[KsbLine]] = {code: [] for code in self.capability}
        for line in self.document.ksbs.lines:
            found.setdefault(line.code, []).append(line)
        return {code: tuple(each) for code, each in found.items()}
