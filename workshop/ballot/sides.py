"""Which way a reason argues: seen from where the group stood when its writer was asked.

Worked out here and never sent by a browser. Reads only.
"""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from consensus.distribution import medians
from consensus.scale import NO_CODE
from cycles.core.extensions import db
from workshop.ballot.models import Rating
from workshop.rooms.models import Item, ItemVerdict, Round, Side


def side_taken(counts: Sequence[int], code: int) -> Side | None:
    """Return the side that a code takes, seen from the medians; None between them or off scale."""
    both = medians(counts)
    if code == NO_CODE or both.lower[0] == NO_CODE:
        return None
    if code > both.upper[0]:
        return Side.HIGHER
    return Side.LOWER if code < both.lower[0] else None


def side_of_answer(
    *, round_id: uuid.UUID, item_id: uuid.UUID, panellist_id: uuid.UUID
) -> Side | None:
    """Return the side that this panellist's answer to an item takes, of the round before's group.

    The answer is the one of this round, or the last one before it while there is none.
    """
    older = select(Item.earlier_item_id).where(Item.id == item_id).scalar_subquery()
    is_same = (Item.id == item_id) | (Item.id == older)
    now = select(Round.workshop_id, Round.number).where(Round.id == round_id).subquery()
    counts = db.session.scalar(
        select(ItemVerdict.counts)
        .join(Item, Item.id == ItemVerdict.item_id)
        .join(Round, Round.id == ItemVerdict.round_id)
        .join(now, (Round.workshop_id == now.c.workshop_id) & (Round.number < now.c.number))
        .where(is_same)
        .order_by(Round.number.desc())
        .limit(1)
    )
    code = db.session.scalar(
        select(Rating.code)
        .join(Item, Item.id == Rating.item_id)
        .join(Round, Round.id == Rating.round_id)
        .join(now, (Round.workshop_id == now.c.workshop_id) & (Round.number <= now.c.number))
        .where(is_same, Rating.panellist_id == panellist_id)
        .order_by(Round.number.desc())
        .limit(1)
    )
    return None if counts is None or code is None else side_taken(counts, code)
