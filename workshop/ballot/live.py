"""What an open round comes to while it goes on, in steps of three raters at least.

While a round is open nobody sees its raw counts, the facilitator included. What people see is
``Rating.shown_code``: an item's are brought up to date only when the answers of three raters or
more have changed and enough have rated, so that no two states that were shown differ by what one
or two people said. When the round has closed its frozen verdicts take over; so that they too differ
by three people from what was shown last, three answers are always held back until then.
"""

import random
import uuid
from typing import Any

from sqlalchemy import ARRAY, Select, Uuid, and_, bindparam, func, select, update

from consensus.scale import NO_CODE
from cycles.core.extensions import db
from workshop.ballot.answering import Asking, asking_of
from workshop.ballot.models import Rating
from workshop.rooms.disclosure import Shown, may_show, shown, smallest_shown
from workshop.rooms.models import RoundItem
from workshop.rooms.scales import SCALES

BATCH = 3
"""How many raters' answers must have changed before the live numbers of an item move."""

HELD_BACK = 3
"""How many changed answers stay unseen until the round closes. Which is drawn by lot: the
facilitator sees who answers when, so the last to answer must not be the last to be seen."""

_LOT = random.SystemRandom()

# "Can't judge" counts for nobody, so it is no change from having said nothing.
IS_PENDING = func.coalesce(Rating.shown_code, NO_CODE) != Rating.code


def publish_if_due(*, round_id: uuid.UUID, item_id: uuid.UUID) -> bool:
    """Bring the live numbers of an item up to date if enough has changed; say whether they moved.

    Call it when a transaction has written all its answers, last before its commit: it waits for
    no other transaction, and nothing may wait behind the rows that it holds.
    """
    return publish(round_id, item_id, asking_of(round_id).minimum_n)


def publish(round_id: uuid.UUID, item_id: uuid.UUID, minimum_n: int) -> bool:
    """Do as ``publish_if_due`` says, for a round of which the smallest panel is known."""
    connection = db.session.connection()
    item: dict[str, object] = {"of_round": round_id, "of_item": item_id}
    # What another transaction holds is left for the next time: an answer that is changing right
    # now, or the whole item where its live numbers are being brought up to date.
    pending = connection.execute(_PENDING, item).all()
    if not pending or not is_due(len(pending), pending[0].rated, minimum_n):
        return False
    drawn = _LOT.sample([one.panellist_id for one in pending], len(pending))
    item["held"] = drawn[:HELD_BACK]
    if connection.dialect.name == "postgresql":
        item["seats"] = drawn
        connection.execute(_SHOWING_LOCKED, item)
    else:
        connection.execute(_SHOWING, item)  # nobody else writes meanwhile
    connection.execute(_COUNTING, item)
    return True


# Put together once: one save in three comes here.
_ROUND, _ITEM = (bindparam(name, type_=Uuid()) for name in ("of_round", "of_item"))
_OF_ITEM = (Rating.round_id == _ROUND, Rating.item_id == _ITEM)
_OF_ROUND_ITEM = (RoundItem.round_id == _ROUND, RoundItem.item_id == _ITEM)
_PENDING = (
    select(
        Rating.panellist_id,
        select(func.count())
        .where(*_OF_ITEM, Rating.code > NO_CODE)
        .correlate(None)
        .scalar_subquery()
        .label("rated"),
    )
    .join(RoundItem, and_(*_OF_ROUND_ITEM))
    .where(*_OF_ITEM, IS_PENDING)
    .with_for_update(skip_locked=True, of=(RoundItem, Rating))
)
_IS_HELD = Rating.panellist_id.in_(bindparam("held", type_=Uuid(), expanding=True))
_SHOWING = update(Rating).where(*_OF_ITEM, IS_PENDING, ~_IS_HELD).values(shown_code=Rating.code)
_SHOWING_LOCKED = _SHOWING.where(
    Rating.panellist_id == func.any(bindparam("seats", type_=ARRAY(Uuid())))
)
_COUNTING = update(RoundItem).where(*_OF_ROUND_ITEM).values(batches=RoundItem.batches + 1)


def is_due(pending: int, rated: int, minimum_n: int) -> bool:
    """Say whether live numbers move: enough answers changed, and enough people would be in them,
    without those that are held back.

    A state with too few raters is never taken up, not even unseen: the one shown before it and
    the one after it might differ by a single answer.
    """
    return pending >= BATCH + HELD_BACK and may_show(rated - HELD_BACK, minimum_n)


def smallest_live(minimum_n: int) -> int:
    """Return how many raters it takes before anything is seen of an open item."""
    return smallest_shown(minimum_n) + HELD_BACK


def live_counts(round_id: uuid.UUID) -> dict[uuid.UUID, tuple[int, ...]]:
    """Return the live counts of each code, of the items that enough people rated. No others."""
    asking = asking_of(round_id)
    found = _tally(_shown_counts().where(Rating.round_id == round_id), asking)
    gated = {item_id: shown(counts, asking.minimum_n) for item_id, counts in found.items()}
    return {item_id: one.counts for item_id, one in gated.items() if one.counts is not None}


def live_result(round_id: uuid.UUID, item_id: uuid.UUID) -> Shown:
    """Return the live counts of one item, or the sentence in their place."""
    asking = asking_of(round_id)
    rows = _shown_counts().where(Rating.round_id == round_id, Rating.item_id == item_id)
    return shown(_tally(rows, asking).get(item_id, ()), asking.minimum_n)


def live_version(round_id: uuid.UUID) -> int:
    """Return a number that grows whenever the live counts of a round move. Cheap to ask."""
    moved = select(func.coalesce(func.sum(RoundItem.batches), 0))
    return db.session.scalar(moved.where(RoundItem.round_id == round_id)) or 0


def _shown_counts() -> Select[*tuple[Any, ...]]:
    return (
        select(Rating.item_id, Rating.shown_code, func.count())
        .where(Rating.shown_code > NO_CODE)
        .group_by(Rating.item_id, Rating.shown_code)
        .order_by(Rating.item_id, Rating.shown_code)
    )


def _tally(rows: Select[*tuple[Any, ...]], asking: Asking) -> dict[uuid.UUID, tuple[int, ...]]:
    found: dict[uuid.UUID, list[int]] = {}
    for item_id, code, count in db.session.execute(rows):
        found.setdefault(item_id, [0] * SCALES[asking.scale].size)[code] = count
    return {item_id: tuple(counts) for item_id, counts in found.items()}
