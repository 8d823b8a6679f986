"""The latest verdict of each subject of a workshop, whatever its scale; and what came before.

A subject asked in several wordings has several items. The newest that was judged speaks for it.
Counts come as they are: whoever shows them to people asks ``disclosure`` first.
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from consensus.stopping import Closing
from cycles.core.extensions import db
from workshop.rooms.models import Item, ItemVerdict, Round, RoundItem
from workshop.rooms.subjects import Key, key_of


@dataclass(frozen=True)
class Latest:
    """A judged item with its verdict and the round that gave it."""

    item: Item
    verdict: ItemVerdict
    round_number: int

    @property
    def closing(self) -> Closing:
        """Return whether and why asking about it has stopped."""
        return Closing(self.verdict.closing)


@dataclass(frozen=True)
class Before:
    """What the last round that asked an item, or its older wording, came to.

    ``item_id`` is the item that was asked then, whose answers and reasons belong to it, and
    ``wording`` how it was worded.
    """

    verdict: ItemVerdict
    round_id: uuid.UUID
    round_number: int
    item_id: uuid.UUID
    wording: str
    is_older_wording: bool


def latest_verdicts(workshop_id: uuid.UUID) -> tuple[Latest, ...]:
    """Return the latest verdict of each subject of a workshop, in the workshop's order."""
    rows = db.session.execute(
        select(Item, ItemVerdict, Round.number)
        .join(ItemVerdict, ItemVerdict.item_id == Item.id)
        .join(Round, Round.id == ItemVerdict.round_id)
        .where(Item.workshop_id == workshop_id)
        .order_by(Round.number, Item.position, Item.id)
    ).all()
    found: dict[Key, Latest] = {key_of(row[0]): Latest(*row) for row in rows}
    return tuple(sorted(found.values(), key=lambda one: (one.item.position, one.item.id)))


def verdicts_before(round_: Round) -> dict[uuid.UUID, Before]:
    """Return, by the items that a round asks, the last verdict each had before it.

    Mostly that of the round before; of an item asked again, that of the round that closed it;
    of a new wording, that of the older one. Items asked for the first time are not in it.
    """
    older = aliased(Item)
    rows = db.session.execute(
        select(RoundItem.item_id, ItemVerdict, Round.number, older.id, older.wording)
        .join(Item, Item.id == RoundItem.item_id)
        .join(older, (older.id == Item.id) | (older.id == Item.earlier_item_id))
        .join(ItemVerdict, ItemVerdict.item_id == older.id)
        .join(Round, Round.id == ItemVerdict.round_id)
        .where(RoundItem.round_id == round_.id, Round.number < round_.number)
        # Rounds ascend within an item, so the last row of an item is its latest verdict.
        .order_by(Round.number)
    ).all()
    return {
        item_id: Before(
            verdict=verdict,
            round_id=verdict.round_id,
            round_number=number,
            item_id=earlier_id,
            wording=wording,
            is_older_wording=earlier_id != item_id,
        )
        for item_id, verdict, number, earlier_id, wording in rows
    }
