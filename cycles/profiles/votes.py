"""The vote behind a capability of a profile, frozen in when the profile takes the capability.

How a vote is kept and said lives here. Whether its counts may be shown was asked before it came
here: withheld counts never reach a profile.
"""

from dataclasses import asdict, dataclass
from typing import Any

from consensus.outcome import Outcome
from consensus.scale import PROFICIENCY_WORDS
from consensus.stopping import Closing
from cycles.profiles.models import ProfileCapability

VOTE = "vote"
MARKS = (
    "closing",
    "is_fragile",
    "is_two_camps",
    "is_decided",
    "decision",
    "minority",
    "reasons",
)
"""What of a vote is kept beside the columns of a member."""
SETTLED = (Outcome.LEVEL, Outcome.NOT_NEEDED)


@dataclass(frozen=True)
class MinorityReason:
    """What somebody wrote who stood apart, without a name. ``side`` is where they pulled."""

    side: str
    text: str


@dataclass(frozen=True)
class Vote:
    """What held for a capability at a role level before the panel began.

    ``level`` is a code of ``consensus.scale`` or None for not needed and unsettled. ``counts`` is
    of N, A, P, E, or empty where too few rated to show them. ``minority`` says in words who stood
    apart when asking stopped in stable dissent, and ``reasons`` what they wrote; both are empty
    where nobody may be told.
    """

    level: int | None
    outcome: str
    counts: tuple[int, ...]
    closing: str = ""
    is_provisional: bool = False
    is_fragile: bool = False
    is_two_camps: bool = False
    is_decided: bool = False
    decision: str = ""
    minority: str = ""
    reasons: tuple[MinorityReason, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Say whether leaving its level needs a reason: agreed, or decided with one."""
        return self.is_decided or self.outcome in SETTLED

    @property
    def has_dissent(self) -> bool:
        """Say whether a stable minority or two camps stand behind the level."""
        return self.closing == Closing.STABLE_DISSENT or self.is_two_camps

    @property
    def marks(self) -> tuple[str, ...]:
        """Return in words what is worth knowing beside the level."""
        said = (
            (self.is_provisional, "provisional: no level was agreed"),
            (self.closing == Closing.STABLE_DISSENT, "stable dissent"),
            (self.is_two_camps, "two camps"),
            (self.is_fragile, "fragile: one rater decides"),
        )
        return tuple(words for holds, words in said if holds)

    @property
    def sentence(self) -> str:
        """Return the vote in words: ``voted Practitioner, 14 of 20``."""
        if self.is_decided:
            return f"decided {PROFICIENCY_WORDS[self.level or 0]} by the convener"
        if self.outcome == Outcome.SPLIT:
            return "split on whether it is needed" + self._counted(None)
        if self.outcome == Outcome.INSUFFICIENT:
            return "too few rated"
        return f"voted {PROFICIENCY_WORDS[self.level or 0]}" + self._counted(self.level or 0)

    def _counted(self, level: int | None) -> str:
        if not self.counts:
            return ""
        if level is None:
            return f", {sum(self.counts[1:])} of {sum(self.counts)} said needed"
        return f", {self.counts[level]} of {sum(self.counts)}"


def freeze(member: ProfileCapability, vote: Vote | None) -> None:
    """Write the vote into the member, or that there is none."""
    member.voted_level = vote.level if vote else None
    member.voted_outcome = vote.outcome if vote else ""
    member.voted_counts = list(vote.counts) if vote else []
    member.is_provisional = bool(vote and vote.is_provisional)
    member.why = {**(member.why or {}), VOTE: _marks(vote) if vote else None}


def _marks(vote: Vote) -> dict[str, Any]:
    return {name: value for name, value in asdict(vote).items() if name in MARKS}


def vote_of(member: ProfileCapability) -> Vote | None:
    """Return the vote that was frozen into the member, or None where there was none."""
    marks = member.why.get(VOTE)
    if marks is None:
        return None
    reasons = tuple(MinorityReason(**one) for one in marks.get("reasons", ()))
    return Vote(
        level=member.voted_level,
        outcome=member.voted_outcome,
        counts=tuple(member.voted_counts),
        is_provisional=member.is_provisional,
        **{**marks, "reasons": reasons},
    )


def departs(member: ProfileCapability) -> bool:
    """Say whether the panel gave another level than what held before."""
    return member.voted_level is not None and member.level != member.voted_level
