"""The answers of a round as the arithmetic takes them: codes of raters by items, and no names.

Read when a round closes, and when somebody asks for what is worked out on demand. What they come
to is judged in ``judging``; nothing here is ever shown.
"""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from consensus.distribution import Booleans, Integers
from consensus.scale import NO_CODE
from cycles.core.extensions import db
from workshop.ballot.models import Rating
from workshop.rooms.models import Item, Round, RoundItem

CodeTable = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Answers:
    """What a round was answered: codes of (raters, items), -1 for none. Row i is ``raters[i]``.

    ``before`` are the same people's codes in the last round that asked the same item in the same
    wording; ``is_first`` marks items that no round asked before. ``abstained`` counts those who
    could not judge or said it was not their field, one an item.
    """

    item_ids: tuple[uuid.UUID, ...]
    raters: tuple[uuid.UUID, ...]
    codes: CodeTable
    before: CodeTable
    is_first: Booleans
    abstained: Integers


def asked_items(round_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the ids of the items that a round asks, in the workshop's order."""
    return list(
        db.session.scalars(
            select(Item.id)
            .join(RoundItem, RoundItem.item_id == Item.id)
            .where(RoundItem.round_id == round_id)
            .order_by(Item.position, Item.id)
        )
    )


def read_answers(round_: Round) -> Answers:
    """Return what a round was answered, beside what the same people answered before it."""
    item_ids = asked_items(round_.id)
    last_asked = _last_asked(round_)
    given = _given([round_.id])
    earlier = [
        row for row in _given(sorted(set(last_asked.values()))) if last_asked.get(row[1]) == row[0]
    ]
    raters = tuple(sorted({row[2] for row in (*given, *earlier)}))
    codes = _table(given, raters, item_ids)
    return Answers(
        item_ids=tuple(item_ids),
        raters=raters,
        codes=codes,
        before=_table(earlier, raters, item_ids),
        is_first=np.array([one not in last_asked for one in item_ids], dtype=np.bool_),
        abstained=_abstained(given, item_ids),
    )


Row = tuple[uuid.UUID, uuid.UUID, uuid.UUID, int]
"""Round, item, rater and code of one answer."""


def _given(round_ids: Sequence[uuid.UUID]) -> list[Row]:
    rows = db.session.execute(
        select(Rating.round_id, Rating.item_id, Rating.panellist_id, Rating.code).where(
            Rating.round_id.in_(round_ids)
        )
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _last_asked(round_: Round) -> dict[uuid.UUID, uuid.UUID]:
    """Return the round that last asked each item of this round, by item; none for new ones."""
    asked = select(RoundItem.item_id).where(RoundItem.round_id == round_.id)
    rows = db.session.execute(
        select(RoundItem.item_id, Round.id)
        .join(Round, Round.id == RoundItem.round_id)
        .where(
            Round.workshop_id == round_.workshop_id,
            Round.number < round_.number,
            RoundItem.item_id.in_(asked),
        )
        .order_by(Round.number)
    )
    return dict(rows.all())


def _table(
    rows: Sequence[Row], raters: Sequence[uuid.UUID], item_ids: Sequence[uuid.UUID]
) -> CodeTable:
    lines = {rater: line for line, rater in enumerate(raters)}
    columns = {item_id: column for column, item_id in enumerate(item_ids)}
    codes: CodeTable = np.full((len(raters), len(item_ids)), NO_CODE, dtype=np.int8)
    if rows:
        places = [(lines[row[2]], columns[row[1]]) for row in rows]
        at, of = zip(*places, strict=True)
        codes[list(at), list(of)] = [row[3] for row in rows]
    return codes


def _abstained(rows: Sequence[Row], item_ids: Sequence[uuid.UUID]) -> Integers:
    many = Counter(row[1] for row in rows if row[3] == NO_CODE)
    return np.array([many[one] for one in item_ids], dtype=np.int64)
