"""Prototype profiles as plain records, on their way from the generator to the tables."""

import uuid
from dataclasses import asdict, dataclass
from typing import Any

from consensus.grouping import Why
from cycles.profiles.votes import Vote


@dataclass(frozen=True)
class SuggestedName:
    """A title near a profile: its cosine to the mean of the members, and where it comes from."""

    title: str
    score: float
    source: str
    level: int | None = None

    def kept(self) -> dict[str, Any]:
        """Return the suggestion as the table keeps it."""
        return asdict(self)


@dataclass(frozen=True)
class ProposedMember:
    """A capability of a prototype: its vote, and why it is there."""

    statement_id: uuid.UUID
    vote: Vote
    why: Why
    is_second: bool


@dataclass(frozen=True)
class Proposal:
    """One prototype profile, without a code or a name yet: those depend on its neighbours.

    ``about`` is the functional area most of its capabilities are in, in words.
    """

    role_level_id: uuid.UUID
    role_level_name: str
    partner_id: uuid.UUID | None
    about: str
    suggested_names: tuple[SuggestedName, ...]
    members: tuple[ProposedMember, ...]

    @property
    def levels(self) -> dict[uuid.UUID, int]:
        """Return the level of each capability, in the order of the members."""
        return {one.statement_id: one.vote.level or 0 for one in self.members}
