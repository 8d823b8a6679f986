"""Which matches to ask people about, and in which order. Pure: findings in, a queue out.

Asked about are, in this order:

1. ``DECIDES``: no other match of the capability counts, so this one decides whether the
   capability is supported: the only match, or, where there is none, the best below the threshold
   (by at most ``REACH_PERCENT`` points) that was not rejected yet;
2. ``NEAR``: the match of a capability nearest to the threshold, if it lies within
   ``NEAR_PERCENT`` points of it on either side, where a score says least;
3. ``GENERIC``: the best match of a capability that only generic duties hold up;
4. ``DIFFER``: at least two people reviewed it and do not agree.

A match that is there for several reasons stands once, under the first. Within a reason the
nearest to the threshold comes first, then what serves more profiles, then the capability's code.
Only a capability's ten best matches are looked at, and whatever was judged: that is what every
run keeps. What the reader says of a match never moves it: its place rests on the scores and on
what is said of the other matches, so that a queue does not shift under whoever works through it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reports.mapping.findings import CapabilityFinding, Match
from reports.mapping.models import MatchVerdict

LOOKED_AT = 10
REACH_PERCENT = 10
NEAR_PERCENT = 3
TENTHS = 10


class Reason(StrEnum):
    """Why a match is asked about, the most pressing first."""

    DECIDES = "decides"
    NEAR = "near"
    GENERIC = "generic"
    DIFFER = "differ"


@dataclass(frozen=True)
class Candidate:
    """A capability with its best matches, highest score first, and every match judged of it."""

    capability: CapabilityFinding
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Queued:
    """One match to ask about, with every reason for it, the first being its place."""

    capability: CapabilityFinding
    match: Match
    reasons: tuple[Reason, ...]
    distance_tenths: int


def queue_of(candidates: Iterable[Candidate], threshold_percent: float) -> tuple[Queued, ...]:
    """Return the matches to ask about, in the order above."""
    queued = [each for one in candidates for each in _asked_of(one, threshold_percent)]
    return tuple(sorted(queued, key=_place))


def is_differing(match: Match) -> bool:
    """Say whether two or more people reviewed the match without agreeing."""
    said = match.judgement
    if said is None or said.verdict is not None:
        return False
    return said.accepted + said.rejected + said.unsure > 1


def _place(queued: Queued) -> tuple[int, int, int, str]:
    # Sorting is stable, so matches that tie stay in the order of their scores.
    return (
        tuple(Reason).index(queued.reasons[0]),
        queued.distance_tenths,
        -len(queued.capability.profile_codes),
        queued.capability.code,
    )


def _asked_of(one: Candidate, threshold_percent: float) -> list[Queued]:
    near = _nearest(one.matches, threshold_percent)
    asked = []
    for number, match in enumerate(one.matches):
        ahead = one.matches[:number]
        holds = (
            (Reason.DECIDES, _decides(one, match, ahead, threshold_percent)),
            (Reason.NEAR, number == near),
            (Reason.GENERIC, _is_held_by_generic(one, match, ahead)),
            (Reason.DIFFER, is_differing(match)),
        )
        reasons = tuple(reason for reason, is_so in holds if is_so)
        if reasons:
            distance = abs(_tenths_over(match, threshold_percent))
            asked.append(Queued(one.capability, match, reasons, distance))
    return asked


def _decides(
    one: Candidate, match: Match, ahead: Sequence[Match], threshold_percent: float
) -> bool:
    if one.capability.match_count - match.is_match:
        return False
    if match.is_suggested or match.is_match:
        return True
    is_within_reach = -_tenths_over(match, threshold_percent) <= REACH_PERCENT * TENTHS
    return is_within_reach and all(map(_is_rejected, ahead))


def _nearest(matches: Sequence[Match], threshold_percent: float) -> int | None:
    """Return the place of the match nearest to the threshold, or None if none is near enough."""
    distances = [abs(_tenths_over(match, threshold_percent)) for match in matches]
    least = min(distances, default=NEAR_PERCENT * TENTHS + 1)
    return distances.index(least) if least <= NEAR_PERCENT * TENTHS else None


def _is_held_by_generic(one: Candidate, match: Match, ahead: Sequence[Match]) -> bool:
    """Say whether only generic duties hold the capability up, and this is the best of them."""
    speaks = match.is_match or match.is_suggested
    is_only = one.capability.generic_count == one.capability.match_count
    return speaks and match.is_generic and is_only and all(map(_is_rejected, ahead))


def _is_rejected(match: Match) -> bool:
    return match.judgement is not None and match.judgement.verdict == MatchVerdict.REJECTED


def _tenths_over(match: Match, threshold_percent: float) -> int:
    # Scores are shown with one decimal, cut; whole tenths compare as they are read.
    return round(TENTHS * (match.score_percent - threshold_percent))
