"""Live numbers beside the frozen ones: the facilitator chooses when a round closes."""

import random

import pytest

from cycles.core.extensions import db
from tests.factories import NOW, Cast
from tests.workshop.rating import Room, make_room
from workshop.ballot.commands import panellist_for, rate
from workshop.ballot.live import live_counts, publish_if_due
from workshop.ballot.models import Answer, Rating
from workshop.rooms.disclosure import SMALLEST_GROUP
from workshop.rooms.models import Item, ItemVerdict, Round


def say(room: Room, item: Item, rater: int, code: int, seq: int = 1) -> None:
    round_ = room.workshop.rounds[-1]
    rate(
        round_id=round_.id,
        item_id=item.id,
        panellist=panellist_for(participant=room.employers[rater], moment=NOW),
        answer=Answer.RATED,
        code=code,
        seq=seq,
    )
    publish_if_due(round_id=round_.id, item_id=item.id)


def unseen(round_: Round) -> int:
    """Return how many answers the live numbers do not hold as they are now."""
    rows = db.session.query(Rating.code, Rating.shown_code).filter_by(round_id=round_.id)
    return sum(code != shown for code, shown in rows)


def test_the_last_to_answer_is_not_the_difference_of_live_and_frozen(cast: Cast) -> None:
    """Whoever closes the round just after somebody's answer would else read it off."""
    room = make_room(cast, employers=14, statements=1)
    round_ = room.open_round()
    (item,) = room.asked(round_)
    for rater in range(14):
        say(room, item, rater, 2 if rater < 13 else 0)
        live = live_counts(round_.id).get(item.id)
        assert live is None or (sum(live) >= 5 and unseen(round_) >= SMALLEST_GROUP)
    last_seen = live_counts(round_.id)[item.id]
    room.close(round_)
    frozen = db.session.query(ItemVerdict.counts).filter_by(item_id=item.id).scalar()
    assert sum(frozen) - sum(last_seen) >= SMALLEST_GROUP


@pytest.mark.parametrize("seed", range(4))
def test_whenever_it_closes_three_at_least_are_in_the_difference(cast: Cast, seed: int) -> None:
    room = make_room(cast, employers=14, statements=1)
    round_ = room.open_round()
    (item,) = room.asked(round_)
    draw = random.Random(seed)
    for seq, rater in enumerate(draw.sample(range(14), 14), 1):
        say(room, item, rater, draw.randrange(4), seq)
        assert not live_counts(round_.id) or unseen(round_) >= SMALLEST_GROUP


def test_who_is_held_back_is_drawn_by_lot(cast: Cast) -> None:
    """Were it the last three, the board's list of who has answered would name each batch."""
    held = set()
    room = make_room(cast, employers=8, statements=6)
    round_ = room.open_round()
    seats = {
        panellist_for(participant=person, moment=NOW).id: number
        for number, person in enumerate(room.employers)
    }
    for item in room.asked(round_):
        for rater in range(8):
            say(room, item, rater, 2)
        rows = db.session.query(Rating.panellist_id).filter_by(item_id=item.id, shown_code=None)
        held.add(frozenset(seats[one] for (one,) in rows))
    assert {len(one) for one in held} == {3}
    assert len(held) > 1
