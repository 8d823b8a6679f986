"""The answers of a round as the arithmetic takes them: codes of raters by items, and no names.

Read when a round closes, and when somebody asks for what is worked out on demand. What they come
to is judged in ``judging``; nothing here is ever shown.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
import numpy.typing as npt
from sqlalchemy import select, type_coerce
from sqlalchemy.types import NullType

from consensus.distribution import Booleans, Integers
from consensus.scale import NO_CODE
from cycles.core.extensions import db
from workshop.ballot.models import Rating
from workshop.rooms.disclosure import stands_out
from workshop.rooms.models import Item, Round, RoundItem

CodeTable = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Answers:
    """What a round was answered: codes of (raters, items), -1 for none. Row i is ``raters[i]``.

    ``before`` are the same people's codes in the last round that asked the same item in the same
    wording; ``is_first`` marks items that no round asked before. ``abstained`` counts those who
    could not judge or said it was not their field, one an item. ``is_telling`` marks items where
    one or two people answered, or gave a code, in only one of the two rounds.
    """

    item_ids: tuple[uuid.UUID, ...]
    raters: tuple[uuid.UUID, ...]
    codes: CodeTable
    before: CodeTable
    is_first: Booleans
    abstained: Integers
    is_telling: Booleans


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
    earlier_rounds = last_asked(round_)
    given = _given(round_.id, item_ids)
    earlier = [
        _given(each, [one for one in item_ids if earlier_rounds.get(one) == each])
        for each in sorted(set(earlier_rounds.values()))
    ]
    raters = sorted({rater for sheet in (given, *earlier) for rater in sheet.raters}, key=str)
    before, now = _table(earlier, raters, item_ids), _table([given], raters, item_ids)
    return Answers(
        item_ids=tuple(item_ids),
        raters=tuple(uuid.UUID(str(rater)) for rater in raters),
        codes=now.codes,
        before=before.codes,
        is_first=np.array([one not in earlier_rounds for one in item_ids], dtype=np.bool_),
        abstained=(now.answered & (now.codes == NO_CODE)).sum(axis=0),
        is_telling=_telling(before, now),
    )


@dataclass(frozen=True)
class _Sheet:
    """The answers to some items in one round: of each its item, its rater and its code.

    ``raters`` are ids as the database's driver gives them, which is much faster than ours: a
    large round has a hundred thousand answers. They are only ever compared with one another.
    """

    columns: Integers
    raters: tuple[object, ...]
    codes: Integers
    item_ids: tuple[uuid.UUID, ...]


def _given(round_id: uuid.UUID, item_ids: Sequence[uuid.UUID]) -> _Sheet:
    rows = db.session.connection().execute(
        select(
            type_coerce(Rating.item_id, NullType()),
            type_coerce(Rating.panellist_id, NullType()),
            Rating.code,
        ).where(Rating.round_id == round_id)
    )
    # The driver's ids are hexadecimal on SQLite and UUIDs on PostgreSQL.
    places = {key: place for place, one in enumerate(item_ids) for key in (one, one.hex)}
    items, raters, codes = zip(*found, strict=True) if (found := rows.all()) else ((), (), ())
    columns = np.array([places.get(one, -1) for one in items], dtype=np.int64)
    kept = columns >= 0
    return _Sheet(
        columns=columns[kept],
        raters=tuple(compress(raters, kept.tolist())),
        codes=np.array(codes, dtype=np.int64)[kept],
        item_ids=tuple(item_ids),
    )


def last_asked(round_: Round) -> dict[uuid.UUID, uuid.UUID]:
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


@dataclass(frozen=True)
class _Table:
    """Codes of (raters, items), and who answered at all, if only that they could not judge."""

    codes: CodeTable
    answered: Booleans


def _table(
    sheets: Sequence[_Sheet], raters: Sequence[object], item_ids: Sequence[uuid.UUID]
) -> _Table:
    lines = {rater: line for line, rater in enumerate(raters)}
    columns = {item_id: column for column, item_id in enumerate(item_ids)}
    codes: CodeTable = np.full((len(raters), len(item_ids)), NO_CODE, dtype=np.int8)
    answered = np.zeros(codes.shape, dtype=np.bool_)
    for sheet in sheets:
        if not sheet.raters:
            continue
        at = np.array([lines[rater] for rater in sheet.raters], dtype=np.int64)
        of = np.array([columns[one] for one in sheet.item_ids], dtype=np.int64)[sheet.columns]
        codes[at, of], answered[at, of] = sheet.codes, True
    return _Table(codes, answered)


def _telling(before: _Table, now: _Table) -> Booleans:
    """Say of each item whether one or two answered, or gave a code, in one of the rounds only."""
    return _has_small_side(before.answered, now.answered) | _has_small_side(
        before.codes > NO_CODE, now.codes > NO_CODE
    )


def _has_small_side(was: Booleans, is_now: Booleans) -> Booleans:
    sides = [one.sum(axis=0).tolist() for one in (was & is_now, was & ~is_now, is_now & ~was)]
    return np.array([stands_out(*each) for each in zip(*sides, strict=True)], dtype=np.bool_)
