"""What earlier rounds came to, as it is stored: verdicts, this person's answers, others' reasons.

Raw: nothing here has passed the gate of ``disclosure``. Only ``feedback`` and ``settled``, which
ask there, may show any of it.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from cycles.core.extensions import db
from workshop.ballot.letters import letter_of
from workshop.ballot.models import Rating, Reason
from workshop.ballot.queries import AskedItem
from workshop.rooms.models import Item, ItemVerdict, Round, Side

OwnEarlier = dict[tuple[uuid.UUID, uuid.UUID], str]


@dataclass(frozen=True)
class Earlier:
    """The latest verdict of an item before a round, and the wording it was about."""

    item_id: uuid.UUID
    round_id: uuid.UUID
    wording: str
    counts: tuple[int, ...]
    closing: str
    figures: dict[str, Any]


@dataclass(frozen=True)
class Written:
    """A reason or comment of somebody else, without who or when."""

    id: uuid.UUID
    item_id: uuid.UUID
    round_id: uuid.UUID
    subject_id: uuid.UUID
    is_of_cell: bool
    side: Side | None
    text: str


def ids_of(cells: Sequence[AskedItem]) -> set[uuid.UUID]:
    """Return the ids under which these cells may have been rated before."""
    found = {cell.item_id for cell in cells}
    return found | {cell.earlier_item_id for cell in cells if cell.earlier_item_id}


def last_verdicts(round_: Round, item_ids: set[uuid.UUID]) -> dict[uuid.UUID, Earlier]:
    """Return the latest verdict of each item from the rounds before this one of its workshop."""
    rows = db.session.execute(
        select(
            ItemVerdict.item_id,
            ItemVerdict.round_id,
            Item.wording,
            ItemVerdict.counts,
            ItemVerdict.closing,
            ItemVerdict.figures,
        )
        .join(Round, Round.id == ItemVerdict.round_id)
        .join(Item, Item.id == ItemVerdict.item_id)
        .where(
            Round.workshop_id == round_.workshop_id,
            Round.number < round_.number,
            ItemVerdict.item_id.in_(item_ids),
        )
        .order_by(Round.number)
    )
    return {
        item: Earlier(item, in_round, wording, tuple(counts), closing, figures)
        for item, in_round, wording, counts, closing, figures in rows
    }


def own_before(round_: Round, item_ids: set[uuid.UUID], panellist_id: uuid.UUID) -> OwnEarlier:
    """Return this panellist's letters from earlier rounds of the workshop, by round and item."""
    rows = db.session.execute(
        select(Rating.round_id, Rating.item_id, Rating.answer, Rating.code)
        .join(Round, Round.id == Rating.round_id)
        .where(
            Rating.panellist_id == panellist_id,
            Round.workshop_id == round_.workshop_id,
            Round.number < round_.number,
            Rating.item_id.in_(item_ids),
        )
    )
    return {
        (in_round, item): letter_of(answer, code, round_.scale)
        for in_round, item, answer, code in rows
    }


def written_by_others(
    round_: Round, subject_ids: Sequence[uuid.UUID], panellist_id: uuid.UUID | None
) -> list[Written]:
    """Return what others wrote about these subjects in earlier rounds of the workshop."""
    rows = db.session.execute(
        select(Reason, Item.statement_id, Item.solution_id)
        .join(Item, Item.id == Reason.item_id)
        .join(Round, Round.id == Reason.round_id)
        .where(
            Round.workshop_id == round_.workshop_id,
            Round.number < round_.number,
            func.coalesce(Item.statement_id, Item.solution_id).in_(subject_ids),
            Reason.panellist_id != panellist_id,  # for somebody without a seat: IS NOT NULL
        )
    )
    return [
        Written(one.id, one.item_id, one.round_id, subject, one.is_of_cell, one.side, one.text)
        for one, statement, solution in rows
        if (subject := statement or solution) is not None
    ]
