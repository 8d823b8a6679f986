"""The rows behind the counts of a document. Records only; everything in them has passed the gate.

A shape once frozen must stay readable: new fields get a default, no field changes its meaning.
Nobody is named in them, and what too few said was never put in.
"""

import uuid
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RoundCounts:
    """What one round made of a cell. ``counts`` (N, A, P, E) is empty, ``n`` None when withheld."""

    number: int
    n: int | None
    counts: tuple[int, ...]
    outcome: str


@dataclass(frozen=True)
class GroupCounts:
    """What one part of the panel said of a cell in its last round; empty counts: withheld."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class CellLine:
    """A capability at a role level: how it was judged, and what holds.

    ``outcome`` is the verdict in words, ``voted`` the level it came to, ``holds`` the level that
    goes into profiles; each is empty where there is none. ``decision`` is the convener's reason.
    ``counts`` (N, A, P, E) is empty and ``n`` None where too few rated to show them; the figures
    are None with them. ``luck`` is how likely a panel of that size, answering at random, would have
    settled it. ``history`` has one line a round, the last included. ``reasons`` are those of who
    stood apart, each with the side that they argued for.
    """

    code: str
    role_level: str
    outcome: str
    voted: str
    holds: str
    closing: str
    decision: str
    n: int | None
    counts: tuple[int, ...]
    abstained: int | None
    is_settled: bool
    is_agreed: bool
    is_provisional: bool
    is_decided: bool
    is_fragile: bool
    is_two_camps: bool
    is_stable: bool | None
    agreement: float | None
    consensus: float | None
    luck: float | None
    lower_median: str
    upper_median: str
    minority: str = ""
    reasons: tuple[str, ...] = ()
    history: tuple[RoundCounts, ...] = ()
    groups: tuple[GroupCounts, ...] = ()
    is_finished: bool = True


@dataclass(frozen=True)
class CapabilityFacts:
    """What is known of a kept capability beside its line in the document.

    ``source`` says where its wording came from, ``trail`` what became of it (merged, reworded),
    a sentence each, nobody named.
    """

    code: str
    statement_id: uuid.UUID
    source: str
    trail: tuple[str, ...] = ()


@dataclass(frozen=True)
class PresentLine:
    """How far one partner can do a capability today, as captured: strong, some or none."""

    code: str
    partner: str
    strength: str


@dataclass(frozen=True)
class MemberWhy:
    """Why a capability is in a profile, in sentences."""

    code: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class TrailLine:
    """What the panel did to a profile, on a day, and the reason it gave."""

    on: date
    sentence: str
    reason: str


@dataclass(frozen=True)
class ProfileFacts:
    """What is known of a profile beside its line in the document."""

    code: str
    profile_id: uuid.UUID
    statement_ids: tuple[uuid.UUID, ...]
    why: tuple[MemberWhy, ...] = ()
    trail: tuple[TrailLine, ...] = ()


@dataclass(frozen=True)
class ReviewedMatch:
    """What reviewers said of one match. ``verdict`` is "accepted", "rejected" or "" (not settled).

    The counts say how many said what; ``reason`` and ``group`` are the latest review's.
    """

    statement_id: uuid.UUID
    duty_id: uuid.UUID
    verdict: str
    accepted: int
    rejected: int
    unsure: int
    group: str
    reason: str
    on: date
    score_percent: float
    was_suggested: bool


@dataclass(frozen=True)
class TrackedAction:
    """How far an action of the document has come. ``status`` is "proposed", "under way" and so on.

    ``source`` names the suggestion that it was drafted from, and is empty for a person's own.
    ``owner`` and ``notes`` are what the conveners wrote.
    """

    status: str
    owner: str
    due_on: date | None
    notes: str
    source: str


@dataclass(frozen=True)
class FormerCapability:
    """Where a statement stands in the classification that is kept no longer, merged or rejected.

    A run of map and gap may have compared it while it was.
    """

    statement_id: uuid.UUID
    function: str
    domain: str
    area: str


@dataclass(frozen=True)
class Detail:
    """The rows behind a document. ``run_id`` names the run of map and gap; None before the first.

    ``cells`` stand by capability and role level in the document's order, ``actions`` in the order
    of the document's own, everything else by code. A snapshot from before actions were kept with
    it has none.
    """

    run_id: uuid.UUID | None
    cells: tuple[CellLine, ...] = ()
    capabilities: tuple[CapabilityFacts, ...] = ()
    present: tuple[PresentLine, ...] = ()
    profiles: tuple[ProfileFacts, ...] = ()
    reviews: tuple[ReviewedMatch, ...] = ()
    actions: tuple[TrackedAction, ...] = ()
    former: tuple[FormerCapability, ...] = ()
