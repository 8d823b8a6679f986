"""What a closed round came to and what the next one asks otherwise, as letters tell it.

Counts of items, never of answers; an item too few rated is counted apart, whatever it came to.
"""

from dataclasses import dataclass

from sqlalchemy import select

from consensus.stopping import Closing
from cycles.core.extensions import db
from cycles.setup.queries import rule_card_of
from workshop.letters.lines import one_line
from workshop.rooms.digest import Digest, digest_of
from workshop.rooms.disclosure import may_show
from workshop.rooms.models import ItemVerdict, RoomState, Round

MOST_LISTED = 20


@dataclass(frozen=True)
class Rewording:
    """An item that the next round asks in other words."""

    code: str
    role_level: str
    text: str


@dataclass(frozen=True)
class NextRound:
    """What the round after asks. Only so many rewordings are listed; the rest are counted."""

    number: int
    asked: int
    unchanged: int
    reworded: int
    reopened: int
    added: int
    dropped: int
    rewordings: tuple[Rewording, ...]


@dataclass(frozen=True)
class ClosedRound:
    """What everybody in a workshop may be told of one closed round."""

    number: int
    asked: int
    agreed: int
    stable_dissent: int
    capped: int
    still_open: int
    withheld: int
    next_round: NextRound | None


def closed_in(round_: Round) -> ClosedRound:
    """Return what a round came to. Raises ``ValueError`` while it has not closed."""
    if round_.state != RoomState.CLOSED:
        raise ValueError("the results of a round are hidden until it has closed")
    minimum = rule_card_of(round_.cycle_id).minimum_n
    rows = db.session.execute(
        select(ItemVerdict.closing, ItemVerdict.counts).where(ItemVerdict.round_id == round_.id)
    ).all()
    told = [closing for closing, counts in rows if may_show(sum(counts), minimum)]
    return ClosedRound(
        number=round_.number,
        asked=len(rows),
        agreed=told.count(Closing.AGREED.value),
        stable_dissent=told.count(Closing.STABLE_DISSENT.value),
        capped=told.count(Closing.CAPPED.value),
        still_open=told.count(Closing.OPEN.value),
        withheld=len(rows) - len(told),
        next_round=_next_round(round_),
    )


def _next_round(round_: Round) -> NextRound | None:
    after = db.session.scalar(
        select(Round).where(
            Round.workshop_id == round_.workshop_id, Round.number == round_.number + 1
        )
    )
    found = digest_of(after) if after else None
    return None if found is None else _told(found)


def _told(found: Digest) -> NextRound:
    return NextRound(
        number=found.number,
        asked=found.asked,
        unchanged=len(found.still_open),
        reworded=len(found.reworded),
        reopened=len(found.reopened),
        added=len(found.added),
        dropped=len(found.dropped),
        rewordings=tuple(
            Rewording(one.code, one_line(one.role_level), one_line(one.wording))
            for one in found.reworded[:MOST_LISTED]
        ),
    )
