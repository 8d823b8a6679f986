"""What to discuss next: where the group disagrees and many have rated, two camps first."""

from collections.abc import Sequence
from dataclasses import dataclass

from workshop.board.standings import Standing
from workshop.board.words import agreement_words, counts_words
from workshop.rooms.scales import Scale

MOST_TOPICS = 10


@dataclass(frozen=True)
class Topic:
    """One item to discuss, in words."""

    code: str
    wording: str
    role_level: str
    area: str
    counts: str
    agreement: str
    disagreement: int
    is_closed: bool


def in_order(standings: Sequence[Standing], expected: int) -> tuple[Standing, ...]:
    """Return the items that may be shown, the one to discuss first in front.

    Disagreement times coverage, where ``expected`` raters are full coverage. Two camps come
    before any spread, and items whose rounds are over come last.
    """
    shown = [one for one in standings if one.counts is not None]
    places = {one.asked.item_id: place for place, one in enumerate(standings)}

    def urgency(one: Standing) -> tuple[bool, bool, float, int]:
        coverage = min(one.n / expected, 1.0) if expected else 1.0
        score = (one.disagreement or 0) * coverage
        is_two_camps = (one.agreement or 0.0) < 0
        return one.is_closed, not is_two_camps, -score, places[one.asked.item_id]

    return tuple(sorted(shown, key=urgency))


def topics(standings: Sequence[Standing], expected: int, scale: Scale) -> tuple[Topic, ...]:
    """Return the ten items to discuss first, of those on which anybody differs."""
    differing = [one for one in in_order(standings, expected) if one.disagreement]
    return tuple(_topic(one, scale) for one in differing[:MOST_TOPICS])


def _topic(one: Standing, scale: Scale) -> Topic:
    return Topic(
        code=one.asked.code,
        wording=one.asked.wording,
        role_level=one.asked.role_level,
        area=one.asked.area,
        counts=counts_words(one.counts or (), scale),
        agreement=agreement_words(one.agreement or 0.0),
        disagreement=one.disagreement or 0,
        is_closed=one.is_closed,
    )
