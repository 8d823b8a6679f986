"""How the panel was asked and what it agreed. Records only.

Counts of answers are here only where enough people rated to show them.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RuleFacts:
    """The rule card. ``digest`` and ``fixed_on`` are empty until round 1 has opened.

    A profile is ratified when ``panel_quorum`` of the panel have answered and ``panel_rule``
    approve; an older snapshot has no rule.
    """

    threshold_percent: int
    minimum_n: int
    stability_percent: int
    round_cap: int
    panel_quorum: int
    feedback: str
    engine: str
    rationale: str
    set_on: date | None
    fixed_on: date | None
    digest: str
    panel_rule: str = ""


@dataclass(frozen=True)
class WorkshopLine:
    """A workshop, and how long it ran."""

    kind: str
    title: str
    state: str
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True)
class RoundLine:
    """A round. ``invited`` are those of the groups it asks who were in the cycle while it ran.

    ``agreed`` are the items that it closed as agreed, ``still_open`` those that it did not close;
    both are None until the round has closed. ``compared`` are the items that an earlier round had
    asked, ``stable`` those of them that held; their changes, of which
    ``median_change_percent`` is the middle one, are shares of raters. ``alpha`` and ``w`` are of
    the whole round, None where they are withheld or undefined. ``bundle`` names the file from which
    the round is calculated again. Older snapshots have none of these.
    """

    workshop: str
    number: int
    opened_on: date
    closed_on: date | None
    asked: int
    invited: int
    answered: int
    response_percent: float | None
    agreed: int | None
    still_open: int | None
    compared: int | None = None
    stable: int | None = None
    median_change_percent: float | None = None
    alpha: float | None = None
    w: float | None = None
    bundle: str = ""


@dataclass(frozen=True)
class Deviation:
    """Something that may have happened otherwise than planned, and how often it did.

    A count of 0 says that it was looked for.
    """

    what: str
    count: int


@dataclass(frozen=True)
class Tally:
    """How many items came to one end, and their share of the judged items."""

    name: str
    count: int
    percent: float


@dataclass(frozen=True)
class LevelOutcomes:
    """The outcomes of one role level, in the order of ``Agreement.outcomes``."""

    role_level: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class Sensitivity:
    """How many items would be agreed at another threshold, and how many would change."""

    threshold_percent: int
    agreed: int
    changed: int


@dataclass(frozen=True)
class DissentReason:
    """What somebody wrote who stood apart, and where they pulled; ``side`` may be empty."""

    side: str
    text: str


@dataclass(frozen=True)
class Dissent:
    """An item on which the panel did not agree. ``counts`` (N, A, P, E) is empty when withheld.

    ``minority`` says who stood apart when asking stopped in stable dissent. ``reasons`` are those
    given for answers to this very item; ``comments`` are on the capability as a whole.
    """

    code: str
    text: str
    role_level: str
    verdict: str
    closing: str
    holds: str
    decision: str
    counts: tuple[int, ...]
    is_two_camps: bool
    comments: tuple[str, ...]
    minority: str = ""
    reasons: tuple[DissentReason, ...] = ()


@dataclass(frozen=True)
class Agreement:
    """The rounds and the verdicts. ``total`` is capabilities times role levels.

    ``expected_by_luck`` is how many of the judged items a panel answering at random would have
    agreed on; None where nothing was judged. ``deviations`` is None where an older snapshot has
    not looked for any. ``agreed_at_cap`` of the agreed still moved when the last round closed.
    """

    rule: RuleFacts
    smallest_shown: int
    workshops: tuple[WorkshopLine, ...]
    rounds: tuple[RoundLine, ...]
    total: int
    judged: int
    settled: int
    unsettled: int
    agreed: int
    provisional: int
    decided: int
    fragile: int
    two_camps: int
    stable_dissent: int
    without_agreement: int
    expected_by_luck: float | None
    outcomes: tuple[Tally, ...]
    closings: tuple[Tally, ...]
    role_levels: tuple[LevelOutcomes, ...]
    sensitivity: tuple[Sensitivity, ...]
    dissent: tuple[Dissent, ...]
    deviations: tuple[Deviation, ...] | None = None
    agreed_at_cap: int | None = None
