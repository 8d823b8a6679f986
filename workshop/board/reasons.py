"""What people wrote about one item, without a name and in no order of time.

Only of closed rounds in which enough rated the item: every reason has been through the gate.
"""

import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from cycles.core.extensions import db
from workshop.ballot.models import Reason
from workshop.rooms.disclosure import may_show, may_show_reasons_of
from workshop.rooms.models import Item, ItemVerdict, Side

MOST_REASONS = 4


@dataclass(frozen=True)
class Reasons:
    """What argues for more, what for less, and what takes no side; ``left_out`` had no room."""

    higher: tuple[str, ...]
    lower: tuple[str, ...]
    others: tuple[str, ...]
    left_out: int


def reasons_on(item_id: uuid.UUID, minimum_n: int) -> Reasons:
    """Return the reasons for answers to an item, and the comments on what it asks about."""
    found = sorted(
        (hashlib.sha256(id_.bytes).digest(), side, text)
        for id_, side, text, counts in _written(item_id)
        if may_show(sum(counts), minimum_n) and may_show_reasons_of(sum(counts))
    )
    sides = {
        side: [text for _, one, text in found if one == side]
        for side in (Side.HIGHER, Side.LOWER, None)
    }
    return Reasons(
        higher=tuple(sides[Side.HIGHER][:MOST_REASONS]),
        lower=tuple(sides[Side.LOWER][:MOST_REASONS]),
        others=tuple(sides[None][:MOST_REASONS]),
        left_out=sum(max(len(texts) - MOST_REASONS, 0) for texts in sides.values()),
    )


def _written(item_id: uuid.UUID) -> list[tuple[uuid.UUID, Side | None, str, list[Any]]]:
    mine = select(Item).where(Item.id == item_id).subquery()
    rows = db.session.execute(
        select(Reason.id, Reason.side, Reason.text, ItemVerdict.counts)
        .join(Item, Item.id == Reason.item_id)
        .join(mine, mine.c.workshop_id == Item.workshop_id)
        .join(
            ItemVerdict,
            (ItemVerdict.item_id == Reason.item_id) & (ItemVerdict.round_id == Reason.round_id),
        )
        .where(
            (Item.statement_id == mine.c.statement_id) | (Item.solution_id == mine.c.solution_id),
            # A reason is of one cell, a comment of the whole capability.
            Reason.is_of_cell.is_(False)
            | (Item.id == item_id)
            | (Item.id == mine.c.earlier_item_id),
        )
    )
    return [(id_, side, text, counts) for id_, side, text, counts in rows]
